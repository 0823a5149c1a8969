"""What a key refused in blanks, and what a teacher lets count all the same."""
