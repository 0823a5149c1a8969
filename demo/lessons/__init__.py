"""Micro-lessons drawn by code: pictures that move, captions, chapters, a question, a quiet sound."""
