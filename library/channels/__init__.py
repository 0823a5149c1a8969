"""Channels of Kolibri taken into the library."""
