"""Other libraries as sources: what they offer comes in, and follows them."""
