"""Lists with everything that one line shows, in a number of queries that does not grow."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.assignments.schedule import GRACE
from homework.marking import queries as marking
from homework.marking.queries import Progress
from homework.overview.state import WorkState, state_of
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from learning.lessons.models import MicroLesson
from learning.playback.models import Registration
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem, ResourceKind
from library.resources.queries import versions_visible_to
from library.resources.queries import visible_to as resources_visible_to

MOST_FOUND = 20
MOST_LESSONS = 50


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as one pupil meets it."""

    assignment: Assignment
    state: WorkState
    questions: int
    most_points: float
    submission: Submission | None = None
    points: float | None = None
    """Given, once the work is returned."""


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment as its teacher meets it."""

    assignment: Assignment
    classes: list[SchoolClass]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Pupil:
    """How far one pupil is with one assignment."""

    person: Person
    seat_number: int | None
    class_id: int
    submission: Submission | None
    state: WorkState
    points: float | None
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A question of the library, and what it is about."""

    version: ItemVersion
    points: list[KnowledgePoint]


def to_do(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil can still hand in or watch and has not, the nearest due time first."""
    return (
        assignments.given_to([student_id], now)
        .where(Assignment.cut_off_at >= now - GRACE, ~_is_done(student_id))
        .order_by(Assignment.due_at, Assignment.id)
        .options(joinedload(Assignment.subject), joinedload(Assignment.teacher))
    )


def done(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil has done or missed."""
    handed_in = select(Submission.assignment_id).where(Submission.student_id == student_id)
    given = assignments.given_to([student_id], now).with_only_columns(Assignment.id)
    return (
        select(Assignment)
        .where(
            or_(
                Assignment.id.in_(handed_in),
                Assignment.id.in_(given) & or_(Assignment.cut_off_at < now - GRACE, _is_done(student_id)),
            )
        )
        .options(joinedload(Assignment.subject), joinedload(Assignment.teacher))
    )


def tasks(student_id: int, found: Sequence[Assignment], now: datetime) -> list[Task]:
    """*found* as the pupil meets them, in five queries."""
    ids = [one.id for one in found]
    worth = {row[0]: (row[1], row[2]) for row in db.session.execute(_worth(ids))}
    handed_in = {
        one.assignment_id: one for one in db.session.scalars(submissions.latest_for(ids, [student_id]))
    }
    returned = [one.id for one in handed_in.values() if one.returned_at]
    points = {row[0]: row[1] for row in db.session.execute(marking.points_of(returned))}
    watched = set(db.session.scalars(_watched(student_id, [one.lesson_id for one in found if one.lesson_id])))
    listed = []
    for one in found:
        questions, most = worth.get(one.id, (0, 0.0))
        submission = handed_in.get(one.id)
        state = state_of(one, submission, now, asks=questions > 0, watched=one.lesson_id in watched)
        given = points.get(submission.id, 0.0) if submission and submission.returned_at else None
        listed.append(Task(one, state, questions, most, submission, given))
    return listed


def given(hat: Hat, found: Sequence[Assignment]) -> list[Given]:
    """*found* as the teacher or the school meets them, in three queries."""
    ids = [one.id for one in found]
    classes: dict[int, list[SchoolClass]] = {one: [] for one in ids}
    for assignment_id, school_class in db.session.execute(_classes(ids)):
        classes[assignment_id].append(school_class)
    progress = marking.progress(hat, ids)
    return [Given(one, classes[one.id], progress[one.id]) for one in found]


def pupils(assignment: Assignment, hat: Hat, now: datetime) -> list[Pupil]:
    """Each pupil who owes *assignment* and concerns the teacher, in four queries."""
    rows = list(db.session.execute(marking.pupils_of(assignment.id, hat)))
    by_student = {
        one.student_id: one
        for one in db.session.scalars(
            submissions.visible_to(hat).where(
                Submission.assignment_id == assignment.id, submissions.is_latest()
            )
        )
    }
    ids = [one.id for one in by_student.values()]
    points = {row[0]: row[1] for row in db.session.execute(marking.points_of(ids))}
    unmarked = set(
        db.session.scalars(select(Submission.id).where(Submission.id.in_(ids), marking.has_unmarked()))
    )
    listed = []
    for person, seat_number, class_id in rows:
        submission = by_student.get(person.id)
        listed.append(
            Pupil(
                person,
                seat_number,
                class_id,
                submission,
                state_of(assignment, submission, now),
                points.get(submission.id) if submission else None,
                submission is not None and submission.id not in unmarked,
            )
        )
    return listed


def questions_for(hat: Hat, text: str, subject_id: int | None) -> list[Found]:
    """Questions of practices and worksheets that the teacher may open, by knowledge point or title."""
    words = text.split()
    if not words:
        return []
    practices = (
        resources_visible_to(hat)
        .where(Resource.kind.in_((ResourceKind.PRACTICE, ResourceKind.WORKSHEET)))
        .with_only_columns(Resource.id)
    )
    titled = practices.where(*(_contains(Resource.title, word) for word in words)).limit(200)
    points = select(KnowledgePoint.id).where(
        *(
            or_(_contains(KnowledgePoint.name, word), _contains(KnowledgePoint.name_en, word))
            for word in words
        )
    )
    if subject_id is not None:
        points = points.where(KnowledgePoint.subject_id == subject_id)
        titled = titled.where(Resource.subject_id == subject_id)
    about = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(points))
    in_titled = select(ResourceItem.item_id).where(ResourceItem.resource_id.in_(titled))
    query = (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(
            or_(Item.id.in_(about), Item.id.in_(in_titled)),
            exists().where(ResourceItem.item_id == Item.id).where(ResourceItem.resource_id.in_(practices)),
        )
        .order_by(ItemVersion.difficulty, ItemVersion.id)
        .limit(MOST_FOUND)
    )
    if subject_id is not None:
        query = query.where(Item.subject_id == subject_id)
    return found_versions(list(db.session.scalars(query)))


