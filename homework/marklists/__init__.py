"""The list of marks: each pupil with her points question by question, on the page, as files, for programs."""
