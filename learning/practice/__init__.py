"""Exercises done for oneself: ungraded, question by question (练习)."""
