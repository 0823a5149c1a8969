"""Moodle XML: all that Moodle knows of a question."""
