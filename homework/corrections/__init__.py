"""What pupils correct after work came back (订正): returned, corrected, accepted, question by question."""
