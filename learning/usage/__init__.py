"""How resources are used by learners, counted at night."""
