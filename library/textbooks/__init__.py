"""Browsing the library by textbook: books, their units, and what belongs to each."""
