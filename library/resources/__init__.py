"""The library's entries, their versions and who may see them."""
