"""How ``homework`` joins the application."""

from flask import Flask

import homework.assignments.models
import homework.marking.models
import homework.submissions.models
from homework.marking import views as marking
from homework.overview import api as overview_api
from homework.overview import views as overview
from homework.workbook import api as workbook_api
from homework.workbook import views as workbook


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    for blueprint in (overview.bp, overview_api.bp, workbook.bp, workbook_api.bp, marking.bp):
        app.register_blueprint(blueprint)
