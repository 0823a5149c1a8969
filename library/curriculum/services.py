"""Take a curriculum into the database: all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, delete, select

from core.database import db
from library.curriculum import queries
from library.curriculum.document import Curriculum, Entry
from library.curriculum.errors import Circle, SameBook, SamePlace, UnknownCodes
from library.curriculum.models import (
    KnowledgePoint,
    Prerequisite,
    Subject,
    TextbookEdition,
    Unit,
    UnitPoint,
    Volume,
)
from library.curriculum.order import circle_in, ends_of

Coded = TypeVar("Coded", Subject, TextbookEdition, Volume, Unit, KnowledgePoint)
ARROW = " → "
MOST_NAMED = 10


@dataclass
class Outcome:
    """What taking a curriculum did to its entries, and to the links between them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    links_added: int = 0
    links_removed: int = 0


def take(curriculum: Curriculum) -> Outcome:
    """Add and change what *curriculum* says; the same again changes nothing.

    Raises:
        UnknownCodes: it names what stands neither in it nor in the database.
        Circle: a knowledge point would need itself; the path stands in the details.
        SameBook: two books would be of the same subject, edition, grade and half.
        SamePlace: two units would stand at the same position of a book.
    """
    _refuse_unknown(curriculum)
    _refuse_circles(curriculum)
    outcome = Outcome()
    subjects = _merge(Subject, {one.code: one.model_dump() for one in curriculum.subjects}, outcome)
    editions = _merge(TextbookEdition, {one.code: one.model_dump() for one in curriculum.editions}, outcome)
    books = {
        one.code: one.model_dump(exclude={"subject", "edition"})
        | {"subject_id": subjects[one.subject], "edition_id": editions[one.edition]}
        for one in curriculum.volumes
    }
    _refuse_same_books(books)
    volumes = _merge(Volume, books, outcome)
    chapters = {
        one.code: one.model_dump(exclude={"volume", "points"}) | {"volume_id": volumes[one.volume]}
        for one in curriculum.units
    }
    _make_room(chapters)
    units = _merge(Unit, chapters, outcome)
    wordings = {
        one.code: one.model_dump(exclude={"subject", "requires"}) | {"subject_id": subjects[one.subject]}
        for one in curriculum.points
    }
    points = _merge(KnowledgePoint, wordings, outcome)
    ends = merged_into()
    present = {code: ends.get(one, one) for code, one in points.items()}
    _teach(
        {units[one.code]: _ids(present, one.points) for one in curriculum.units if one.points is not None},
        outcome,
    )
    _require(_wanted_first(curriculum, points, present), outcome)
    db.session.flush()
    return outcome


def merged_into() -> dict[int, int]:
    """For each point that was merged away: the point that stands for it now."""
    return ends_of({old: into for old, into in db.session.execute(queries.merged_points()) if into})


def _wanted_first(
    curriculum: Curriculum, points: Mapping[str, int], present: Mapping[str, int]
) -> dict[int, set[int]]:
    """What each point is to need first.

    A point's own list is the whole list. The list of one that was merged into it only adds: a file that knows
    the old code only says nothing about the rest.
    """
    wanted: dict[int, set[int]] = {}
    listed = [one for one in curriculum.points if one.requires is not None]
    for one in sorted(listed, key=lambda one: points[one.code] != present[one.code]):
        point_id = present[one.code]
        if point_id not in wanted:
            is_own = points[one.code] == point_id
            wanted[point_id] = set() if is_own else set(db.session.scalars(queries.needed_ids(point_id)))
        wanted[point_id] |= _ids(present, one.requires or ()) - {point_id}
    return wanted


def _refuse_unknown(curriculum: Curriculum) -> None:
    subjects = _known(Subject, curriculum.subjects)
    editions = _known(TextbookEdition, curriculum.editions)
    volumes = _known(Volume, curriculum.volumes)
    points = _known(KnowledgePoint, curriculum.points)
    unknown: set[str] = set()
    for volume in curriculum.volumes:
        unknown |= {volume.subject} - subjects | {volume.edition} - editions
    for unit in curriculum.units:
        unknown |= {unit.volume} - volumes | set(unit.points or ()) - points
    for point in curriculum.points:
        unknown |= {point.subject} - subjects | set(point.requires or ()) - points
    if unknown:
        named = ", ".join(sorted(unknown)[:MOST_NAMED])
        raise UnknownCodes(codes=named + (", …" if len(unknown) > MOST_NAMED else ""))


