"""Eight weeks of school life, as the classes of a whole city live them."""
