"""Make two knowledge points one, look at what would happen first, and undo it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db, publish
from library.curriculum.models import KnowledgePoint
from library.curriculum.order import circle_in
from library.merges import queries
from library.merges.errors import (
    CircleByMerge,
    DifferentSubjects,
    LaterMerge,
    MergedAlready,
    NoSuchPoint,
    SamePoint,
    UndoneAlready,
)
from library.merges.events import PointsMerged, PointsParted
from library.merges.following import Place, places
from library.merges.models import PointMerge, PointMergeRow
from library.resources.events import ResourcesChanged
from library.resources.models import ResourcePoint

ROWS_AT_ONCE = 500
ARROW = " → "


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merge does to the rows of one table."""

    table: str
    moves: int
    """Rows that will name the point that stays."""
    falls_away: int
    """Links that the point that stays has too, or that would lead from it to itself."""
    stays: int
    """Rows that cannot move, because the point that stays has one of its own; they go on naming the other."""


def find_pair(merged_code: str, kept_code: str) -> tuple[KnowledgePoint, KnowledgePoint]:
    """The two points that codes stand for.

    Raises:
        NoSuchPoint: a code stands for nothing.
    """
    return _find(merged_code), _find(kept_code)


def _find(code: str) -> KnowledgePoint:
    point = db.session.scalar(queries.point_of_code(code.strip()))
    if point is None:
        raise NoSuchPoint(code=code.strip())
    return point


def check(merged: KnowledgePoint, kept: KnowledgePoint) -> None:
    """Refuse to merge what is not one.

    Raises:
        SamePoint: they are one row.
        DifferentSubjects: they belong to two subjects.
        MergedAlready: one of them was merged away before.
        CircleByMerge: as one they would need themselves first; the path stands in the details.
    """
    if merged.id == kept.id:
        raise SamePoint
    if merged.subject_id != kept.subject_id:
        raise DifferentSubjects(merged=merged.name, kept=kept.name)
    for one in (merged, kept):
        if one.merged_into_id is not None:
            raise MergedAlready(code=one.code)
    _refuse_circles(merged, kept)


def _refuse_circles(merged: KnowledgePoint, kept: KnowledgePoint) -> None:
    """A direct link between the two falls away; a way round over others would become a circle."""
    requires: dict[str, set[str]] = {}
    for pair in db.session.execute(queries.prerequisites()):
        point, needed = (kept.id if one == merged.id else one for one in pair)
        if point != needed:
            requires.setdefault(str(point), set()).add(str(needed))
    if circle := circle_in(requires):
        ids = [int(one) for one in circle]
        rows = db.session.execute(
            select(KnowledgePoint.id, KnowledgePoint.name).where(KnowledgePoint.id.in_(ids))
        )
        names = {row.id: row.name for row in rows}
        raise CircleByMerge(path=ARROW.join(names[one] for one in ids))


def preview(merged: KnowledgePoint, kept: KnowledgePoint) -> list[Moving]:
    """What a merge would do, table by table; tables without a row of the merged point are left out."""
    counted: dict[str, list[int]] = {}
    for place in places():
        named = _names(place, merged.id)
        clashes = or_(_has_twin(place, kept.id), _is_between(place, kept.id))
        every, clashing = (
            db.session.scalar(select(func.count()).select_from(place.table).where(one)) or 0
            for one in (named, and_(named, clashes))
        )
        sums = counted.setdefault(place.table.name, [0, 0, 0])
        sums[0] += every - clashing
        sums[1 if place.is_link else 2] += clashing
    return [Moving(table, *sums) for table, sums in counted.items() if any(sums)]


def merge(merged: KnowledgePoint, kept: KnowledgePoint, *, by: Hat | None, now: datetime) -> PointMerge:
    """Let everything that names *merged* name *kept*, and remember what it was.

    Raises:
        SamePoint, DifferentSubjects, MergedAlready, CircleByMerge: see ``check``.
    """
    check(merged, kept)
    made = PointMerge(
        merged_id=merged.id, kept_id=kept.id, merged_by_id=by.person_id if by else None, merged_at=now
    )
    merged.merged_into_id = kept.id
    db.session.add(made)
    db.session.flush()
    for place in places():
        _move(place, made)
    _log("merge", made, by, now)
    db.session.expire_all()
    publish(PointsMerged(made.merged_id, made.kept_id))
    _tell_resources(_resources_of(made.kept_id))
    return made


