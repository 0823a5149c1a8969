"""Take back what was returned too early: it is marked as before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.database import db, hold_rows
from homework.assignments.turns import hold_to_answer
from homework.marking.queries import held_in
from homework.marking.reopening import read_anew
from homework.notices.models import OF_MARKS
from homework.notices.services import withdraw_from
from homework.refusals.services import catch_up
from homework.returns import queries
from homework.returns.errors import NotReturnedNow
from homework.returns.queries import Which
from homework.submissions.models import Submission
from learning.records.services import uncount_marked


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of a return."""

    taken: Sequence[Submission]
    """This is being marked again."""
    corrected_by: Sequence[Person]
    """Their work stays returned, as they have begun to correct it."""
    marked_anew: Sequence[Person]
    """And theirs, as a key has changed their marks since, which they were told."""


def take_back(assignment_id: int, hat: Hat, which: Which, *, now: datetime) -> TakenBack:
    """Let returned work be marked as before, with all marks, comments and drawings.

    What pupils have begun to correct, and what a key was put right for since, stays returned.

    Raises:
        NotReturnedNow: all of it was taken back or returned anew meanwhile.
    """
    return _take_back(queries.chosen(assignment_id, hat, which), assignment_id, hat, now)


def take_one_back(submission: Submission, hat: Hat, *, at: datetime, now: datetime) -> TakenBack:
    """Do the same with one pupil's work, which the teacher saw returned *at* that moment.

    Raises:
        NotReturnedNow: it was taken back or returned anew meanwhile.
    """
    one = queries.returned(submission.assignment_id, hat).where(
        Submission.id == submission.id, Submission.returned_at == at
    )
    return _take_back(one, submission.assignment_id, hat, now)


def _take_back(wanted: Select[Submission], assignment_id: int, hat: Hat, now: datetime) -> TakenBack:
    found = _held(wanted, assignment_id)
    if not found:
        raise NotReturnedNow
    corrected = _ids(found, queries.is_corrected())
    anew = _ids(found, queries.is_marked_anew()) - corrected
    going = [one for one in found if one.id not in corrected | anew]
    if going:
        _let_be_marked(going, assignment_id, hat, now)
    return TakenBack(
        going,
        [one.student for one in found if one.id in corrected],
        [one.student for one in found if one.id in anew],
    )


def _held(wanted: Select[Submission], assignment_id: int) -> list[Submission]:
    """What is *wanted* also when nobody corrects or marks it or decides about its keys meanwhile (0037)."""
    ids = list(db.session.scalars(wanted.with_only_columns(Submission.id)))
    hold_rows(queries.turns_of(ids))
    hold_to_answer(assignment_id)
    hold_rows(held_in(ids))
    still = wanted.where(Submission.id.in_(ids)).options(joinedload(Submission.student))
    return list(db.session.scalars(still.execution_options(populate_existing=True)))


def _ids(found: Sequence[Submission], condition: ColumnElement[bool]) -> set[int]:
    among = select(Submission.id).where(Submission.id.in_([one.id for one in found]), condition)
    return set(db.session.scalars(among))


def _let_be_marked(going: Sequence[Submission], assignment_id: int, hat: Hat, now: datetime) -> None:
    """Undo what returning wrote, and what followed from it alone."""
    ids = [one.id for one in going]
    changed = db.session.scalars(queries.agreed_otherwise(ids)).all()
    returned = {one.id: one.returned_at for one in going if one.returned_at is not None}
    actions = Counter(
        (one.returned_by_id, returned[one.id]) for one in going if one.returned_by_id is not None
    )
    for one in going:
        one.returned_at = one.returned_by_id = None
    db.session.flush()
    for (by_id, at), number in sorted(actions.items()):
        uncount_marked(by_id, at, number)
    read_anew(changed, by_id=hat.person_id, now=now)
    catch_up(returned, hat, now=now)
    withdraw_from([one.student_id for one in going], assignment_id, OF_MARKS)
    record(
        "take_return_back",
        "assignment",
        assignment_id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={
            "submissions": ids,
            "returns": [{"by": by_id, "at": at.isoformat()} for by_id, at in sorted(actions)],
        },
    )
