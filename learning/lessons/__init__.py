"""Micro-lessons (微课): chapters, captions, checkpoints, authoring."""
