"""A pupil's progress, as pupil, guardian and teacher see it."""
