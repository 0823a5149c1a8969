"""Questions in the formats of other programs, read with a word on what was changed or left out."""
