"""Files that were sent to be imported, and are needed no more."""
