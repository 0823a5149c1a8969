"""Marks, comments and the return of work."""
