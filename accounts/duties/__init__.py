"""Duties of teachers in their school: who heads which grade (年级组长)."""
