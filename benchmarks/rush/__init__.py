"""The last minute before a deadline, replayed against the running platform."""
