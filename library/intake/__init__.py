"""Questions that a teacher brings along, pasted or in files; looked at line by line before they are taken."""
