"""Bring questions along: send them, look at them line by line, correct, choose, take."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, DomainError, NotFound
from core.i18n import _
from core.jobs import services as jobs
from library.formats.papers.correcting import WRITABLE, with_kind
from library.intake import queries, services, taking, tasks
from library.intake.correcting import lines_to_correct
from library.intake.errors import NoText, NothingSent, UnknownFormat
from library.intake.forms import CorrectForm, TakeForm, reading_in
from library.intake.models import ImportedQuestion, IntakeState, QuestionImport, Wish
from library.intake.policy import may_import
from library.intake.report import csv_of
from library.intake.rereading import my_import, read_one, read_whole
from library.intake.sending import sent_with
from library.intake.showing import (
    DRAFT,
    GRADES,
    Typed,
    counts_of,
    draft_key,
    index_page,
    place_form,
    send_form,
    show_page,
    take_form,
    usual_title,
)
from library.intake.standing import given_up
from library.intake.templates import MEDIA_TYPES, template
from library.items.models import ItemKind
from library.resources.models import Resource
from library.resources.queries import own_grades, own_subjects

bp = Blueprint("intake", __name__, url_prefix="/library/questions/imports")


@bp.get("")
@allow(may_import)
def index() -> ResponseReturnValue:
    """Where to paste or send questions, and what was imported before."""
    form = send_form()
    last = db.session.scalar(queries.imports_of(current_hat()).order_by(QuestionImport.id.desc()).limit(1))
    if last:
        form.show(last)
    else:
        form.subject_id.data = db.session.scalar(own_subjects(current_hat()))
        form.grade_from.data = form.grade_to.data = db.session.scalar(own_grades(current_hat())) or GRADES[0]
    return index_page(form, tasks.read.name)


@bp.post("")
@allow(may_import)
def send() -> ResponseReturnValue:
    """Keep what was sent; a job reads it."""
    form = send_form()
    if not form.validate_on_submit():
        return index_page(form, tasks.read.name), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        sent = sent_with(form)
    except UnknownFormat as refusal:
        form.file.errors = [str(refusal)]
        return index_page(form, tasks.read.name), HTTPStatus.UNPROCESSABLE_ENTITY
    except NothingSent as refusal:
        form.text.errors = [str(refusal)]
        return index_page(form, tasks.read.name), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        made = services.begin(sent, form.place(), actor=current_hat(), now=clock.now())
        import_id = made.id
        jobs.enqueue(tasks.read, key=f"intake.read:{import_id}", arguments={"import_id": import_id})
    return redirect(url_for(".show", import_id=import_id, done=DRAFT))


@bp.get("/template.<any(docx, xlsx, csv, txt):suffix>")
@allow(may_import)
def blank(suffix: str) -> ResponseReturnValue:
    """A file to fill in."""
    disposition = f'attachment; filename="questions.{suffix}"'
    return Response(
        template(suffix), content_type=MEDIA_TYPES[suffix], headers={"Content-Disposition": disposition}
    )


@bp.get("/<int:import_id>")
@allow(may_import)
def show(import_id: int) -> ResponseReturnValue:
    """Where an import stands: its questions line by line, then what became of them."""
    return _show_page(my_import(import_id))


@bp.get("/<int:import_id>/state")
@allow(may_import)
def state(import_id: int) -> ResponseReturnValue:
    """How far the reading is: a fragment that asks again by itself."""
    run = my_import(import_id)
    progress = _progress(run)
    answer = current_app.make_response(render_template("library/intake/state.html", run=run, **progress))
    if run.state is not IntakeState.WAITING or progress["is_given_up"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.post("/<int:import_id>/questions/<int:position>")
@allow(may_import)
def correct(import_id: int, position: int) -> ResponseReturnValue:
    """Read the lines of one question again as they are now, or as another kind."""
    run, form = my_import(import_id), CorrectForm()
    typed, kept = form.source.data or "", draft_key(run, position)
    try:
        services.check_present(run, reading_in(request.form))
        rows = list(db.session.scalars(queries.questions_of(run.id)))
        row: ImportedQuestion = find(
            queries.questions_of(run.id).where(ImportedQuestion.position == position)
        )
        typed = typed if form.source.raw_data else lines_to_correct(row)
        if form.kind.data in set(WRITABLE):
            is_part = bool(row.record and row.record["stimulus"])
            typed = with_kind(typed, ItemKind(form.kind.data), is_part=is_part)
        if run.text is None:
            read_one(run, row, typed)
        else:
            read_whole(run, "\n".join(typed if one.position == position else one.source for one in rows))
    except NotFound:
        raise
    except DomainError as refusal:
        return _show_page(my_import(import_id), Typed(position, typed, refusal)), _status(refusal)
    return redirect(_back(import_id, position, done=kept))


@bp.post("/<int:import_id>/text")
@allow(may_import)
def rewrite(import_id: int) -> ResponseReturnValue:
    """Read the whole text again as it is now."""
    run, form = my_import(import_id), CorrectForm()
    typed, kept = form.source.data or "", draft_key(run)
    try:
        if run.text is None:
            raise NoText
        services.check_present(run, reading_in(request.form))
        read_whole(run, typed)
    except DomainError as refusal:
        return _show_page(my_import(import_id), Typed(0, typed, refusal)), _status(refusal)
    return redirect(_back(import_id, done=kept))


@bp.post("/<int:import_id>/choices")
@allow(may_import)
def choose(import_id: int) -> ResponseReturnValue:
    """Remember what is to become of questions."""
    with transaction():
        run = my_import(import_id, is_held=True)
        if (wish := request.form.get("all", type=Wish)) in {Wish.TAKE, Wish.SKIP}:
            services.choose_all(run, wish)
        else:
            _choose(run)
    if "HX-Request" in request.headers:
        return render_template("library/intake/counts.html", counts=counts_of(import_id))
    return redirect(_back(import_id))


@bp.post("/<int:import_id>/place")
@allow(may_import)
def move(import_id: int) -> ResponseReturnValue:
    """Let the questions belong to another subject or grade."""
    run = my_import(import_id)
    form = place_form(run)
    if not form.validate_on_submit():
        return _show_page(run), HTTPStatus.UNPROCESSABLE_ENTITY
    reading, place = run.reading, form.place()
    known = services.known_words(current_hat(), place.subject_id, services.prompts_of(run))
    with transaction():
        services.move(my_import(import_id, is_held=True), place, known, reading=reading)
    return redirect(_back(import_id))


@bp.post("/<int:import_id>/take")
@allow(may_import)
def take(import_id: int) -> ResponseReturnValue:
    """Take the chosen questions into a set."""
    run = my_import(import_id)
    form = take_form(run)
    if not form.validate_on_submit():
        return _show_page(run, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    hat, now = current_hat(), clock.now()
    try:
        with transaction():
            run = my_import(import_id, is_held=True)
            if run.state is IntakeState.READ:
                _choose(run)
            draft = _draft(form.draft_id.data) if form.draft_id.data else None
            title = " ".join((form.title.data or "").split()) or usual_title(run)
            wanted = taking.Wanted(title, draft, frozenset(form.point_ids.data or ()))
            alone = taking.take(run, hat, wanted, now=now)
    except DomainError as refusal:
        form.title.errors = [str(refusal)]
        return _show_page(my_import(import_id), form=form), _status(refusal)
    flash(
        _("Taken. The set is a draft in your name: pupils see it once you assign or publish it."), "success"
    )
    _tell_of_those_alone(alone)
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/undo")
@allow(may_import)
def undo(import_id: int) -> ResponseReturnValue:
    """Take the questions back, while nobody has used them."""
    with transaction():
        taking.undo(my_import(import_id, is_held=True), now=clock.now())
    flash(_("Undone. The questions are here as before, and can be taken again."), "success")
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/discard")
@allow(may_import)
def discard(import_id: int) -> ResponseReturnValue:
    """Forget an import whose questions were not taken."""
    with transaction():
        services.discard(my_import(import_id, is_held=True))
    flash(_("The import is gone."), "success")
    return redirect(url_for(".index"))


@bp.get("/<int:import_id>/report.csv")
@allow(may_import)
def report(import_id: int) -> ResponseReturnValue:
    """What became of every part, as a file."""
    run = my_import(import_id)
    return Response(
        csv_of(run, db.session.scalars(queries.questions_of(run.id))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="questions-{run.id}.csv"'},
    )


# What is looked at


def _show_page(run: QuestionImport, typed: Typed | None = None, form: TakeForm | None = None) -> str:
    return show_page(run, _progress(run), typed, form)


def _tell_of_those_alone(alone: taking.Alone) -> None:
    if alone.taken:
        flash(
            _(
                "For %(count)s of them there is no longer a question in the library that could stand for it: "
                "the one of your file was taken.",
                count=len(alone.taken),
            ),
            "info",
        )
    if alone.left_out:
        places = _(", ").join(str(one) for one in alone.left_out)
        flash(
            _(
                "Left out: %(places)s. The question that was to be used instead is no longer in the library, "
                "and the one of your file cannot be read.",
                places=places,
            ),
            "warning",
        )


def _draft(resource_id: int) -> Resource:
    found: Resource = find(queries.own_drafts(current_hat()).where(Resource.id == resource_id))
    return found


def _progress(run: QuestionImport) -> dict[str, object]:
    waiting = run.state is IntakeState.WAITING
    readings = queries.readings(tasks.read.name) if waiting else {}
    job = readings.get(run.id)
    return {
        "done": job.progress_done if job else 0,
        "total": job.progress_total if job else 0,
        "is_given_up": bool(given_up([run], readings)),
    }


def _back(import_id: int, position: int | None = None, done: str | None = None) -> str:
    """The same part of the list again; *done* names the text that arrived."""
    return url_for(
        ".show",
        import_id=import_id,
        view=request.values.get("view") or None,
        cursor=request.values.get("cursor") or None,
        done=done,
        _anchor=f"question-{position}" if position else None,
    )


def _status(refusal: DomainError) -> HTTPStatus:
    return HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY


def _choose(run: QuestionImport) -> None:
    """Take the wishes of a page; those of an older reading may be about other questions."""
    if wishes := _wishes(request.form):
        services.check_present(run, reading_in(request.form))
        services.choose(run, wishes)


def _wishes(given: Mapping[str, str]) -> dict[int, Wish]:
    """What the lists beside the questions say, by position."""
    found: dict[int, Wish] = {}
    for name, value in given.items():
        position = name.removeprefix("wish-")
        if name.startswith("wish-") and position.isdecimal() and value in set(Wish):
            found[int(position)] = Wish(value)
    return found
