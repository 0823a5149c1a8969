"""What may still be changed of work that pupils see: its words, and its times to later ones."""
