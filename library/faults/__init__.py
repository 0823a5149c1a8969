"""Faults that readers report, and what was done about them."""
