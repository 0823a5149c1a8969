"""The pages on exchange with other libraries: sources, harvests, and what two versions disagree about."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.i18n import _
from core.jobs.services import enqueue
from core.paging import newest_first
from library.harvests import queries, services, sources
from library.harvests.comparing import compare
from library.harvests.errors import AlreadyThere, NotADecision, sentence
from library.harvests.forms import DecisionForm, SourceForm
from library.harvests.models import Decision, HarvestConflict, HarvestRun, HarvestSource
from library.harvests.policy import may_give_keys, may_harvest
from library.harvests.tasks import harvest, job_key
from library.interchange.exports import export
from library.interchange.records import read_record
from library.resources.models import Resource
from library.resources.queries import openable_by

bp = Blueprint("exchange", __name__)
MOST_NOTES = 200


@bp.get("/exchange")
@allow(may_harvest)
def index() -> ResponseReturnValue:
    """The libraries that we harvest, and how it went."""
    sources = db.session.scalars(queries.sources_of(current_hat())).all()
    ids = [one.id for one in sources]
    return render_template(
        "library/harvests/index.html",
        sources=sources,
        runs={one.source_id: one for one in db.session.scalars(queries.latest_runs(ids))},
        harvested=_counts(queries.count_harvested(ids)),
        conflicts=_counts(queries.count_open(ids)),
        sentence=sentence,
    )


@bp.get("/exchange/sources/new")
@allow(may_harvest)
def new() -> ResponseReturnValue:
    """An empty source."""
    return _edit_page(SourceForm())


@bp.post("/exchange/sources/new")
@allow(may_harvest)
def add() -> ResponseReturnValue:
    """Put a source on the list, and ask it for the first time."""
    form = SourceForm()
    if not form.validate_on_submit():
        return _edit_page(form), 422
    try:
        with transaction():
            source_id = sources.add_source(form.plan(), by=current_hat(), now=clock.now()).id
            _ask(source_id)
    except AlreadyThere as refusal:
        form.url.errors = [str(refusal)]
        return _edit_page(form), 422
    flash(_("Added. It is being read now."), "success")
    return redirect(url_for(".show", source_id=source_id))


@bp.get("/exchange/sources/<int:source_id>")
@allow(may_harvest)
def show(source_id: int) -> ResponseReturnValue:
    """A source and its harvests."""
    source = _source(source_id)
    page = newest_first(queries.runs_of(source.id), HarvestRun.id, request.args.get("cursor"), size=10)
    return render_template(
        "library/harvests/show.html",
        source=source,
        page=page,
        latest=db.session.scalar(queries.latest_runs([source.id])),
        harvested=_count(queries.count_harvested([source.id])),
        conflicts=_count(queries.count_open([source.id])),
        sentence=sentence,
    )


@bp.get("/exchange/sources/<int:source_id>/state")
@allow(may_harvest)
def state(source_id: int) -> ResponseReturnValue:
    """How far the harvest is, for the page that waits for it."""
    source = _source(source_id)
    latest = db.session.scalar(queries.latest_runs([source.id]))
    if latest is not None and latest.finished_at is not None:
        return "", 200, {"HX-Refresh": "true"}
    return render_template("library/harvests/state.html", source=source, latest=latest)


@bp.get("/exchange/sources/<int:source_id>/edit")
@allow(may_harvest)
def edit(source_id: int) -> ResponseReturnValue:
    """A source, to change it."""
    source = _source(source_id)
    form = SourceForm()
    form.show(source)
    return _edit_page(form, source)


@bp.post("/exchange/sources/<int:source_id>/edit")
@allow(may_harvest)
def save(source_id: int) -> ResponseReturnValue:
    """Harvest otherwise from now on. Its address stays: another address is another source."""
    source = _source(source_id)
    form = SourceForm()
    form.url.data, form.set_spec.data = source.url, source.set_spec
    if not form.validate_on_submit():
        return _edit_page(form, source), 422
    with transaction():
        sources.change_source(_source(source_id), form.plan(), by=current_hat(), now=clock.now())
    flash(_("Saved."), "success")
    return redirect(url_for(".show", source_id=source_id))


@bp.post("/exchange/sources/<int:source_id>/harvest")
@allow(may_harvest)
def harvest_now(source_id: int) -> ResponseReturnValue:
    """Ask the source now; with ``anew``, for its whole list."""
    with transaction():
        source = _source(source_id)
        if request.form.get("anew"):
            sources.begin_anew(source, by=current_hat(), now=clock.now())
        _ask(source.id)
    flash(_("It is being read now."), "success")
    return redirect(url_for(".show", source_id=source_id))


@bp.get("/exchange/sources/<int:source_id>/harvests/<int:run_id>")
@allow(may_harvest)
def run(source_id: int, run_id: int) -> ResponseReturnValue:
    """What came of one harvest, and what was refused or left out."""
    source = _source(source_id)
    one: HarvestRun = find(queries.runs_of(source.id).where(HarvestRun.id == run_id))
    return render_template(
        "library/harvests/run.html",
        source=source,
        run=one,
        notes=db.session.scalars(queries.notes_of(one.id).limit(MOST_NOTES)).all(),
        all_notes=db.session.scalar(queries.count_notes(one.id)),
        sentence=sentence,
    )


@bp.get("/exchange/conflicts")
@allow(may_harvest)
def conflicts() -> ResponseReturnValue:
    """Where another library's version and ours differ."""
    wanted = queries.open_conflicts(current_hat())
    if source_id := request.args.get("source", type=int):
        wanted = wanted.where(HarvestConflict.source_id == source_id)
    return render_template(
        "library/harvests/conflicts.html",
        page=newest_first(wanted, HarvestConflict.id, request.args.get("cursor")),
    )


