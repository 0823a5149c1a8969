"""The curriculum tree, level by level, and what builds on what."""

from collections.abc import Collection

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from library.curriculum.models import (
    KnowledgePoint,
    Prerequisite,
    Subject,
    TextbookEdition,
    Unit,
    UnitPoint,
    Volume,
)

MOST_STEPS = 3
"""How far a way of prerequisites is shown."""
FARTHEST_STEP = 12
"""How far it is followed, so that the longest way to a point tells its place."""


def subjects_with_books() -> Select[Subject]:
    """The subjects that have textbooks, in their order."""
    taught = select(Volume.subject_id)
    return select(Subject).where(Subject.id.in_(taught)).order_by(Subject.position, Subject.id)


def editions_of(subject_id: int) -> Select[TextbookEdition]:
    """The editions that have books of a subject."""
    books = select(Volume.edition_id).where(Volume.subject_id == subject_id)
    return select(TextbookEdition).where(TextbookEdition.id.in_(books)).order_by(TextbookEdition.id)


def volumes_of(subject_id: int, edition_id: int) -> Select[Volume]:
    """The books of a subject in an edition, in the order of teaching."""
    return (
        select(Volume)
        .where(Volume.subject_id == subject_id, Volume.edition_id == edition_id)
        .order_by(Volume.grade, Volume.half, Volume.id)
    )


def units_of(volume_id: int) -> Select[Unit]:
    """The units of a book, in order."""
    return select(Unit).where(Unit.volume_id == volume_id).order_by(Unit.position)


def unit(unit_id: int) -> Select[Unit]:
    """A unit."""
    return select(Unit).where(Unit.id == unit_id)


def book_of(unit: Unit) -> Select[Volume, TextbookEdition, Subject]:
    """The book of a unit, its edition and its subject."""
    return (
        select(Volume, TextbookEdition, Subject)
        .join(TextbookEdition, TextbookEdition.id == Volume.edition_id)
        .join(Subject, Subject.id == Volume.subject_id)
        .where(Volume.id == unit.volume_id)
    )


def taught_in(unit_ids: Collection[int]) -> Select[int, KnowledgePoint]:
    """Each of the units' ids with a knowledge point that it teaches."""
    return (
        select(UnitPoint.unit_id, KnowledgePoint)
        .join(KnowledgePoint, KnowledgePoint.id == UnitPoint.point_id)
        .where(UnitPoint.unit_id.in_(unit_ids))
        .order_by(UnitPoint.unit_id, KnowledgePoint.id)
    )


def point(point_id: int) -> Select[KnowledgePoint]:
    """A knowledge point with its subject."""
    return (
        select(KnowledgePoint)
        .where(KnowledgePoint.id == point_id)
        .options(joinedload(KnowledgePoint.subject))
    )


def merged_points() -> Select[int, int | None]:
    """The id of each point that was merged away, and the id of the one that it was merged into."""
    return select(KnowledgePoint.id, KnowledgePoint.merged_into_id.label("into_id")).where(
        KnowledgePoint.merged_into_id.is_not(None)
    )


def needed_for(point_id: int) -> Select[KnowledgePoint]:
    """What a knowledge point needs first."""
    return (
        select(KnowledgePoint)
        .join(Prerequisite, Prerequisite.requires_id == KnowledgePoint.id)
        .where(Prerequisite.point_id == point_id)
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def needed_ids(point_id: int) -> Select[int]:
    """The ids of what a knowledge point needs first."""
    return select(Prerequisite.requires_id).where(Prerequisite.point_id == point_id)


def built_on(point_id: int) -> Select[KnowledgePoint]:
    """What needs a knowledge point first: where it leads."""
    return (
        select(KnowledgePoint)
        .join(Prerequisite, Prerequisite.point_id == KnowledgePoint.id)
        .where(Prerequisite.requires_id == point_id)
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def before(point_id: int) -> Select[KnowledgePoint, int]:
    """What a knowledge point needs, and what that needs, with the number of steps between."""
    return _along(Prerequisite.point_id, Prerequisite.requires_id, point_id)


def after(point_id: int) -> Select[KnowledgePoint, int]:
    """What builds on a knowledge point, and on that, with the number of steps between."""
    return _along(Prerequisite.requires_id, Prerequisite.point_id, point_id)


def _along(
    start: InstrumentedAttribute[int], end: InstrumentedAttribute[int], point_id: int
) -> Select[KnowledgePoint, int]:
    """Each point on the way once, at the most steps that lead to it; no further than ``MOST_STEPS``."""
    steps = (
        select(end.label("id"), literal(1).label("step"))
        .where(start == point_id)
        .cte("steps", recursive=True)
    )
    steps = steps.union(
        select(end, steps.c.step + 1).where(start == steps.c.id).where(steps.c.step < FARTHEST_STEP)
    )
    step = func.max(steps.c.step)
    farthest = (
        select(steps.c.id, step.label("step")).group_by(steps.c.id).having(step <= MOST_STEPS).subquery()
    )
    return (
        select(KnowledgePoint, farthest.c.step)
        .join(farthest, farthest.c.id == KnowledgePoint.id)
        .order_by(farthest.c.step, KnowledgePoint.grade, KnowledgePoint.id)
    )


def places_of(point_id: int) -> Select[Unit, Volume, TextbookEdition]:
    """The units that teach a knowledge point, with their books and editions."""
    return (
        select(Unit, Volume, TextbookEdition)
        .join(UnitPoint, UnitPoint.unit_id == Unit.id)
        .join(Volume, Volume.id == Unit.volume_id)
        .join(TextbookEdition, TextbookEdition.id == Volume.edition_id)
        .where(UnitPoint.point_id == point_id)
        .order_by(Volume.grade, Volume.half, Unit.position)
    )


def prerequisites_by_code() -> Select[str, str]:
    """The codes of a knowledge point and of one that it needs first, for all."""
    before = select(KnowledgePoint.id, KnowledgePoint.code).subquery()
    return (
        select(KnowledgePoint.code, before.c.code)
        .join(Prerequisite, Prerequisite.point_id == KnowledgePoint.id)
        .join(before, before.c.id == Prerequisite.requires_id)
    )
