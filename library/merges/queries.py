"""Points to compare, and the merges there were."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from library.curriculum.models import KnowledgePoint, Prerequisite
from library.merges.models import PointMerge, PointMergeRow


def present_points(subject_id: int) -> Select[KnowledgePoint]:
    """The points of a subject that have not been merged away."""
    return (
        select(KnowledgePoint)
        .where(KnowledgePoint.subject_id == subject_id, KnowledgePoint.merged_into_id.is_(None))
        .order_by(KnowledgePoint.id)
    )


def points_named(subject_id: int, text: str) -> Select[KnowledgePoint]:
    """Those of them whose name or code holds *text*."""
    return present_points(subject_id).where(
        or_(
            KnowledgePoint.name.icontains(text, autoescape=True),
            KnowledgePoint.name_en.icontains(text, autoescape=True),
            KnowledgePoint.code.icontains(text, autoescape=True),
        )
    )


def point_of_code(code: str) -> Select[KnowledgePoint]:
    """The point with a code."""
    return select(KnowledgePoint).where(KnowledgePoint.code == code)


def merges() -> Select[PointMerge]:
    """All merges with their points."""
    return select(PointMerge).options(joinedload(PointMerge.merged), joinedload(PointMerge.kept))


def later_than(merge: PointMerge) -> Select[PointMerge]:
    """Merges after *merge*, not undone, that touched one of its two points."""
    both = (merge.merged_id, merge.kept_id)
    return (
        merges()
        .where(
            PointMerge.id > merge.id,
            PointMerge.undone_at.is_(None),
            or_(PointMerge.merged_id.in_(both), PointMerge.kept_id.in_(both)),
        )
        .order_by(PointMerge.id.desc())
    )


def rows_of(merge_id: int) -> Select[PointMergeRow]:
    """What a merge moved, in the order in which it did."""
    return select(PointMergeRow).where(PointMergeRow.merge_id == merge_id).order_by(PointMergeRow.id)


def prerequisites() -> Select[int, int]:
    """Every knowledge point's id with the id of one that it needs first."""
    return select(Prerequisite.point_id, Prerequisite.requires_id)


def present_merge_of(merged_id: int, kept_id: int) -> Select[PointMerge]:
    """The merge of two points that has not been undone."""
    return merges().where(
        PointMerge.merged_id == merged_id, PointMerge.kept_id == kept_id, PointMerge.undone_at.is_(None)
    )
