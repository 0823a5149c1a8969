"""Assign work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.clock import school_day
from core.database import db
from core.i18n import localized
from homework.assignments import queries
from homework.assignments.errors import (
    DueInThePast,
    NoClassChosen,
    NoPupils,
    NothingAssigned,
    NotYourClass,
    NoWrittenHomework,
    OtherWork,
    OverTheCap,
    QuestionGone,
    TimesOutOfOrder,
)
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.load.limits import may_be_written
from learning.lessons.models import MicroLesson
from learning.records.services import count_activity
from library.items.models import Item, ItemKind, ItemVersion
from library.resources.models import Resource
from library.resources.queries import versions_visible_to
from library.resources.queries import visible_to as resources_visible_to

PHOTO_MINUTES = 5.0
"""How long writing a page and photographing it is taken to last, unless the teacher says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryQuestion:
    """A question chosen from the library, in the wording that the teacher saw."""

    item_version_id: int
    points: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoQuestion:
    """A question of the teacher's own, which is answered on paper and photographed."""

    prompt: str
    points: float = 1.0
    minutes: float = PHOTO_MINUTES


Question = LibraryQuestion | PhotoQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a teacher wants to assign, to whom and until when."""

    client_key: UUID
    title: str
    subject_id: int
    class_ids: tuple[int, ...]
    questions: tuple[Question, ...]
    opens_at: datetime
    due_at: datetime
    cut_off_at: datetime
    instructions: str = ""
    lesson_id: int | None = None
    reason: str = ""
    """Why the day's cap is exceeded, where it is."""


def assign(hat: Hat, plan: Plan, *, now: datetime) -> Assignment:
    """Give *plan*'s work to its classes; the same form sent again gives the same assignment.

    Raises:
        NothingAssigned: there is neither a question nor a lesson.
        NoClassChosen: it is for no class.
        NotYourClass: the teacher does not teach in one of the classes.
        NoPupils: one of the classes is empty.
        DueInThePast: the due time is over.
        TimesOutOfOrder: it would be due before it opens, or cut off before it is due.
        NoWrittenHomework: questions for a grade that must not get any.
        OverTheCap: the day would exceed the law's minutes, and no reason is given.
        QuestionGone: a question or the lesson is not there for this teacher.
        OtherWork: the form was used before, for something else.
    """
    db.session.execute(queries.turn_of(hat.person_id))
    if earlier := db.session.scalar(queries.by_client_key(str(plan.client_key))):
        return _same_work(earlier, hat, plan)
    _check_times(plan, now)
    classes = _check_classes(hat, plan)
    versions = _versions(hat, plan.questions)
    minutes = minutes_of(plan.questions, versions) + _lesson_minutes(hat, plan.lesson_id)
    over = _check_load(classes, plan, minutes)
    assignment = Assignment(
        client_key=str(plan.client_key),
        title=plan.title,
        instructions=plan.instructions,
        subject_id=plan.subject_id,
        teacher_id=hat.person_id,
        lesson_id=plan.lesson_id,
        estimated_minutes=minutes,
        opens_at=plan.opens_at,
        due_at=plan.due_at,
        cut_off_at=plan.cut_off_at,
        created_at=now,
    )
    db.session.add(assignment)
    db.session.flush()
    db.session.add_all(AssignmentTarget(assignment_id=assignment.id, class_id=one.id) for one in classes)
    for position, question in enumerate(plan.questions, start=1):
        version_id = (
            question.item_version_id
            if isinstance(question, LibraryQuestion)
            else _write_photo_question(hat, plan.subject_id, question, now).id
        )
        db.session.add(
            AssignmentItem(
                assignment_id=assignment.id,
                position=position,
                item_version_id=version_id,
                points=question.points,
            )
        )
    db.session.flush()
    count_activity(hat.person_id, now, assigned=1)
    if over:
        record_in_audit_log(
            "exceed_homework_cap",
            "assignment",
            assignment.id,
            actor_id=hat.person_id,
            role=hat.role,
            now=now,
            details={"reason": plan.reason.strip(), "day": str(school_day(plan.due_at)), "classes": over},
        )
    return assignment


def minutes_of(questions: Sequence[Question], versions: dict[int, ItemVersion]) -> float:
    """How long the questions are expected to take."""
    return sum(
        versions[one.item_version_id].minutes if isinstance(one, LibraryQuestion) else one.minutes
        for one in questions
    )


def _same_work(earlier: Assignment, hat: Hat, plan: Plan) -> Assignment:
    same = (
        earlier.teacher_id == hat.person_id
        and earlier.title == plan.title
        and earlier.due_at == plan.due_at
        and earlier.subject_id == plan.subject_id
        and len(plan.questions) == len(list(db.session.scalars(queries.questions_of(earlier.id))))
    )
    if not same:
        raise OtherWork
    return earlier


def _check_times(plan: Plan, now: datetime) -> None:
    if not plan.questions and plan.lesson_id is None:
        raise NothingAssigned
    if plan.due_at <= now:
        raise DueInThePast
    if not plan.opens_at < plan.due_at <= plan.cut_off_at:
        raise TimesOutOfOrder


def _check_classes(hat: Hat, plan: Plan) -> list[SchoolClass]:
    if not plan.class_ids:
        raise NoClassChosen
    classes = list(db.session.scalars(queries.classes_of(hat).where(SchoolClass.id.in_(plan.class_ids))))
    if len(classes) != len(set(plan.class_ids)):
        raise NotYourClass
    pupils = {class_id for class_id, _number in db.session.execute(queries.pupils_in(plan.class_ids))}
    for one in classes:
        if one.id not in pupils:
            raise NoPupils(class_name=localized(one))
        if plan.questions and not may_be_written(one.grade):
            raise NoWrittenHomework(class_name=localized(one))
    return classes


def _check_load(classes: list[SchoolClass], plan: Plan, minutes: float) -> list[dict[str, object]]:
    over = [one for one in queries.loads(classes, school_day(plan.due_at), minutes) if one.is_over]
    if over and not plan.reason.strip():
        first = over[0]
        raise OverTheCap(class_name=first.class_name, minutes=round(first.minutes), cap=first.cap)
    return [{"class_id": one.class_id, "minutes": round(one.minutes, 1), "cap": one.cap} for one in over]


def _versions(hat: Hat, questions: Sequence[Question]) -> dict[int, ItemVersion]:
    wanted = {one.item_version_id for one in questions if isinstance(one, LibraryQuestion)}
    found = {one.id: one for one in db.session.scalars(versions_visible_to(hat, wanted))}
    if len(found) != len(wanted):
        raise QuestionGone
    return found


def _lesson_minutes(hat: Hat, lesson_id: int | None) -> float:
    if lesson_id is None:
        return 0.0
    readable = resources_visible_to(hat).with_only_columns(Resource.id)
    lesson = db.session.scalar(
        select(MicroLesson).where(MicroLesson.id == lesson_id, MicroLesson.resource_id.in_(readable))
    )
    if lesson is None:
        raise QuestionGone
    seconds = lesson.asset.duration_seconds
    return seconds / 60 if seconds else (lesson.resource.minutes or 0.0)


def _write_photo_question(hat: Hat, subject_id: int, question: PhotoQuestion, now: datetime) -> ItemVersion:
    item = Item(identifier=f"photo-{uuid4()}", subject_id=subject_id, created_by_id=hat.person_id)
    db.session.add(item)
    db.session.flush()
    version = ItemVersion(
        item_id=item.id,
        number=1,
        kind=ItemKind.PHOTO,
        prompt=question.prompt,
        interaction={},
        correct={},
        hints=[],
        misconceptions=[],
        minutes=question.minutes,
        created_at=now,
    )
    db.session.add(version)
    db.session.flush()
    item.current_version_id = version.id
    return version
