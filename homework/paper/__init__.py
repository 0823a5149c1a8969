"""Work that was done on paper: entered by seat number, marked and handed in like any other."""
