"""Answer sheets on paper: one for each pupil of a class, or blank ones; printed from the page or as PDF."""
