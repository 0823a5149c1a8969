"""How ``homework`` joins the application."""

from datetime import time

from flask import Flask

import homework.annotations.models
import homework.assignments.models
import homework.comments.models
import homework.corrections.models
import homework.estimates.models
import homework.groups.models
import homework.load.models
import homework.markers.models
import homework.marking.models
import homework.notices.models
import homework.paper.models
import homework.refusals.models
import homework.regrades.models
import homework.rubrics.models
import homework.sending.models
import homework.submissions.models
import homework.teams.models
from core.events import subscribe
from core.jobs.tasks import Daily, register, schedule
from homework.amendments import views as amendments
from homework.annotations import views as annotations
from homework.assembly import views as assembly
from homework.comments import views as comments
from homework.corrections import api as corrections_api
from homework.corrections import subscribers as corrections_subscribers
from homework.corrections import tasks as corrections_tasks
from homework.corrections import views as corrections
from homework.corrections.stages import words_of
from homework.desk import views as desk
from homework.estimates import tasks as estimates
from homework.exceptions import views as exceptions
from homework.groups import views as groups
from homework.ledger import api as ledger_api
from homework.ledger import tasks as ledger_tasks
from homework.ledger import views as ledger
from homework.ledger.words import day_name
from homework.markers import views as markers
from homework.marklists import api as marklists_api
from homework.marklists import views as marklists
from homework.notices import subscribers as notices_subscribers
from homework.notices import tasks as notices_tasks
from homework.notices import views as notices
from homework.overview import api as overview_api
from homework.overview import views as overview
from homework.paper import views as paper
from homework.planning import views as planning
from homework.readings import views as readings
from homework.redpen import views as redpen
from homework.refusals import views as refusals
from homework.regrades import tasks as regrades_tasks
from homework.regrades import views as regrades
from homework.regrades.events import MarkedAnew
from homework.reports import api as reports_api
from homework.reports import views as reports
from homework.returns import views as returns
from homework.rubrics import views as rubrics
from homework.sending import api as sending_api
from homework.sending import tasks as sending_tasks
from homework.sending import views as sending
from homework.sheets import views as sheets
from homework.submissions import subscribers as submissions_subscribers
from homework.submissions import tasks as submissions_tasks
from homework.submissions.events import PhotosReceived
from homework.teamwork import views as teamwork
from homework.usage import tasks as usage
from homework.workbook import api as workbook_api
from homework.workbook import views as workbook
from library.items.marking import misconception_of
from library.review.events import Withdrawn


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    for blueprint in (
        planning.bp,
        assembly.bp,
        overview.bp,
        overview_api.bp,
        exceptions.bp,
        amendments.bp,
        groups.bp,
        ledger.bp,
        ledger_api.bp,
        workbook.bp,
        workbook_api.bp,
        desk.bp,
        returns.bp,
        marklists.bp,
        marklists_api.bp,
        sending.bp,
        sending_api.bp,
        teamwork.bp,
        annotations.bp,
        comments.bp,
        rubrics.bp,
        markers.bp,
        refusals.bp,
        readings.bp,
        paper.bp,
        sheets.bp,
        regrades.bp,
        corrections.bp,
        redpen.bp,
        corrections_api.bp,
        reports.bp,
        reports_api.bp,
        notices.bp,
    ):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        day_name=day_name, words_of_response=words_of, typical_error=misconception_of
    )
    register(app, notices_tasks.tell, regrades_tasks.carry_out, regrades_tasks.take_back)
    register(app, submissions_tasks.write_photos_anew, corrections_tasks.tell_of_regrade)
    subscribe(app, Withdrawn, notices_subscribers.follow)
    subscribe(app, MarkedAnew, corrections_subscribers.when_marked_anew)
    subscribe(app, PhotosReceived, submissions_subscribers.when_photos_are_received)
    schedule(app, Daily(usage.count, time(3, 15)))
    schedule(app, Daily(sending_tasks.forget, time(3, 30)))
    schedule(app, Daily(submissions_tasks.clear_photos, time(3, 35)))
    schedule(app, Daily(estimates.count, time(3, 20)))
    schedule(app, Daily(ledger_tasks.measure, time(3, 25)))
