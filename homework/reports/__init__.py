"""Reports: of a piece of work by question, of a pupil over time, of a class. One query, every rendering."""
