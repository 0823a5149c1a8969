"""How ``spaces`` joins the application."""

from datetime import time

from flask import Flask

import spaces.indicators.api
import spaces.indicators.models
import spaces.indicators.tasks
import spaces.indicators.views
import spaces.privacy.views
import spaces.progress.api
import spaces.progress.views
from core.jobs.tasks import Daily, schedule
from spaces.home import views as home

FREEZE_AT = time(0, 40)


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.register_blueprint(home.bp)
    app.register_blueprint(spaces.progress.views.bp)
    app.register_blueprint(spaces.progress.views.classes)
    app.register_blueprint(spaces.progress.api.bp)
    app.register_blueprint(spaces.indicators.views.bp)
    app.register_blueprint(spaces.indicators.api.bp)
    app.register_blueprint(spaces.privacy.views.bp)
    schedule(app, Daily(spaces.indicators.tasks.freeze_figures, FREEZE_AT))
