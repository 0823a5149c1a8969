"""How ``library`` joins the application."""

from flask import Flask

import library.curriculum.models
import library.items.models
import library.media.models
import library.resources.models
from library.items.interactions import blanks_of, unit_of


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.jinja_env.globals.update(blanks_of=blanks_of, unit_of=unit_of)
