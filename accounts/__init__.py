"""People and where they belong."""
