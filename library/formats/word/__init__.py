"""Word: a paper to read and print, written only; reading Word is a matter of the grammar of papers."""
