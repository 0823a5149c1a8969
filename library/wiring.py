"""How ``library`` joins the application."""

from datetime import time, timedelta

from flask import Flask
from flask.cli import AppGroup

import library.collections.api
import library.collections.models
import library.collections.views
import library.curriculum.cli
import library.curriculum.models
import library.duplicates.files
import library.duplicates.models
import library.duplicates.subscribers
import library.duplicates.tasks
import library.duplicates.views
import library.faults.models
import library.faults.views
import library.harvests.cli
import library.harvests.models
import library.harvests.tasks
import library.harvests.views
import library.interchange.cli
import library.interchange.models
import library.interchange.tasks
import library.interchange.views
import library.items.models
import library.links.models
import library.links.tasks
import library.links.views
import library.marks.models
import library.marks.views
import library.media.models
import library.media.tasks
import library.media.views
import library.merges.cli
import library.merges.models
import library.merges.views
import library.oai.cli
import library.oai.models
import library.oai.subscribers
import library.oai.tasks
import library.oai.views
import library.points.views
import library.resources.api
import library.resources.models
import library.resources.views
import library.review.models
import library.review.views
import library.search.api
import library.search.cli
import library.search.current
import library.search.subscribers
import library.search.tasks
import library.search.views
import library.showcase.views
import library.textbooks.views
import library.trust.views
import library.wanted.models
import library.wanted.tasks
import library.wanted.views
from core.events import subscribe
from core.jobs.tasks import Daily, Every, register, schedule
from library.items.interactions import blanks_of, unit_of
from library.resources.events import ResourcesChanged
from library.resources.page import ResourcePage
from library.resources.prose import prose
from library.resources.words import KIND_ICONS, KIND_TONES, grade_name, grades_name, kind_name, tier_name
from library.trust.words import WORDS


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    page = ResourcePage(
        actions=["marks.of_resource", "showcase.share"],
        asides=["resources.facts", "trust.here", "exchange.origin"],
    )
    app.jinja_env.globals.update(WORDS)
    app.jinja_env.globals.update(
        blanks_of=blanks_of,
        unit_of=unit_of,
        kind_name=kind_name,
        kind_icons=KIND_ICONS,
        kind_tones=KIND_TONES,
        grade_name=grade_name,
        tier_name_of=tier_name,
        grades_name=grades_name,
        resource_page=page,
    )
    app.jinja_env.filters["prose"] = prose
    app.register_blueprint(library.media.views.bp)
    app.register_blueprint(library.textbooks.views.bp)
    app.register_blueprint(library.resources.views.bp)
    app.register_blueprint(library.resources.api.bp)
    app.register_blueprint(library.points.views.bp)
    app.register_blueprint(library.duplicates.views.bp)
    register(app, library.duplicates.tasks.fingerprint)
    schedule(app, Daily(library.duplicates.tasks.find, time(4, 0)))
    subscribe(app, ResourcesChanged, library.duplicates.subscribers.follow)
    app.register_blueprint(library.links.views.bp)
    schedule(app, Daily(library.links.tasks.check, time(1, 30)))
    app.register_blueprint(library.trust.views.bp)
    app.register_blueprint(library.faults.views.bp)
    for blueprint in (
        library.marks.views.marks,
        library.marks.views.favourites,
        library.marks.views.tray,
        library.collections.views.bp,
        library.collections.api.bp,
        library.interchange.views.bp,
        library.merges.views.bp,
        library.showcase.views.bp,
        library.review.views.bp,
    ):
        app.register_blueprint(blueprint)
    register(app, library.interchange.tasks.check, library.interchange.tasks.carry_out)
    register(app, library.media.tasks.transcode)
    schedule(app, Daily(library.media.tasks.forget_old_uploads, time(3, 30)))
    library.search.current.init_app(app)
    app.register_blueprint(library.search.views.bp)
    app.register_blueprint(library.search.api.bp)
    app.register_blueprint(library.wanted.views.bp)
    register(app, library.search.tasks.index, library.search.tasks.rebuild_index)
    # At night the uses that the records of learning tell have been counted; the index takes them up.
    schedule(app, Daily(library.search.tasks.rebuild_index, time(5, 0)))
    schedule(app, Every(library.search.tasks.check_index, timedelta(minutes=2)))
    schedule(app, Daily(library.wanted.tasks.forget_wishes, time(3, 40)))
    subscribe(app, ResourcesChanged, library.search.subscribers.follow)
    app.register_blueprint(library.harvests.views.bp)
    app.register_blueprint(library.oai.views.bp)
    app.register_blueprint(library.oai.views.offers_bp)
    # The protocol lets programs send their questions as forms; nothing changes by them.
    app.extensions["csrf"].exempt(library.oai.views.answer_form)
    schedule(app, Every(library.oai.tasks.offer, timedelta(minutes=10)))
    subscribe(app, ResourcesChanged, library.oai.subscribers.follow)
    register(app, library.harvests.tasks.harvest)
    schedule(app, Every(library.harvests.tasks.harvest_due, timedelta(minutes=15)))
    commands = AppGroup("library", help="The library: curriculum, import, index.")
    commands.add_command(library.curriculum.cli.curriculum_command)
    commands.add_command(library.merges.cli.merge_points_command)
    commands.add_command(library.interchange.cli.import_command)
    commands.add_command(library.interchange.cli.export_command)
    commands.add_command(library.harvests.cli.harvest_command)
    commands.add_command(library.oai.cli.partner_command)
    commands.add_command(library.search.cli.index_command)
    app.cli.add_command(commands)
