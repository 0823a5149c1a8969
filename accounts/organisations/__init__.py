"""City, districts, schools, and the school year's terms."""
