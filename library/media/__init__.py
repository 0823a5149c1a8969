"""Uploaded files and what is made of them for playing and showing."""
