"""Packages of other systems: taken in with a report of what came of every part, and given out."""
