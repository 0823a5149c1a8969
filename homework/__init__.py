"""Assigned work and help with it (作业辅导)."""