def _known(model: type[Coded], entries: Sequence[Entry]) -> set[str]:
    """The codes of the database and of *entries*."""
    return set(db.session.scalars(select(model.code))) | {one.code for one in entries}


def _refuse_circles(curriculum: Curriculum) -> None:
    requires: dict[str, set[str]] = {}
    for code, needed in db.session.execute(queries.prerequisites_by_code()):
        requires.setdefault(code, set()).add(needed)
    codes = {row.id: row.code for row in db.session.execute(select(KnowledgePoint.id, KnowledgePoint.code))}
    ends = {codes[old]: codes[new] for old, new in merged_into().items()}
    for point in curriculum.points:
        if point.requires is not None:
            first = {ends.get(one, one) for one in point.requires}
            if end := ends.get(point.code):
                requires.setdefault(end, set()).update(first - {end})
            else:
                requires[point.code] = first
    if circle := circle_in(requires):
        raise Circle(path=ARROW.join(circle))


def _refuse_same_books(books: Mapping[str, Mapping[str, Any]]) -> None:
    taken: dict[tuple[object, ...], str] = {
        (one.subject_id, one.edition_id, one.grade, one.half): one.code
        for one in db.session.scalars(select(Volume))
        if one.code not in books
    }
    for code, values in books.items():
        book = tuple(values[name] for name in ("subject_id", "edition_id", "grade", "half"))
        if (other := taken.setdefault(book, code)) != code:
            raise SameBook(code=code, other=other)


def _make_room(chapters: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse two units at one place; let those that move stand aside first, so that two may change places."""
    units = list(db.session.scalars(select(Unit)))
    taken = {(one.volume_id, one.position): one.code for one in units if one.code not in chapters}
    for code, values in chapters.items():
        if (other := taken.setdefault((values["volume_id"], values["position"]), code)) != code:
            raise SamePlace(code=code, other=other)
    for unit in units:
        moved = chapters.get(unit.code)
        if moved and (unit.volume_id, unit.position) != (moved["volume_id"], moved["position"]):
            unit.position = -unit.id
    db.session.flush()


def _merge(model: type[Coded], wanted: Mapping[str, Mapping[str, Any]], outcome: Outcome) -> dict[str, int]:
    """Have the entries *wanted* by code; return the ids of all there are."""
    present = {one.code: one for one in db.session.scalars(select(model))}
    for code, values in wanted.items():
        one = present.get(code)
        if one is None:
            present[code] = one = model(**values)
            db.session.add(one)
            outcome.added += 1
        elif any(getattr(one, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(one, name, value)
            outcome.changed += 1
        else:
            outcome.unchanged += 1
    db.session.flush()
    return {code: one.id for code, one in present.items()}


def _ids(points: Mapping[str, int], codes: Iterable[str]) -> set[int]:
    return {points[code] for code in codes}


def _teach(wanted: Mapping[int, set[int]], outcome: Outcome) -> None:
    """Have each unit teach just these points."""
    present = _by_first(select(UnitPoint.unit_id, UnitPoint.point_id))
    for unit_id, point_ids in wanted.items():
        there = present.get(unit_id, set())
        for point_id in point_ids - there:
            db.session.add(UnitPoint(unit_id=unit_id, point_id=point_id))
        if gone := there - point_ids:
            db.session.execute(
                delete(UnitPoint).where(UnitPoint.unit_id == unit_id, UnitPoint.point_id.in_(gone))
            )
        _count(there, point_ids, outcome)


def _require(wanted: Mapping[int, set[int]], outcome: Outcome) -> None:
    """Have each point need just these first."""
    present = _by_first(select(Prerequisite.point_id, Prerequisite.requires_id))
    for point_id, needed in wanted.items():
        there = present.get(point_id, set())
        for requires_id in needed - there:
            db.session.add(Prerequisite(point_id=point_id, requires_id=requires_id))
        if gone := there - needed:
            db.session.execute(
                delete(Prerequisite).where(
                    Prerequisite.point_id == point_id, Prerequisite.requires_id.in_(gone)
                )
            )
        _count(there, needed, outcome)


def _by_first(pairs: Select[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for first, second in db.session.execute(pairs):
        found.setdefault(first, set()).add(second)
    return found


def _count(there: set[int], wanted: set[int], outcome: Outcome) -> None:
    outcome.links_added += len(wanted - there)
    outcome.links_removed += len(there - wanted)
