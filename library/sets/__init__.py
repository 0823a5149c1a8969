"""Question sets of a school (题库): what a practice or worksheet asks, in which order."""
