"""Resources coming in and going out in bulk."""