@bp.get("/exchange/conflicts/<int:conflict_id>")
@allow(may_harvest)
def conflict(conflict_id: int) -> ResponseReturnValue:
    """Both versions side by side."""
    one = _conflict(conflict_id)
    [ours] = export([one.resource])
    theirs = read_record(one.record) if one.record else None
    return render_template(
        "library/harvests/conflict.html",
        conflict=one,
        is_withdrawn_there=theirs is None,
        lines=compare(ours.record, theirs) if ours.record and theirs else [],
    )


@bp.post("/exchange/conflicts/<int:conflict_id>")
@allow(may_harvest)
def decide(conflict_id: int) -> ResponseReturnValue:
    """Keep ours, or take theirs."""
    form = DecisionForm()
    if not form.validate_on_submit():
        raise NotADecision
    decision = Decision(form.decision.data)
    with transaction():
        services.decide(_conflict(conflict_id), decision, by=current_hat(), now=clock.now())
    is_ours = decision is Decision.OURS
    flash(_("Ours stays.") if is_ours else _("Theirs is here now. Ours is kept in its history."), "success")
    return redirect(url_for(".conflicts"))


@bp.get("/library/<int:resource_id>/origin")
@allow(anyone_signed_in)
def origin(resource_id: int) -> ResponseReturnValue:
    """Beside a resource: from which library it came, if it came from one."""
    resource: Resource = find(openable_by(current_hat()).where(Resource.id == resource_id))
    return render_template(
        "library/harvests/origin.html", origin=db.session.scalar(queries.origin_of(resource.id))
    )


def _source(source_id: int) -> HarvestSource:
    found: HarvestSource = find(queries.sources_of(current_hat()).where(HarvestSource.id == source_id))
    return found


def _counts(by_source: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(by_source)}


def _count(by_source: Select[int, int]) -> int:
    """The one count of a query by source; 0 where there is none."""
    row = db.session.execute(by_source).one_or_none()
    return row[1] if row else 0


def _conflict(conflict_id: int) -> HarvestConflict:
    found: HarvestConflict = find(
        queries.conflicts_of(current_hat()).where(HarvestConflict.id == conflict_id)
    )
    return found


def _ask(source_id: int) -> None:
    enqueue(harvest, key=job_key(source_id), arguments={"source_id": source_id})


def _edit_page(form: SourceForm, source: HarvestSource | None = None) -> str:
    return render_template(
        "library/harvests/edit.html", form=form, source=source, is_city=may_give_keys(current_hat())
    )
