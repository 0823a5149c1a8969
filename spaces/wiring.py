"""How ``spaces`` joins the application."""

from flask import Flask

import spaces.indicators.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
