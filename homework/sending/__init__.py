"""Photographs and recordings sent ahead of their work, one by one, so that a thin line carries them."""
