"""Homework written by hand on squared paper, and photographed."""
