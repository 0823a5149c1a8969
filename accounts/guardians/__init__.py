"""Which guardian looks after which pupil, and what she consented to."""
