"""How often resources are given to classes, counted at night."""
