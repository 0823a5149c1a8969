"""How ``learning`` joins the application."""

from flask import Flask

import learning.attempts.models
import learning.classroom.models
import learning.lessons.models
import learning.playback.models
import learning.records.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
