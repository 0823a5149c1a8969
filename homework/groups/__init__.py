"""Groups of pupils that a teacher keeps, so that work can fit them."""
