"""How ``library`` joins the application."""

from datetime import time

from flask import Flask

import library.curriculum.models
import library.items.models
import library.media.models
import library.media.tasks
import library.media.views
import library.resources.models
from core.jobs.tasks import Daily, register, schedule
from library.items.interactions import blanks_of, unit_of


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.jinja_env.globals.update(blanks_of=blanks_of, unit_of=unit_of)
    app.register_blueprint(library.media.views.bp)
    register(app, library.media.tasks.transcode)
    schedule(app, Daily(library.media.tasks.forget_old_uploads, time(3, 30)))
