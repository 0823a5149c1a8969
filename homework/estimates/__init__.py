"""How long a question takes, from those who answered it."""
