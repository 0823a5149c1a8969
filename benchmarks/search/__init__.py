"""Search in 100,000 records, five engines and two natural set-ups side by side: relevance, time and size."""
