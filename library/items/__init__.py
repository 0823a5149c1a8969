"""Questions (题库), their versions, and how a response is marked."""
