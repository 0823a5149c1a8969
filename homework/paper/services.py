"""Keep what is typed, and hand it in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from accounts.people.models import Hat
from core.audit.services import record as audit
from core.database import db
from core.errors import DomainError
from homework.arrivals.services import take_up
from homework.assignments.models import Assignment
from homework.assignments.turns import take_turn_of
from homework.marking.services import mark_alike
from homework.paper import queries
from homework.paper.cells import Entry, read_row
from homework.paper.errors import AlreadyReturned, CellsWrong, HandedInHerself, RowIsNewer
from homework.paper.models import PaperRow
from homework.regrades.services import follow
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from homework.submissions.questions import Question
from homework.submissions.services import Work, record_paper
from homework.submissions.turns import take_turn


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of the grid as it was sent."""

    student_id: int
    name: str
    questions: list[Question]
    cells: dict[str, str]
    version: int
    """Of the line that the teacher saw, 0 for none."""
    may_replace: bool = False
    """Whether the paper takes the place of what the pupil handed in herself."""
    is_late: bool = False
    """Whether her paper was collected late."""


class Came(StrEnum):
    """What came of handing a line in."""

    NOTHING = "nothing"
    """It has no answer: the pupil was absent and still owes the work."""
    NEW = "new"
    SAME = "same"
    """The same counts already."""
    TIMED = "timed"
    """The same counts already; whether it was late was put right."""


def save_row(assignment: Assignment, hat: Hat, entered: Entered, *, now: datetime) -> PaperRow | None:
    """Keep a line as it is typed, right or wrong; an empty one that was never saved stays nothing.

    Raises:
        RowIsNewer: another page saved other cells since; they stand in the details.
    """
    student_id = entered.student_id
    take_turn_of(student_id)
    fresh = queries.rows_of(assignment.id, [student_id]).execution_options(populate_existing=True)
    row = db.session.scalar(fresh)
    if row is None:
        if not entered.cells:
            return None
        row = PaperRow(
            assignment_id=assignment.id,
            student_id=student_id,
            cells=entered.cells,
            saved_by_id=hat.person_id,
            saved_at=now,
        )
        db.session.add(row)
    elif row.cells != entered.cells:
        if row.version != entered.version:
            raise RowIsNewer(version=row.version, cells=row.cells)
        row.put(entered.cells, hat.person_id, now)
    db.session.flush()
    return row


def take_in(
    assignment: Assignment,
    hat: Hat,
    line: Entered,
    *,
    client_key: UUID,
    is_late: bool,
    now: datetime,
) -> Came | DomainError:
    """Keep a line as it was typed, and hand it in; the refusal, where only that is not possible.

    *is_late* holds for what comes in now; of what counts already, each line says whether it was late. The
    same line again changes nothing. One pupil at a time: a class of forty-five would keep everybody else
    from writing for seconds.
    """
    try:
        row = save_row(assignment, hat, line, now=now)
        if row is None or not row.cells:
            return Came.NOTHING
        came = _hand_in(assignment, hat, line, client_key, is_late=is_late, now=now)
    except DomainError as refusal:
        return refusal
    row.taken_version = row.version
    db.session.flush()
    return came


def _hand_in(
    assignment: Assignment,
    hat: Hat,
    line: Entered,
    client_key: UUID,
    *,
    is_late: bool,
    now: datetime,
) -> Came:
    entries, wrong = read_row(line.questions, line.cells)
    if wrong:
        raise CellsWrong
    take_turn(assignment, line.student_id)
    counted = db.session.scalar(submissions.counted_for([assignment.id], [line.student_id]))
    work = _work(entries, client_key)
    if counted is not None and counted.entered_by_id is not None and counted.content_sha256 == work.sha256:
        return _put_right(counted, hat, is_late=line.is_late, now=now)
    if counted is not None and counted.returned_at is not None:
        raise AlreadyReturned
    if counted is not None and counted.entered_by_id is None and not line.may_replace:
        raise HandedInHerself
    number = counted.number if counted else 0
    key = uuid5(client_key, f"{line.student_id}/{number}/{work.sha256}")
    submission, is_new = record_paper(
        assignment,
        line.student_id,
        replace(work, client_key=key),
        hat,
        is_late=is_late or line.is_late,
        now=now,
    )
    if not is_new:
        return Came.SAME
    _mark(submission, entries, hat, now)
    audit(
        "enter_paper",
        "submission",
        submission.id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={
            "assignment": assignment.id,
            "student": line.student_id,
            "replaces": counted.id if counted else None,
        },
    )
    return Came.NEW


def _put_right(counted: Submission, hat: Hat, *, is_late: bool, now: datetime) -> Came:
    """Note of work that counts whether it was collected late: answers and marks stay as they are."""
    if counted.is_late == is_late or counted.returned_at is not None:
        return Came.SAME
    counted.is_late = is_late
    audit(
        "correct_lateness",
        "submission",
        counted.id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={"is_late": is_late},
    )
    return Came.TIMED


def _work(entries: Mapping[int, Entry], client_key: UUID) -> Work:
    return Work(
        client_key=client_key,
        responses={key: one.response for key, one in entries.items() if one.response is not None},
        points={key: one.points for key, one in entries.items() if one.points is not None},
    )


def _mark(submission: Submission, entries: Mapping[int, Entry], hat: Hat, now: datetime) -> None:
    """The key marks what the pupil answered; what the teacher read on the paper, is marked by her."""
    take_up(submission, now=now)
    for answer in db.session.scalars(submissions.answers_of([submission.id])):
        points = entries[answer.assignment_item_id].points
        if points is not None:
            mark_alike({answer.id: 0}, hat, points=points, now=now)
    follow(submission, now=now)
