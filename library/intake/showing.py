"""The pages of imports of questions: what they show, and what their forms offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import render_template, request, url_for
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from accounts.sign_in.current import current_hat
from core.database import db
from core.errors import DomainError
from core.i18n import _, localized
from core.paging import Page, encode_cursor, newest_first, page_of_rows
from library.curriculum.models import Subject
from library.formats.papers.correcting import WRITABLE
from library.formats.reading import Note
from library.intake import queries
from library.intake.correcting import lines_to_correct
from library.intake.forms import PlaceForm, SendForm, TakeForm
from library.intake.keeping import notes_of, posed
from library.intake.models import ImportedQuestion, IntakeState, QuestionImport
from library.intake.reading import LARGEST_MB, readable
from library.intake.report import outcome
from library.intake.standing import given_up
from library.intake.words import (
    FATE_LOOKS,
    FATE_NAMES,
    FORMAT_NAMES,
    KIND_NAMES,
    LIKENESS_NAMES,
    WISH_NAMES,
    fate_of,
    part_name,
    sentence,
)
from library.resources.queries import fitting_points
from library.resources.words import grade_name

DRAFT = "question-import"
"""Under which the device keeps what is typed to be sent."""
GRADES = range(1, 13)
ON_PAGE = 30
MOST_DRAFTS, MOST_POINTS = 50, 200
LONGEST_WHOLE = 60_000
"""Characters of a text that is offered to be corrected as a whole."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and not taken: the lines of a question, and why."""

    position: int
    """0 for the whole text."""
    source: str
    refusal: DomainError


def send_form() -> SendForm:
    """The form of what is sent."""
    return _with_places(SendForm())


def place_form(run: QuestionImport) -> PlaceForm:
    """The form of where the questions of an import belong."""
    form = _with_places(PlaceForm())
    if not form.is_submitted() or "subject_id" not in request.form:
        form.show(run)
    return form


Form = TypeVar("Form", bound=PlaceForm)


def _with_places(form: Form) -> Form:
    """*form* with all subjects and grades."""
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [SelectChoice(one.id, localized(one)) for one in subjects]
    form.grade_from.choices = form.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    return form


def take_form(run: QuestionImport) -> TakeForm:
    """The form of where the chosen questions go."""
    form = TakeForm()
    drafts = db.session.scalars(queries.own_drafts(current_hat()).limit(MOST_DRAFTS))
    form.draft_id.choices = [
        SelectChoice(0, _("A new set")),
        *(SelectChoice(one.id, one.title) for one in drafts),
    ]
    fitting = fitting_points(run.subject_id, run.grade_from, run.grade_to).limit(MOST_POINTS)
    form.point_ids.choices = [SelectChoice(one.id, localized(one)) for one in db.session.scalars(fitting)]
    return form


def draft_key(run: QuestionImport, position: int = 0) -> str:
    """Under which the device keeps the corrected lines of a question, or with 0 of the whole text."""
    return f"{DRAFT}-{run.id}-{run.reading}-{position}"


def usual_title(run: QuestionImport) -> str:
    """What a new set is called if its teacher says nothing else."""
    return run.title or run.name


def index_page(form: SendForm, task: str) -> str:
    """Where to send questions, and what was sent before; *task* names the jobs that read it."""
    page = newest_first(queries.imports_of(current_hat()), QuestionImport.id, request.args.get("cursor"))
    return render_template(
        "library/intake/index.html",
        form=form,
        draft=DRAFT,
        suffixes=list(dict.fromkeys(suffix for one in readable() for suffix in one.suffixes)),
        shown=list(dict.fromkeys(one.suffixes[0] for one in readable())),
        most_mb=LARGEST_MB,
        page=page,
        given_up=given_up(page.rows, queries.readings(task)),
    )


def show_page(
    run: QuestionImport,
    progress: Mapping[str, object],
    typed: Typed | None = None,
    form: TakeForm | None = None,
) -> str:
    """An import by where it stands; *typed* and *form* are what was sent and not taken."""
    page = _page(run, typed)
    rows = [one.ImportedQuestion for one in page.rows]
    twins = queries.visible_versions(current_hat(), [row.twin_id for row in rows if row.twin_id])
    points = queries.points_by_id({point_id for row in rows for point_id in row.point_ids})
    return render_template(
        "library/intake/show.html",
        run=run,
        arrived=request.args.get("done", "")[:60],
        draft_key=draft_key,
        counts=counts_of(run.id),
        view=request.values.get("view", ""),
        rows=rows,
        following=page.next,
        questions={row.position: posed(row) for row in rows},
        to_correct={row.position: lines_to_correct(row) for row in rows}
        if run.state is IntakeState.READ
        else {},
        stimuli={one["identifier"]: one for one in run.stimuli},
        twins={one.item_id: one for one in db.session.scalars(twins)},
        elsewhere=_elsewhere(run, rows),
        points={one.id: one for one in db.session.scalars(points)},
        typed=typed,
        form=form or take_form(run),
        place_form=place_form(run),
        usual_title=usual_title(run),
        file_notes=notes_of(run.notes),
        notes_of=notes_of,
        said=_said,
        outcome=outcome,
        kind_names=KIND_NAMES,
        writable=WRITABLE,
        wish_names=WISH_NAMES,
        likeness_names=LIKENESS_NAMES,
        format_name=FORMAT_NAMES.get(run.format, run.format),
        is_whole=run.text is not None and len(run.text) <= LONGEST_WHOLE,
        **progress,
    )


def counts_of(import_id: int) -> dict[str, int]:
    """How many lines an import has: in all, not read, like others, chosen."""
    found = db.session.execute(queries.counts_of(import_id)).one()
    return dict(zip(("all", "bad", "alike", "chosen"), found, strict=True))


def _elsewhere(run: QuestionImport, rows: Sequence[ImportedQuestion]) -> dict[int, str]:
    """Addresses of the places that *rows* are like and that are not on the same page."""
    missing = {row.twin_position for row in rows if row.twin_position} - {row.position for row in rows}
    return {
        place: url_for(
            "intake.show", import_id=run.id, cursor=encode_cursor([place - 1]), _anchor=f"question-{place}"
        )
        for place in missing
    }


def _page(run: QuestionImport, typed: Typed | None) -> Page[Any]:
    """A page of questions: all of them, or those that need a look; what was typed is on it."""
    wanted = queries.questions_of(run.id)
    match request.values.get("view"):
        case "problems":
            wanted = wanted.where(ImportedQuestion.problem != "")
        case "alike":
            wanted = wanted.where(ImportedQuestion.likeness.is_not(None))
        case _:
            pass
    cursor = encode_cursor([typed.position - 1]) if typed else request.values.get("cursor")
    return page_of_rows(wanted.add_columns(ImportedQuestion.position.label("key")), cursor, ON_PAGE)


def _said(note: Note) -> dict[str, object]:
    """A note in words, with its look."""
    fate = fate_of(note)
    return {
        "part": part_name(note),
        "fate": FATE_NAMES[fate],
        "look": FATE_LOOKS[fate],
        "sentence": sentence(note),
    }
