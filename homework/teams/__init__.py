"""Who works together on one piece of work (小组), and what was handed in for them all."""
