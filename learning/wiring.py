"""How ``learning`` joins the application."""

from flask import Flask

import learning.attempts.api
import learning.attempts.models
import learning.classroom.models
import learning.classroom.views
import learning.lessons.models
import learning.lessons.views
import learning.playback.api
import learning.playback.models
import learning.playback.views
import learning.practice.views
import learning.records.models
import learning.records.views
from learning.lessons.moments import write_moment


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.register_blueprint(learning.records.views.bp)
    app.register_blueprint(learning.attempts.api.bp)
    app.register_blueprint(learning.lessons.views.bp)
    app.register_blueprint(learning.playback.views.bp)
    app.register_blueprint(learning.playback.api.bp)
    app.register_blueprint(learning.practice.views.bp)
    app.register_blueprint(learning.classroom.views.bp)
    app.jinja_env.filters["moment"] = write_moment
