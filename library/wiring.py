"""How ``library`` joins the application."""

from flask import Flask

import library.curriculum.models
import library.items.models
import library.media.models
import library.resources.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
