"""The first shelf of the library: enough questions on every point for a city's history to be about.

It holds the first practices that the whole library begins with, under the same identifiers: the import
that follows in the background finds them there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, func, select

from accounts.classes.models import SchoolClass
from accounts.organisations.models import Organisation
from core.database import db
from demo.curriculum import points
from demo.items.bank import skill_generators
from demo.items.kinds import kind_practices
from demo.library import Record, paper_practices, practice, practices, readings
from library.curriculum.models import KnowledgePoint
from library.interchange import services
from library.interchange.lines import ReadLine
from library.interchange.models import ResourceImport
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.models import ItemKind, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem

PRACTICES_PER_POINT, READINGS_PER_POINT = 3, 1
OWN_PRACTICES = (6, 24)
"""How few and how many practices a school has made itself."""
OWN_QUESTIONS = 3
PORTION = 200
"""Records between two reports of progress."""
MOST_NAMES = 500
"""Identifiers in one query."""


class Refused(ValueError):
    """The library refused a record of ours: the interchange format and the demo have parted."""


@dataclass(frozen=True)
class ShelfItem:
    """A question that the history can be about."""

    item: int
    version: int
    kind: ItemKind
    prompt: str
    interaction: dict[str, Any]
    correct: dict[str, Any]
    pictures: list[Any]
    slips: tuple[Mapping[str, Any], ...]
    difficulty: float
    minutes: float
    point: str
    practice: int


def fill_shelf(
    seed: int, *, now: datetime, on_progress: Callable[[int, int], None] = lambda _done, _of: None
) -> None:
    """Import the first practices and readings of every point; call it inside ``transaction()``."""
    shelf = list(chain(readings(seed, len(points()) * READINGS_PER_POINT), shelf_practices(seed)))
    own = list(school_records(seed))
    total = len(shelf) + len(own)
    import_records(f"kinds/{seed}", list(kind_practices(seed)), now=now)
    import_records(f"shelf/{seed}", shelf, now=now, on_progress=lambda done: on_progress(done, total))
    import_records(
        f"schools/{seed}", own, now=now, on_progress=lambda done: on_progress(len(shelf) + done, total)
    )


def shelf_practices(seed: int) -> Iterator[Record]:
    """Yield the practices of the first shelf."""
    yield from paper_practices(seed)
    yield from practices(seed, len(points()) * PRACTICES_PER_POINT)


def school_records(seed: int) -> Iterator[Record]:
    """Yield what each school has made for its own pupils: a handful of practices of its own collection."""
    schools = select(Organisation.code, func.min(SchoolClass.grade), func.max(SchoolClass.grade)).join(
        SchoolClass, SchoolClass.school_id == Organisation.id
    )
    for code, low, high in db.session.execute(
        schools.group_by(Organisation.code).order_by(Organisation.code)
    ):
        rng = Random(f"school/{seed}/{code}")
        taught = [point for point in points().values() if low <= point.grade <= high]
        for number, point in enumerate(rng.sample(taught, rng.randint(*OWN_PRACTICES))):
            makers = skill_generators(point.code)
            questions = {
                q.prompt: q for q in (rng.choice(makers).make(rng.getrandbits(48)) for _ in range(3))
            }
            record = practice(seed, point, number, list(questions.values()))
            identifier = f"urn:weike-demo:{seed}:school:{code}:{number}"
            for place, item in enumerate(record["items"], 1):
                item["identifier"] = f"{identifier}:{place}"
            yield record | {
                "identifier": identifier,
                "title": f"校本练习 · {record['title']}",
                "tier": "school",
                "organisation": code,
                "author": "本校教研组",
            }


def import_records(
    name: str,
    records: Sequence[Record],
    *,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Import *records* in one go, as from a file called *name*.

    Raises:
        Refused: the library did not take one of them.
    """
    run = begin_import(name, now=now)
    for start in range(0, len(records), PORTION):
        portion = records[start : start + PORTION]
        take_records(run, portion, first_line=start + 1)
        on_progress(start + len(portion))
    run.finished_at = now


def begin_import(name: str, *, now: datetime) -> ResourceImport:
    """Return the import that *name* stands for: new, or where it stopped."""
    return services.begin(sha256(f"weike-demo/{name}".encode()).hexdigest(), f"demo/{name}", "", now=now)


def take_records(run: ResourceImport, records: Sequence[Record], *, first_line: int) -> None:
    """Take *records* as the lines of *run* from *first_line* on.

    Raises:
        Refused: the library did not take one of them.
    """
    refused = run.refused
    services.take(run, [ReadLine(first_line + n, record) for n, record in enumerate(records)], None)
    if run.refused > refused:
        raise Refused(run.name)


def shelf_items(seed: int) -> dict[str, list[ShelfItem]]:
    """Return the questions of the shelf's practices by knowledge point, in the order of their ids."""
    names = [record["identifier"] for record in shelf_practices(seed)]
    found: dict[str, list[ShelfItem]] = {}
    for start in range(0, len(names), MOST_NAMES):
        on_shelf = Resource.identifier.in_(names[start : start + MOST_NAMES])
        for item in _items(on_shelf):
            found.setdefault(item.point, []).append(item)
    return {code: sorted(some, key=lambda one: one.version) for code, some in found.items()}


def first_closed(items: Sequence[ShelfItem], count: int) -> list[ShelfItem]:
    """Return the first *count* of the questions that a key marks."""
    return [one for one in items if one.kind in MARKED_BY_MACHINE][:count]


def kind_items(seed: int) -> list[ShelfItem]:
    """Return the questions that show the other kinds; those with variants are left out."""
    names = [record["identifier"] for record in kind_practices(seed)]
    return sorted(_items(Resource.identifier.in_(names)), key=lambda one: one.version)


def one_item(item_id: int) -> ShelfItem:
    """Return one question, wherever it stands in the library."""
    return _items(ItemVersion.item_id == item_id)[0]


def _items(wanted: ColumnElement[bool]) -> list[ShelfItem]:
    query = (
        select(ItemVersion, KnowledgePoint.code, ResourceItem.resource_id)
        .join(ItemPoint, ItemPoint.item_id == ItemVersion.item_id)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .join(ResourceItem, ResourceItem.item_id == ItemVersion.item_id)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(wanted)
    )
    return [
        ShelfItem(
            version.item_id,
            version.id,
            version.kind,
            version.prompt,
            version.interaction,
            version.correct,
            version.pictures,
            tuple(slip["response"] for slip in version.misconceptions),
            version.difficulty,
            version.minutes,
            code,
            resource,
        )
        for version, code, resource in db.session.execute(query)
        if not version.parameters
    ]
