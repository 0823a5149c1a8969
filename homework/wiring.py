"""How ``homework`` joins the application."""

from datetime import time

from flask import Flask

import homework.assignments.models
import homework.marking.models
import homework.notices.models
import homework.submissions.models
from core.events import subscribe
from core.jobs.tasks import Daily, register, schedule
from homework.marking import views as marking
from homework.notices import subscribers as notices_subscribers
from homework.notices import tasks as notices_tasks
from homework.notices import views as notices
from homework.overview import api as overview_api
from homework.overview import views as overview
from homework.usage import tasks as usage
from homework.workbook import api as workbook_api
from homework.workbook import views as workbook
from library.review.events import Withdrawn


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    for blueprint in (overview.bp, overview_api.bp, workbook.bp, workbook_api.bp, marking.bp, notices.bp):
        app.register_blueprint(blueprint)
    register(app, notices_tasks.tell)
    subscribe(app, Withdrawn, notices_subscribers.follow)
    schedule(app, Daily(usage.count, time(3, 15)))
