"""What was really watched: played intervals and their union."""
