"""Marking anew when a key was wrong: look first, apply for everyone, undo."""
