"""What is taught: subjects, editions, volumes, units, knowledge points and their order."""
