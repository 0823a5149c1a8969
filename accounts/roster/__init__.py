"""Import of people and classes from tables."""
