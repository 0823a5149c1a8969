"""Notices to teachers: something that they gave to a class is no longer what it was."""
