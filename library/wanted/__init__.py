"""What was looked for in the library and not found: a wish list for those who write."""