def undo(made: PointMerge, *, by: Hat | None, now: datetime) -> None:
    """Put back what *made* moved. Links that were changed since stay as they were changed.

    Raises:
        UndoneAlready: it was undone before.
        LaterMerge: a later merge touched one of the two points; that one is undone first.
    """
    if made.undone_at is not None:
        raise UndoneAlready
    if later := db.session.scalars(queries.later_than(made).limit(1)).first():
        raise LaterMerge(merged=later.merged.name, kept=later.kept.name)
    merged = db.session.get_one(KnowledgePoint, made.merged_id)
    by_place: dict[tuple[str, str], list[PointMergeRow]] = {}
    for row in db.session.scalars(queries.rows_of(made.id)):
        by_place.setdefault((row.table_name, row.column_name), []).append(row)
    for place in reversed(places()):
        _put_back(place, made, by_place.get((place.table.name, place.column), ()))
    merged.merged_into_id = None
    made.undone_by_id, made.undone_at = by.person_id if by else None, now
    db.session.flush()
    _log("part", made, by, now)
    db.session.expire_all()
    publish(PointsParted(made.merged_id, made.kept_id))
    _tell_resources((*_resources_of(made.merged_id), *_resources_of(made.kept_id)))


def _log(verb: str, made: PointMerge, by: Hat | None, now: datetime) -> None:
    record(
        verb,
        "knowledge_point",
        made.merged_id,
        actor_id=by.person_id if by else None,
        role=by.role.value if by else "",
        now=now,
        details={"kept": made.kept_id, "merge": made.id},
    )


def _resources_of(point_id: int) -> tuple[int, ...]:
    return tuple(
        db.session.scalars(select(ResourcePoint.resource_id).where(ResourcePoint.point_id == point_id))
    )


def _tell_resources(ids: tuple[int, ...]) -> None:
    """Let the index follow: a resource is found by the names of its points, also by their former ones."""
    if ids:
        publish(ResourcesChanged(tuple(dict.fromkeys(ids))))


def _names(place: Place, point_id: int) -> ColumnElement[bool]:
    return place.table.c[place.column] == point_id


def _has_twin(place: Place, kept_id: int) -> ColumnElement[bool]:
    """Whether another row stands already where this one would come to stand."""
    twin = place.table.alias()
    return or_(
        false(),
        *(
            exists(
                select(1).where(
                    twin.c[place.column] == kept_id, *(twin.c[one] == place.table.c[one] for one in others)
                )
            )
            for others in place.unique_with()
        ),
    )


def _is_between(place: Place, kept_id: int) -> ColumnElement[bool]:
    """Whether the row links the two points, and would link the one that stays to itself."""
    return or_(false(), *(place.table.c[one] == kept_id for one in place.others()))


def _move(place: Place, made: PointMerge) -> None:
    key = [place.table.c[one] for one in place.key]
    named = _names(place, made.merged_id)
    clashes = or_(_has_twin(place, made.kept_id), _is_between(place, made.kept_id))
    going = db.session.execute(select(*key).where(named, clashes)).all() if place.is_link else []
    moving = db.session.execute(select(*key).where(named, not_(clashes))).all()
    _remember(made, place, going, was_removed=True)
    _remember(made, place, moving, was_removed=False)
    if going:
        db.session.execute(delete(place.table).where(named, clashes))
    db.session.execute(update(place.table).where(named, not_(clashes)).values({place.column: made.kept_id}))


def _remember(made: PointMerge, place: Place, keys: Sequence[Any], *, was_removed: bool) -> None:
    rows = [
        {
            "merge_id": made.id,
            "table_name": place.table.name,
            "column_name": place.column,
            "key": dict(zip(place.key, key, strict=True)),
            "was_removed": was_removed,
        }
        for key in keys
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        db.session.execute(insert(PointMergeRow), rows[start : start + ROWS_AT_ONCE])


def _put_back(place: Place, made: PointMerge, rows: Iterable[PointMergeRow]) -> None:
    for row in rows:
        if row.was_removed:
            _insert_again(place, row.key)
            continue
        moved = row.key | ({place.column: made.kept_id} if place.column in row.key else {})
        back = (
            update(place.table)
            .where(_is_row(place.table, moved), place.table.c[place.column] == made.kept_id)
            .values({place.column: made.merged_id})
        )
        if moved != row.key:
            back = back.where(not_(exists(select(1).where(_is_row(place.table.alias(), row.key)))))
        db.session.execute(back)


def _insert_again(place: Place, key: Mapping[str, Any]) -> None:
    """Put a link back, unless it is there, or what it linked is gone."""
    if db.session.scalar(select(1).select_from(place.table).where(_is_row(place.table, key))):
        return
    for name, value in key.items():
        for reference in place.table.c[name].foreign_keys:
            if db.session.scalar(select(1).where(reference.column == value)) is None:
                return
    db.session.execute(insert(place.table).values(dict(key)))


def _is_row(table: FromClause, key: Mapping[str, Any]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))
