"""Packages that join the application from outside, found by their entry point and never imported by name."""

from importlib.metadata import EntryPoints, entry_points

GROUP = "weike.extensions"


def extensions() -> EntryPoints:
    """Each installed extension; what it names has an ``init_app(app)``."""
    return entry_points(group=GROUP)
