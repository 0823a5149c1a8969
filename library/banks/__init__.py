"""The questions of a resource as a file for other programs."""
