"""Everything reusable: curriculum, resources, media, items and their search."""
