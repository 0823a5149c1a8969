"""Hold marked work back for a second reader, read it, and settle what two readers see otherwise."""

from random import SystemRandom
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import NotFound
from core.i18n import _, ngettext
from core.paging import Page, page_of_rows
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.marking import queries as marking
from homework.marking.history import held_marks
from homework.marking.models import SecondReading
from homework.readings import forms, policy, queries, services, waiting
from homework.readings.asking import ask_for_second_reading
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

bp = Blueprint("readings", __name__)
USUAL_PERCENT, MOST_PERCENT = 10, 100


@bp.post("/assignments/<int:assignment_id>/second-readings")
@allow(policy.may_read_again)
def ask(assignment_id: int) -> ResponseReturnValue:
    """Hold some of the marked work back for a second reader."""
    hat = current_hat()
    with transaction():
        assignment = _assignment(assignment_id)
        reader_id = request.form.get("reader", type=int)
        reader: Person | None = None
        if reader_id is not None:
            reader = find(queries.readers_for(assignment).where(Person.id == reader_id))
        asked = ask_for_second_reading(
            list(db.session.scalars(marking.ready_to_return(assignment.id, hat))),
            hat,
            percent=_percent(),
            reader=reader,
            random=SystemRandom(),
            now=clock.now(),
        )
        number = len(asked)
    flash(
        ngettext(
            "%(num)s piece of work waits for a second reader.",
            "%(num)s pieces of work wait for a second reader.",
            number,
        ),
        "success",
    )
    return redirect(url_for("assignments.show", assignment_id=assignment_id, _anchor="marking"), 303)


@bp.get("/second-readings")
@allow(policy.may_read_again)
def index() -> ResponseReturnValue:
    """What I am asked to read a second time, and what I may settle; each list at its own cursor."""
    hat = current_hat()
    return render_template(
        "homework/readings/index.html",
        to_read=_page_of(waiting.to_read_again(hat), "read"),
        to_settle=_page_of(waiting.to_settle(hat), "settle"),
    )


@bp.post("/submissions/<int:submission_id>/second-reading")
@allow(policy.may_read_again)
def act(submission_id: int) -> ResponseReturnValue:
    """Begin a second reading (``do=begin``), keep what one would give (``save``) and be done (``finish``).

    Who marks the work may do without it (``call_off``).
    """
    hat, now, form = current_hat(), clock.now(), request.form
    do = form.get("do")
    with transaction():
        reading = _reading(submission_id)
        if do == "begin":
            services.begin_reading(reading, hat, now=now)
        elif do in {"save", "finish"}:
            seen, otherwise = forms.read_seen(form), forms.read_otherwise(form)
            services.read(reading, hat, seen, otherwise, note=form.get("note", ""), now=now)
            if do == "finish":
                services.finish_reading(reading, hat, now=now)
        elif do == "call_off":
            services.call_off_reading(reading, hat, now=now)
        else:
            raise NotFound
        is_done = reading.reader_id == hat.person_id and reading.done_at is not None
    if do == "save":
        flash(_("What you would give is kept. Nobody but you sees it before you are done."), "success")
    elif do == "finish":
        flash(_("Your reading is done. Who asked for it is told."), "success")
    # A reader of another class may not open the work any more once nothing is left to settle.
    if is_done:
        return redirect(url_for(".index"), 303)
    return redirect(url_for("submissions.show", submission_id=submission_id, _anchor="reading"), 303)


@bp.post("/submissions/<int:submission_id>/second-reading/settle")
@allow(policy.may_read_again)
def settle(submission_id: int) -> ResponseReturnValue:
    """Say for each difference (``counts-<answer>``) whether the first or the second reader's points count."""
    hat, form = current_hat(), request.form
    with transaction():
        find(submissions.visible_to(hat).where(Submission.id == submission_id))
        reading = _reading(submission_id)
        changed = services.settle(
            reading, hat, forms.read_decisions(form), forms.read_seen(form), now=clock.now()
        )
    flash(
        ngettext(
            "Settled: %(num)s mark is another one now. The work can go back.",
            "Settled: %(num)s marks are others now. The work can go back.",
            changed,
        ),
        "success",
    )
    return redirect(url_for("submissions.show", submission_id=submission_id, _anchor="reading"), 303)


def _assignment(assignment_id: int) -> Assignment:
    found: Assignment = find(assignments.taught_by(current_hat()).where(Assignment.id == assignment_id))
    return found


def _reading(submission_id: int) -> SecondReading:
    """The reading, which nobody else touches until the transaction ends.

    Held with the answers of the whole group, in the order in which all who mark hold them.
    """
    find(queries.readable(current_hat()).where(Submission.id == submission_id))
    held_marks(sorted(db.session.scalars(queries.answer_ids_of_group(submission_id))))
    held = marking.reading_of(submission_id).with_for_update().execution_options(populate_existing=True)
    found: SecondReading = find(held)
    return found


def _page_of(rows: Select[*tuple[Any, ...]], name: str) -> Page[waiting.Waiting]:
    """A page of a list, from the cursor ``?<name>=``."""
    page = page_of_rows(rows, request.args.get(name), by=waiting.IN_TURN)
    return Page(waiting.named(page.rows, current_hat()), page.next)


def _percent() -> int:
    wanted = request.form.get("percent", default=USUAL_PERCENT, type=int)
    return min(max(wanted, 1), MOST_PERCENT)
