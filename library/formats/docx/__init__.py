"""Word files (.docx) as the text of a paper, with pictures in place and formulas as LaTeX."""
