"""Questions of the library as a teacher who plans sees them: taught already or not, given before or not."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.estimates.estimate import Estimate
from homework.estimates.queries import estimates_for
from learning.classroom.models import TaughtLesson
from learning.lessons.models import MicroLesson
from library.curriculum.models import KnowledgePoint, Unit, UnitPoint
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem, ResourceKind, ResourcePoint
from library.resources.queries import is_among, versions_visible_to
from library.resources.queries import visible_to as resources_visible_to

MOST_FOUND = 10
"""So many are shown at a time, and added with one button."""
MOST_LESSONS = 50
MOST_POINTS = 8
EASY_BELOW, HARD_FROM = 0.35, 0.65


class Ease(StrEnum):
    """Bands of difficulty."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a teacher looks for."""

    text: str = ""
    point_id: int | None = None
    subject_id: int | None = None
    kind: ItemKind | None = None
    ease: Ease | None = None
    class_ids: tuple[int, ...] = ()
    only_new: bool = False
    """Leave out what the classes were given before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for yet."""
        return not self.text.split() and self.point_id is None


@dataclass(frozen=True, slots=True)
class Found:
    """A question of the library, what it is about, and what the classes have to do with it."""

    version: ItemVersion
    points: list[KnowledgePoint]
    estimate: Estimate
    given: Mapping[int, datetime] = field(default_factory=dict)
    """By class: when it was given there last."""
    untaught: Sequence[int] = ()
    """Classes that were not taught all of it yet, as far as is known."""


def found_for(hat: Hat, wanted: Wanted, skip: int = 0) -> list[Found]:
    """Up to ``MOST_FOUND`` questions that the teacher may open, and one more if there are more.

    Of practices and worksheets, by knowledge point, or by words in a name or title; the easiest first.
    """
    if wanted.is_empty:
        return []
    practices = resources_visible_to(hat).where(
        Resource.kind.in_((ResourceKind.PRACTICE, ResourceKind.WORKSHEET))
    )
    query = (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(
            _is_about(wanted, practices),
            exists().where(ResourceItem.item_id == Item.id, is_among(practices, ResourceItem.resource_id)),
            *_filters(wanted),
        )
        .order_by(ItemVersion.difficulty, ItemVersion.id)
        .offset(skip)
        .limit(MOST_FOUND + 1)
    )
    return described(list(db.session.scalars(query)), wanted.class_ids)


def described(versions: Sequence[ItemVersion], class_ids: Collection[int] = ()) -> list[Found]:
    """The questions with what they are about and what the classes have to do with them, in six queries."""
    points: dict[int, list[KnowledgePoint]] = {one.item_id: [] for one in versions}
    rows = db.session.execute(
        select(ItemPoint.item_id, KnowledgePoint)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .where(ItemPoint.item_id.in_(points))
        .order_by(KnowledgePoint.id)
    )
    for item_id, point in rows:
        points[item_id].append(point)
    given: dict[int, dict[int, datetime]] = defaultdict(dict)
    for item_id, class_id, opens_at in db.session.execute(_given_before(points, class_ids)):
        given[item_id][class_id] = opens_at
    asked = {point.id for about in points.values() for point in about}
    untaught = untaught_points(class_ids, asked)
    estimates = estimates_for(versions)
    return [
        Found(
            one,
            points[one.item_id],
            estimates[one.id],
            given[one.item_id],
            sorted({of for point in points[one.item_id] for of in untaught.get(point.id, ())}),
        )
        for one in versions
    ]


