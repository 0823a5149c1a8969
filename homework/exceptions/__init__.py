"""Exceptions from an assignment for single pupils: another due time, or excused."""
