"""What a knowledge point needs first, where it leads, and what teaches it."""
