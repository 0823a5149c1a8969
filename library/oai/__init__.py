"""The library offered to others: an OAI-PMH 2.0 provider."""
