"""Who did what to whom, in a log that the application can only append to."""
