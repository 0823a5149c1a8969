"""How ``learning`` joins the application."""

from datetime import time

from flask import Flask

import learning.attempts.api
import learning.attempts.models
import learning.classroom.models
import learning.classroom.views
import learning.lessons.models
import learning.lessons.views
import learning.packages.api
import learning.packages.models
import learning.packages.views
import learning.playback.api
import learning.playback.models
import learning.playback.views
import learning.practice.views
import learning.records.models
import learning.records.views
import learning.usage.tasks
from core.jobs.tasks import Daily, schedule
from learning.lessons.moments import write_moment
from learning.lessons.queries import files_of_lessons
from library.duplicates.files import file_queries


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.register_blueprint(learning.records.views.bp)
    app.register_blueprint(learning.attempts.api.bp)
    app.register_blueprint(learning.lessons.views.bp)
    app.register_blueprint(learning.playback.views.bp)
    app.register_blueprint(learning.playback.api.bp)
    app.register_blueprint(learning.practice.views.bp)
    app.register_blueprint(learning.packages.views.bp)
    app.register_blueprint(learning.packages.api.bp)
    app.register_blueprint(learning.classroom.views.bp)
    file_queries(app).append(files_of_lessons)
    schedule(app, Daily(learning.usage.tasks.count, time(3, 0)))
    app.jinja_env.filters["moment"] = write_moment
