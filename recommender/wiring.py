"""How ``recommender`` joins the application."""

from flask import Flask

import recommender.profiles.models
import recommender.recommendations.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
