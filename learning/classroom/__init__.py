"""Lessons taught in class with evidence from the platform."""