def untaught_points(class_ids: Collection[int], point_ids: Collection[int]) -> dict[int, set[int]]:
    """By point: the classes that were not taught it yet. A class of which nothing is known is in none.

    Taught is what a lesson in class or earlier homework was about, what stands in the book up to the last
    taught unit, and what is usually taught in lower grades.
    """
    if not class_ids or not point_ids:
        return {}
    subjects = dict(
        db.session.execute(
            select(KnowledgePoint.id, KnowledgePoint.subject_id).where(KnowledgePoint.id.in_(point_ids))
        ).all()
    )
    known: dict[int, set[int]] = defaultdict(set)
    subjects_known: set[tuple[int, int]] = set()
    for class_id, point_id, subject_id in db.session.execute(_taught(class_ids, set(subjects.values()))):
        known[class_id].add(point_id)
        subjects_known.add((class_id, subject_id))
    lower = select(SchoolClass.id, KnowledgePoint.id).where(
        SchoolClass.id.in_(class_ids),
        KnowledgePoint.id.in_(point_ids),
        KnowledgePoint.grade < SchoolClass.grade,
    )
    for class_id, point_id in db.session.execute(lower):
        known[class_id].add(point_id)
    return {
        point: {one for one in class_ids if (one, subject) in subjects_known and point not in known[one]}
        for point, subject in subjects.items()
    }


def points_taught_lately(class_ids: Collection[int], subject_id: int | None) -> list[KnowledgePoint]:
    """What the classes were taught last, the latest first: the likely matter of homework."""
    if not class_ids:
        return []
    last = (
        select(ResourcePoint.point_id, func.max(TaughtLesson.taught_at).label("at"))
        .join(TaughtLesson, TaughtLesson.resource_id == ResourcePoint.resource_id)
        .where(TaughtLesson.class_id.in_(class_ids))
        .group_by(ResourcePoint.point_id)
        .subquery()
    )
    query = (
        select(KnowledgePoint)
        .join(last, last.c.point_id == KnowledgePoint.id)
        .order_by(last.c.at.desc(), KnowledgePoint.id)
        .limit(MOST_POINTS)
    )
    if subject_id is not None:
        query = query.where(KnowledgePoint.subject_id == subject_id)
    return list(db.session.scalars(query))


def groups_of(hat: Hat, version_ids: Collection[int]) -> dict[int, list[int]]:
    """By question that is about a text: all questions about it that *hat* may use, in their order."""
    about = select(ItemVersion.id, ItemVersion.stimulus_version_id).where(
        ItemVersion.id.in_(version_ids), ItemVersion.stimulus_version_id.is_not(None)
    )
    texts = dict(db.session.execute(about).all()) if version_ids else {}
    if not texts:
        return {}
    present = select(ItemVersion.id).join(Item, Item.current_version_id == ItemVersion.id)
    usable = versions_visible_to(hat, present.where(ItemVersion.stimulus_version_id.in_(set(texts.values()))))
    by_text: dict[int | None, list[int]] = defaultdict(list)
    for text_id, version_id in db.session.execute(
        usable.with_only_columns(ItemVersion.stimulus_version_id, ItemVersion.id).order_by(
            ItemVersion.stimulus_position, ItemVersion.id
        )
    ):
        by_text[text_id].append(version_id)
    # A former wording is in no group: its text has moved on with the present one.
    return {one: by_text[text_id] for one, text_id in texts.items() if one in by_text[text_id]}


def questions_in(hat: Hat, resource_ids: Sequence[int]) -> list[int]:
    """The present questions of practices that the teacher may open, each once, practice by practice."""
    rows = db.session.execute(
        select(ResourceItem.resource_id, ItemVersion.id)
        .join(Item, Item.id == ResourceItem.item_id)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(
            ResourceItem.resource_id.in_(resource_ids),
            is_among(resources_visible_to(hat), ResourceItem.resource_id),
        )
        .order_by(ResourceItem.position)
    )
    found: dict[int, list[int]] = {one: [] for one in resource_ids}
    for resource_id, version_id in rows:
        found[resource_id].append(version_id)
    return list(dict.fromkeys(one for ids in found.values() for one in ids))


def lessons_for(hat: Hat, subject_id: int | None) -> Select[MicroLesson]:
    """The newest micro-lessons of the subject that the teacher may open."""
    readable = resources_visible_to(hat)
    if subject_id is not None:
        readable = readable.where(Resource.subject_id == subject_id)
    return (
        select(MicroLesson)
        .where(is_among(readable, MicroLesson.resource_id))
        .order_by(MicroLesson.id.desc())
        .limit(MOST_LESSONS)
    )


