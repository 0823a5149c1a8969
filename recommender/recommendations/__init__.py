"""Suggestions shown, why, and what the pupil said."""
