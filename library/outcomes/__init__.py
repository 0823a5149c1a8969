"""What comes of a resource: by how many it is used, and what they learn."""
