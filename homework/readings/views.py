"""Hold marked work back for a second reader, and read it."""

from random import SystemRandom

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import NotFound
from core.i18n import ngettext
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.markers.queries import colleagues
from homework.marking import queries as marking
from homework.marking.models import SecondReading
from homework.readings import policy, services
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
        if reader_id is not None:
            find(colleagues(assignment).where(Person.id == reader_id))
        asked = services.ask_for_second_reading(
            list(db.session.scalars(marking.ready_to_return(assignment.id, hat))),
            hat,
            percent=_percent(),
            reader_id=reader_id,
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


@bp.post("/submissions/<int:submission_id>/second-reading")
@allow(policy.may_read_again)
def act(submission_id: int) -> ResponseReturnValue:
    """Begin a second reading (``do=begin``), finish it (``finish``) or do without it (``call_off``)."""
    hat, now = current_hat(), clock.now()
    do = request.form.get("do")
    with transaction():
        submission = _submission(submission_id)
        reading: SecondReading = find(marking.reading_of(submission.id))
        if do == "begin":
            services.begin_reading(reading, hat, now=now)
        elif do == "finish":
            services.finish_reading(reading, hat, request.form.get("note", ""), now=now)
        elif do == "call_off":
            services.call_off_reading(reading, hat)
        else:
            raise NotFound
    return redirect(url_for("submissions.show", submission_id=submission_id, _anchor="reading"), 303)


def _assignment(assignment_id: int) -> Assignment:
    found: Assignment = find(assignments.taught_by(current_hat()).where(Assignment.id == assignment_id))
    return found


def _submission(submission_id: int) -> Submission:
    found: Submission = find(submissions.visible_to(current_hat()).where(Submission.id == submission_id))
    return found


def _percent() -> int:
    wanted = request.form.get("percent", default=USUAL_PERCENT, type=int)
    return min(max(wanted, 1), MOST_PERCENT)
