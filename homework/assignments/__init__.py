"""Assigned work: what, to whom, until when."""
