"""Marked work that a second teacher reads before it goes back (复核)."""