def _is_about(wanted: Wanted, practices: Select[Resource]) -> ColumnElement[bool]:
    if wanted.point_id is not None:
        return exists().where(ItemPoint.item_id == Item.id, ItemPoint.point_id == wanted.point_id)
    words = wanted.text.split()
    titled = practices.with_only_columns(Resource.id).where(
        *(_contains(Resource.title, word) for word in words)
    )
    points = select(KnowledgePoint.id).where(
        *(
            or_(_contains(KnowledgePoint.name, word), _contains(KnowledgePoint.name_en, word))
            for word in words
        )
    )
    if wanted.subject_id is not None:
        points = points.where(KnowledgePoint.subject_id == wanted.subject_id)
        titled = titled.where(Resource.subject_id == wanted.subject_id)
    about = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(points))
    in_titled = select(ResourceItem.item_id).where(ResourceItem.resource_id.in_(titled.limit(200)))
    return or_(Item.id.in_(about), Item.id.in_(in_titled))


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.subject_id is not None:
        filters.append(Item.subject_id == wanted.subject_id)
    if wanted.kind is not None:
        filters.append(ItemVersion.kind == wanted.kind)
    match wanted.ease:
        case Ease.EASY:
            filters.append(ItemVersion.difficulty < EASY_BELOW)
        case Ease.MEDIUM:
            filters.append(and_(ItemVersion.difficulty >= EASY_BELOW, ItemVersion.difficulty < HARD_FROM))
        case Ease.HARD:
            filters.append(ItemVersion.difficulty >= HARD_FROM)
    if wanted.only_new and wanted.class_ids:
        asked = aliased(ItemVersion)
        filters.append(
            ~exists()
            .where(asked.item_id == Item.id, AssignmentItem.item_version_id == asked.id)
            .where(AssignmentTarget.assignment_id == AssignmentItem.assignment_id)
            .where(AssignmentTarget.class_id.in_(wanted.class_ids))
            .where(Assignment.id == AssignmentItem.assignment_id, Assignment.withdrawn_at.is_(None))
        )
    return filters


def _given_before(item_ids: Collection[int], class_ids: Collection[int]) -> Select[int, int, datetime]:
    return (
        select(ItemVersion.item_id, AssignmentTarget.class_id, func.max(Assignment.opens_at))
        .join(AssignmentItem, AssignmentItem.item_version_id == ItemVersion.id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .where(
            ItemVersion.item_id.in_(item_ids),
            AssignmentTarget.class_id.in_(class_ids),
            Assignment.withdrawn_at.is_(None),
        )
        .group_by(ItemVersion.item_id, AssignmentTarget.class_id)
    )


def _taught(class_ids: Collection[int], subject_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """Rows (class id, point id, subject id) of what is known to have been taught."""
    in_lessons = (
        select(TaughtLesson.class_id.label("class_id"), ResourcePoint.point_id.label("point_id"))
        .join(ResourcePoint, ResourcePoint.resource_id == TaughtLesson.resource_id)
        .where(TaughtLesson.class_id.in_(class_ids))
    )
    last = aliased(Unit)
    in_the_book = (
        select(TaughtLesson.class_id, UnitPoint.point_id)
        .join(Resource, Resource.id == TaughtLesson.resource_id)
        .join(last, last.id == Resource.unit_id)
        .join(Unit, and_(Unit.volume_id == last.volume_id, Unit.position <= last.position))
        .join(UnitPoint, UnitPoint.unit_id == Unit.id)
        .where(TaughtLesson.class_id.in_(class_ids))
    )
    in_homework = (
        select(AssignmentTarget.class_id, ItemPoint.point_id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
        .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
        .join(ItemPoint, ItemPoint.item_id == ItemVersion.item_id)
        .where(AssignmentTarget.class_id.in_(class_ids), Assignment.withdrawn_at.is_(None))
    )
    taught = in_lessons.union(in_the_book, in_homework).subquery()
    return (
        select(taught.c.class_id, taught.c.point_id, KnowledgePoint.subject_id)
        .join(KnowledgePoint, KnowledgePoint.id == taught.c.point_id)
        .where(KnowledgePoint.subject_id.in_(subject_ids))
    )


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)
