"""Coverage figures for school, district and city, down to their rows."""
