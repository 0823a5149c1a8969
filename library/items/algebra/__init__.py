"""Formulas that pupils type and authors calculate with: read, compared, evaluated; never executed."""
