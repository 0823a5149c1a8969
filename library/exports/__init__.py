"""The library, or a collection of it, as a file to take away."""
