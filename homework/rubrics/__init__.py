"""Rubrics (评分量规): by what an answer is judged, seen by pupils before they write."""