def found_versions(versions: Sequence[ItemVersion]) -> list[Found]:
    """The questions with what they are about, in one more query."""
    points: dict[int, list[KnowledgePoint]] = {one.item_id: [] for one in versions}
    rows = db.session.execute(
        select(ItemPoint.item_id, KnowledgePoint)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .where(ItemPoint.item_id.in_(points))
        .order_by(KnowledgePoint.id)
    )
    for item_id, point in rows:
        points[item_id].append(point)
    return [Found(one, points[one.item_id]) for one in versions]


def group_of(hat: Hat, version_id: int) -> Select[int]:
    """Ids of the questions about the same text as this one that *hat* may use, in their order."""
    about = select(ItemVersion.stimulus_version_id).where(ItemVersion.id == version_id).scalar_subquery()
    group = select(ItemVersion.id).join(Item, Item.current_version_id == ItemVersion.id)
    usable = versions_visible_to(hat, group.where(ItemVersion.stimulus_version_id == about))
    ids: Select[int] = usable.with_only_columns(ItemVersion.id)
    return ids.order_by(ItemVersion.stimulus_position, ItemVersion.id)


def questions_in(hat: Hat, resource_id: int) -> Select[ItemVersion]:
    """The present questions of one practice that the teacher may open, in order."""
    readable = resources_visible_to(hat).with_only_columns(Resource.id)
    return (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .join(ResourceItem, ResourceItem.item_id == Item.id)
        .where(ResourceItem.resource_id == resource_id, ResourceItem.resource_id.in_(readable))
        .order_by(ResourceItem.position)
    )


def lessons_for(hat: Hat, subject_id: int | None) -> Select[MicroLesson]:
    """The newest micro-lessons of the subject that the teacher may open."""
    readable = resources_visible_to(hat).with_only_columns(Resource.id)
    if subject_id is not None:
        readable = readable.where(Resource.subject_id == subject_id)
    return (
        select(MicroLesson)
        .where(MicroLesson.resource_id.in_(readable))
        .order_by(MicroLesson.id.desc())
        .limit(MOST_LESSONS)
    )


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)


def _is_done(student_id: int) -> ColumnElement[bool]:
    handed_in = exists().where(Submission.assignment_id == Assignment.id, Submission.student_id == student_id)
    asks = exists().where(AssignmentItem.assignment_id == Assignment.id)
    watched = exists().where(
        Registration.lesson_id == Assignment.lesson_id,
        Registration.person_id == student_id,
        Registration.completed_at.is_not(None),
    )
    return or_(handed_in, ~asks & watched)


def _worth(assignment_ids: Collection[int]) -> Select[int, int, float]:
    return (
        select(AssignmentItem.assignment_id, func.count(AssignmentItem.id), func.sum(AssignmentItem.points))
        .where(AssignmentItem.assignment_id.in_(assignment_ids))
        .group_by(AssignmentItem.assignment_id)
    )


def _watched(student_id: int, lesson_ids: Iterable[int]) -> Select[int]:
    return select(Registration.lesson_id).where(
        Registration.person_id == student_id,
        Registration.lesson_id.in_(list(lesson_ids)),
        Registration.completed_at.is_not(None),
    )


def _classes(assignment_ids: Collection[int]) -> Select[int, SchoolClass]:
    return (
        select(AssignmentTarget.assignment_id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == AssignmentTarget.class_id)
        .where(AssignmentTarget.assignment_id.in_(assignment_ids))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )
