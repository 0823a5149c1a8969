"""Assignments, hand-ins and marks for tests. Call inside an open transaction."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.assignments.plan import LibraryQuestion, Plan, Question
from homework.load.limits import day_of
from homework.load.services import enter
from homework.submissions.models import Submission
from homework.submissions.services import Work
from homework.workbook.services import hand_in
from library.items.models import ItemKind, ItemVersion
from library.media.pictures import Picture
from tests.factories.accounts import added
from tests.factories.library import make_asked_version, make_subject, make_version

MORNING = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
"""Ten o'clock in Beijing on a school Monday, as the fixture ``now``."""
DUE = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)
"""Eight in the evening of the next day."""


def make_plan(
    *classes: SchoolClass,
    versions: Sequence[ItemVersion] | None = None,
    **parts: Any,  # noqa: ANN401 -- any field of the plan
) -> Plan:
    """A plan of one choice question for *classes*, due the next evening."""
    if versions is None:
        versions = [make_asked_version()]
    questions: tuple[Question, ...] = tuple(
        LibraryQuestion(item_version_id=one.id, points=2.0) for one in versions
    )
    values: dict[str, Any] = {
        "client_key": uuid4(),
        "title": "一元一次方程练习",
        "subject_id": make_subject().id,
        "class_ids": tuple(one.id for one in classes),
        "questions": questions,
        "opens_at": MORNING,
        "due_at": DUE,
        "cut_off_at": DUE + timedelta(days=3),
    }
    return Plan(**(values | parts))


def make_assignment(
    teacher: Hat,
    *classes: SchoolClass,
    kinds: Sequence[ItemKind] = (ItemKind.CHOICE,),
    versions: Sequence[ItemVersion] | None = None,
    **columns: Any,  # noqa: ANN401 -- any column of the assignment
) -> Assignment:
    """Work of *teacher* for *classes* with one question of each of *kinds*, worth two points each."""
    versions = [make_version(kind) for kind in kinds] if versions is None else versions
    values: dict[str, Any] = {
        "client_key": str(uuid4()),
        "title": "一元一次方程练习",
        "subject_id": make_subject().id,
        "teacher_id": teacher.person_id,
        "estimated_minutes": 10.0,
        "opens_at": MORNING - timedelta(hours=1),
        "due_at": DUE,
        "cut_off_at": DUE + timedelta(days=3),
        "created_at": MORNING - timedelta(hours=1),
    }
    assignment = added(Assignment(**(values | columns)))
    for one in classes:
        added(AssignmentTarget(assignment_id=assignment.id, class_id=one.id))
    for position, version in enumerate(versions, start=1):
        added(
            AssignmentItem(
                assignment_id=assignment.id, position=position, item_version_id=version.id, points=2.0
            )
        )
    if assignment.withdrawn_at is None:
        enter(
            assignment.id,
            assignment.subject_id,
            day_of(assignment.opens_at, assignment.due_at),
            {one.id: assignment.estimated_minutes for one in classes},
            is_written=bool(versions),
        )
    return assignment


def make_picture(name: str = "page") -> Picture:
    """A picture that is said to be stored."""
    return Picture(
        sha256=sha256(name.encode()).hexdigest(),
        thumbnail_sha256=sha256(f"small {name}".encode()).hexdigest(),
        width=1200,
        height=1600,
        upload_sha256=sha256(f"sent {name}".encode()).hexdigest(),
    )


RIGHT: dict[ItemKind, dict[str, Any]] = {
    ItemKind.CHOICE: {"choices": ["B"]},
    ItemKind.MULTIPLE_CHOICE: {"choices": ["A", "C"]},
    ItemKind.TEXT_ENTRY: {"blanks": ["床前明月光", "疑是地上霜"]},
    ItemKind.NUMERIC: {"value": "3.5"},
}
"""The right response to the factories' question of each kind."""


def make_work(
    assignment: Assignment,
    responses: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    client_key: UUID | None = None,
    photos: int = 2,
    **parts: Any,  # noqa: ANN401 -- any field of the work
) -> Work:
    """Right answers to all questions of *assignment*, and *photos* pages for each photo question."""
    questions = list(db.session.scalars(queries.questions_of(assignment.id)))
    if responses is None:
        responses = {
            one.id: RIGHT[one.item_version.kind]
            for one in questions
            if one.item_version.kind is not ItemKind.PHOTO
        }
    pictures = {
        one.id: tuple(make_picture(f"{one.id}-{number}") for number in range(photos))
        for one in questions
        if one.item_version.kind is ItemKind.PHOTO
    }
    return Work(client_key=client_key or uuid4(), responses=responses, pictures=pictures, **parts)


def make_submission(
    assignment: Assignment,
    student: Hat,
    responses: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    now: datetime = MORNING,
    photos: int = 2,
) -> Submission:
    """What *student* handed in for *assignment*."""
    submission, _is_new = hand_in(
        assignment, student, make_work(assignment, responses, photos=photos), now=now
    )
    return submission
