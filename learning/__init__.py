"""What learners do, and the record of it."""
