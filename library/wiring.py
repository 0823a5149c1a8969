"""How ``library`` joins the application."""

from datetime import time, timedelta

from flask import Flask
from flask.cli import AppGroup

import library.authoring.views
import library.banks.views
import library.channels.cli
import library.channels.models
import library.channels.tasks
import library.channels.views
import library.collections.api
import library.collections.models
import library.collections.views
import library.curriculum.cli
import library.curriculum.models
import library.documents.subscribers
import library.documents.tasks
import library.documents.views
import library.duplicates.files
import library.duplicates.models
import library.duplicates.subscribers
import library.duplicates.tasks
import library.duplicates.views
import library.exports.models
import library.exports.tasks
import library.exports.views
import library.faults.models
import library.faults.views
import library.harvests.cli
import library.harvests.models
import library.harvests.tasks
import library.harvests.views
import library.intake.models
import library.intake.tasks
import library.intake.views
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
import library.packages.cli
import library.packages.models
import library.packages.tasks
import library.packages.views
import library.passages.views
import library.players.views
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
import library.sets.views
import library.showcase.views
import library.spent.tasks
import library.textbooks.views
import library.trust.views
import library.wanted.models
import library.wanted.tasks
import library.wanted.views
from core.events import subscribe
from core.jobs.tasks import Daily, Every, register, schedule
from library.documents.events import FilesAdded
from library.documents.preview import preview_of
from library.items.algebra.showing import in_dollars
from library.items.interactions import key_of, said_of
from library.items.kinds.blanks import blanks_of
from library.items.kinds.hotspot import picture_of as spot_picture_of
from library.items.kinds.inline import needs_bank, offered_at_blanks
from library.items.kinds.numeric import typed_pattern, unit_of
from library.items.kinds.table import kind_of
from library.items.kinds.written import lines_of
from library.items.naming import ANSWER_NAMES, question_kind_name
from library.items.numbers import as_typed
from library.items.pictures import picture_url
from library.items.stimuli import stimulus_of
from library.items.texts import is_plain, pieces_of
from library.items.variants import example_of
from library.players.player import launch_address, player_of
from library.resources.events import ResourcesChanged
from library.resources.page import ResourcePage
from library.resources.prose import prose
from library.resources.words import (
    KIND_ICONS,
    KIND_TONES,
    difficulty_name,
    grade_name,
    grades_name,
    kind_name,
    tier_name,
)
from library.trust.words import WORDS

BLUEPRINTS = (
    library.media.views.bp,
    library.textbooks.views.bp,
    library.resources.views.bp,
    library.resources.api.bp,
    library.points.views.bp,
    library.sets.views.bp,
    library.authoring.views.bp,
    library.passages.views.bp,
    library.merges.views.bp,
    library.showcase.views.bp,
    library.review.views.bp,
    library.duplicates.views.bp,
    library.links.views.bp,
    library.trust.views.bp,
    library.faults.views.bp,
    library.documents.views.bp,
    library.packages.views.bp,
    library.players.views.bp,
    library.interchange.views.bp,
    library.intake.views.bp,
    library.channels.views.bp,
    library.exports.views.bp,
    library.banks.views.bp,
    library.search.views.bp,
    library.search.api.bp,
    library.marks.views.marks,
    library.marks.views.favourites,
    library.marks.views.tray,
    library.collections.views.bp,
    library.collections.api.bp,
    library.wanted.views.bp,
    library.harvests.views.bp,
    library.oai.views.bp,
    library.oai.views.offers_bp,
)
JOBS = (
    library.duplicates.tasks.fingerprint,
    library.media.tasks.transcode,
    library.media.tasks.transcode_sound,
    library.documents.tasks.read_document,
    library.intake.tasks.read,
    library.interchange.tasks.check,
    library.interchange.tasks.carry_out,
    library.channels.tasks.check,
    library.channels.tasks.carry_out,
    library.exports.tasks.make,
    library.packages.tasks.take,
    library.search.tasks.index,
    library.search.tasks.rebuild_index,
    library.harvests.tasks.harvest,
)
SCHEDULES = (
    Daily(library.links.tasks.check, time(1, 30)),
    Daily(library.media.tasks.forget_old_uploads, time(3, 30)),
    Daily(library.exports.tasks.forget_old, time(3, 35)),
    Daily(library.spent.tasks.forget, time(3, 45)),
    Daily(library.wanted.tasks.forget_wishes, time(3, 40)),
    Daily(library.duplicates.tasks.find, time(4, 0)),
    # By then the uses that the records of learning tell have been counted; the index takes them up.
    Daily(library.search.tasks.rebuild_index, time(5, 0)),
    Every(library.search.tasks.check_index, timedelta(minutes=2)),
    Every(library.oai.tasks.offer, timedelta(minutes=10)),
    Every(library.harvests.tasks.harvest_due, timedelta(minutes=15)),
)
WHEN_RESOURCES_CHANGE = (
    library.duplicates.subscribers.follow,
    library.search.subscribers.follow,
    library.oai.subscribers.follow,
)
COMMANDS = (
    library.curriculum.cli.curriculum_command,
    library.merges.cli.merge_points_command,
    library.interchange.cli.import_command,
    library.interchange.cli.export_command,
    library.harvests.cli.harvest_command,
    library.oai.cli.partner_command,
    library.channels.cli.import_command,
    library.packages.cli.import_command,
    library.packages.cli.export_command,
    library.search.cli.index_command,
)


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    name_things(app)
    library.search.current.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # The protocol lets programs send their questions as forms; nothing changes by them.
    app.extensions["csrf"].exempt(library.oai.views.answer_form)
    for job in JOBS:
        register(app, job)
    for plan in SCHEDULES:
        schedule(app, plan)
    for listener in WHEN_RESOURCES_CHANGE:
        subscribe(app, ResourcesChanged, listener)
    subscribe(app, FilesAdded, library.documents.subscribers.follow)
    commands = AppGroup("library", help="The library: curriculum, import, export, exchange, index.")
    for command in COMMANDS:
        commands.add_command(command)
    app.cli.add_command(commands)


def name_things(app: Flask) -> None:
    """Give templates the words and parts that pages of the library share."""
    app.jinja_env.filters.update(prose=prose, as_typed=as_typed)
    app.jinja_env.globals.update(
        WORDS,
        blanks_of=blanks_of,
        typed_pattern=typed_pattern,
        unit_of=unit_of,
        item_kind_of=kind_of,
        question_kind_name=question_kind_name,
        answer_names=ANSWER_NAMES,
        difficulty_words=difficulty_name,
        example_of=example_of,
        lines_of=lines_of,
        stimulus_of=stimulus_of,
        spot_picture_of=spot_picture_of,
        needs_bank=needs_bank,
        offered_at_blanks=offered_at_blanks,
        pieces_of=pieces_of,
        is_plain=is_plain,
        in_dollars=in_dollars,
        picture_url=picture_url,
        key_of=key_of,
        said_of=said_of,
        preview_of=preview_of,
        player_of=player_of,
        launch_address=launch_address,
        kind_name=kind_name,
        kind_icons=KIND_ICONS,
        kind_tones=KIND_TONES,
        grade_name=grade_name,
        tier_name_of=tier_name,
        grades_name=grades_name,
        resource_page=ResourcePage(
            actions=["marks.of_resource", "showcase.share", "banks.of_resource"],
            asides=["resources.facts", "packages.of_resource", "trust.here", "exchange.origin"],
        ),
    )
