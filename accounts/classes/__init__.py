"""Homeroom and teaching classes, and who belongs to them."""
