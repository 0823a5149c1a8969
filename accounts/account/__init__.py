"""A person's own account: password, preferences, and where she is signed in."""
