"""The marking desk: answers by question, marked with keys, comments and rubrics."""
