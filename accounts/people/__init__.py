"""Persons and the hats they wear."""
