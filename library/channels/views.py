"""Channels for administrators: look first, then take in, with progress and a report of every part."""

from contextlib import closing

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.files import files
from core.i18n import DEFAULT_LANGUAGE, is_chinese
from core.jobs.services import enqueue
from core.paging import newest_first, page_of_rows
from library.channels import queries, services, tasks
from library.channels.findings import Note
from library.channels.forms import ChannelForm
from library.channels.models import ChannelImport
from library.channels.policy import may_take_channels
from library.channels.sheet import csv_of
from library.channels.words import KIND_NAMES, SHORT, sentence
from library.curriculum.models import Subject
from library.interchange.policy import import_tiers
from library.media import uploads
from library.packages.findings import Outcome
from library.packages.words import OUTCOME_LOOKS, OUTCOME_NAMES
from library.resources.models import Tier
from library.resources.words import tier_name

bp = Blueprint("channels", __name__, url_prefix="/library/channels")
LINES = 100


@bp.get("")
@allow(may_take_channels)
def index() -> ResponseReturnValue:
    """Where to put a channel, and what was taken in before."""
    return _index_page(_form())


@bp.post("")
@allow(may_take_channels)
def order() -> ResponseReturnValue:
    """Keep the file and look at it; nothing is imported yet."""
    form = _form()
    if not form.validate_on_submit():
        return _index_page(form), 422
    try:
        content = _kept(form)
    except DomainError as refusal:
        form.file.errors = [str(refusal)]
        return _index_page(form), 422
    with transaction():
        made = services.order(
            current_hat(),
            services.Wanted(
                form.name(),
                content,
                Tier(form.tier.data),
                form.subject_id.data or None,
                (form.grade_from.data, form.grade_to.data),
            ),
            language=DEFAULT_LANGUAGE if is_chinese() else "en",
            now=clock.now(),
        )
        enqueue(tasks.check, arguments={"import_id": made.id})
        import_id = made.id
    return redirect(url_for(".show", import_id=import_id))


def _kept(form: ChannelForm) -> str:
    """The hash of the file, wherever it came: in parts before, or in the form itself.

    Raises:
        UploadGone: not all parts are here.
    """
    if form.upload_key.data:
        key, size = uploads.read_key(form.upload_key.data), form.upload_size.data or ""
        with uploads.opened(current_hat().person_id, key, int(size) if size.isdigit() else -1) as content:
            return files().put(content).sha256
    with closing(form.file.data.stream) as stream:
        return files().put(stream).sha256


@bp.get("/<int:import_id>")
@allow(may_take_channels)
def show(import_id: int) -> ResponseReturnValue:
    """Where an import stands and what comes of every part; its script looks again while something runs."""
    found = _order(import_id)
    outcome, note = _chosen()
    counts = db.session.execute(queries.count_by_note(found.id)).all()
    by_outcome = {one: sum(row[2] for row in counts if row[0] is one) for one in Outcome}
    cursor = request.args.get("cursor")
    return render_template(
        "library/channels/show.html",
        order=found,
        tier_name=tier_name(found.tier),
        counts=by_outcome,
        notes=[(SHORT[row[1]], row[1], row[0], row[2]) for row in counts],
        outcome=outcome,
        note=note,
        page=page_of_rows(queries.parts_of(found.id, outcome=outcome, note=note), cursor, LINES),
        outcome_names=OUTCOME_NAMES,
        outcome_looks=OUTCOME_LOOKS,
        kind_names=KIND_NAMES,
        short=SHORT,
        sentence=sentence,
    )


def _chosen() -> tuple[Outcome | None, Note | None]:
    outcome, note = request.args.get("outcome", ""), request.args.get("note", "")
    return (
        Outcome(outcome) if outcome in set(Outcome) else None,
        Note(note) if note in set(Note) else None,
    )


@bp.get("/<int:import_id>/report.csv")
@allow(may_take_channels)
def report(import_id: int) -> ResponseReturnValue:
    """The whole report as CSV."""
    found = _order(import_id)
    return Response(
        csv_of(db.session.execute(queries.parts_of(found.id))),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="channel-{found.id}.csv"'},
    )


@bp.post("/<int:import_id>/carry-out")
@allow(may_take_channels)
def carry_out(import_id: int) -> ResponseReturnValue:
    """Import what was looked at, or go on with what was stopped."""
    with transaction():
        services.carry_out(_order(import_id, is_held=True))
        enqueue(tasks.carry_out, arguments={"import_id": import_id})
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/stop")
@allow(may_take_channels)
def stop(import_id: int) -> ResponseReturnValue:
    """Stop after the parts that are being taken; what is in stays in."""
    with transaction():
        services.stop(_order(import_id, is_held=True))
    return redirect(url_for(".show", import_id=import_id))


def _order(import_id: int, *, is_held: bool = False) -> ChannelImport:
    found = queries.imports_of(current_hat()).where(ChannelImport.id == import_id)
    order: ChannelImport = find(
        found.with_for_update(of=ChannelImport)
        if is_held
        else found.options(joinedload(ChannelImport.organisation))
    )
    return order


def _form() -> ChannelForm:
    form = ChannelForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.offer(import_tiers(current_hat()), subjects)
    return form


def _index_page(form: ChannelForm) -> str:
    return render_template(
        "library/channels/index.html",
        form=form,
        limit_mb=current_app.config["UPLOAD_LIMIT_MB"],
        page=newest_first(queries.imports_of(current_hat()), ChannelImport.id, request.args.get("cursor")),
    )
