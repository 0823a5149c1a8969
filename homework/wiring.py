"""How ``homework`` joins the application."""

from flask import Flask

import homework.assignments.models
import homework.marking.models
import homework.submissions.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
