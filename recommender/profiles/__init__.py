"""What is known about a learner's mastery, from evidence."""
