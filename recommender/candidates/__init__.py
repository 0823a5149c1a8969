"""Where suggestions come from."""
