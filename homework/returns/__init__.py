"""Work that is back with its pupils, and a return that came too early is taken back (收回)."""
