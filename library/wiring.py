"""How ``library`` joins the application."""

from datetime import time

from flask import Flask
from flask.cli import AppGroup

import library.collections.api
import library.collections.models
import library.collections.views
import library.curriculum.cli
import library.curriculum.models
import library.curriculum.views
import library.interchange.cli
import library.interchange.models
import library.interchange.tasks
import library.interchange.views
import library.items.models
import library.marks.models
import library.marks.views
import library.media.models
import library.media.tasks
import library.media.views
import library.points.views
import library.resources.api
import library.resources.models
import library.resources.views
import library.search.api
import library.search.cli
import library.search.current
import library.search.subscribers
import library.search.tasks
import library.search.views
from core.events import subscribe
from core.jobs.tasks import Daily, register, schedule
from library.items.interactions import blanks_of, unit_of
from library.resources.events import ResourcesChanged
from library.resources.page import ResourcePage
from library.resources.prose import prose
from library.resources.words import KIND_ICONS, KIND_TONES, grade_name, grades_name, kind_name, tier_name


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.jinja_env.globals.update(
        blanks_of=blanks_of,
        unit_of=unit_of,
        kind_name=kind_name,
        kind_icons=KIND_ICONS,
        kind_tones=KIND_TONES,
        grade_name=grade_name,
        tier_name_of=tier_name,
        grades_name=grades_name,
        resource_page=ResourcePage(actions=["marks.of_resource"]),
    )
    app.jinja_env.filters["prose"] = prose
    app.register_blueprint(library.media.views.bp)
    app.register_blueprint(library.curriculum.views.bp)
    app.register_blueprint(library.resources.views.bp)
    app.register_blueprint(library.resources.api.bp)
    app.register_blueprint(library.points.views.bp)
    for blueprint in (library.marks.views.marks, library.marks.views.favourites, library.marks.views.tray):
        app.register_blueprint(blueprint)
    app.register_blueprint(library.collections.views.bp)
    app.register_blueprint(library.collections.api.bp)
    app.register_blueprint(library.interchange.views.bp)
    register(app, library.interchange.tasks.check, library.interchange.tasks.carry_out)
    register(app, library.media.tasks.transcode)
    schedule(app, Daily(library.media.tasks.forget_old_uploads, time(3, 30)))
    library.search.current.init_app(app)
    app.register_blueprint(library.search.views.bp)
    app.register_blueprint(library.search.api.bp)
    register(app, library.search.tasks.index, library.search.tasks.rebuild_index)
    subscribe(app, ResourcesChanged, library.search.subscribers.follow)
    commands = AppGroup("library", help="The library: curriculum, import, index.")
    commands.add_command(library.curriculum.cli.curriculum_command)
    commands.add_command(library.interchange.cli.import_command)
    commands.add_command(library.search.cli.index_command)
    app.cli.add_command(commands)
