"""Which suggestions come first, and how mixed."""
