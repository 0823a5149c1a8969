"""Group work as people meet it: pupils find together, teachers move them, and mark one of them apart."""
