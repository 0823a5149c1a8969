"""The first shelf of the library: enough questions on every point for a city's history to be about.

It holds the first practices that the whole library begins with, under the same identifiers: the import
that follows in the background finds them there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from sqlalchemy import select

from core.database import db
from demo.curriculum import points
from demo.library import Record, paper_practices, practices, readings
from library.curriculum.models import KnowledgePoint
from library.interchange import services
from library.interchange.lines import ReadLine
from library.interchange.models import ResourceImport
from library.items.models import ItemKind, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem, ResourceKind

PRACTICES_PER_POINT, READINGS_PER_POINT = 3, 1


class Refused(ValueError):
    """The library refused a record of ours: the interchange format and the demo have parted."""


@dataclass(frozen=True)
class ShelfItem:
    """A question that the history can be about."""

    item: int
    version: int
    kind: ItemKind
    choices: tuple[str, ...]
    correct: Mapping[str, Any]
    slips: tuple[Mapping[str, Any], ...]
    difficulty: float
    minutes: float
    point: str
    practice: int


def fill_shelf(seed: int, *, now: datetime) -> None:
    """Import the first practices and readings of every point; call it inside ``transaction()``."""
    count = len(points())
    records = chain(
        readings(seed, count * READINGS_PER_POINT),
        paper_practices(seed),
        practices(seed, count * PRACTICES_PER_POINT),
    )
    import_records(f"shelf/{seed}", records, now=now)


def import_records(name: str, records: Iterable[Record], *, now: datetime) -> None:
    """Import *records* in one go, as from a file called *name*.

    Raises:
        Refused: the library did not take one of them.
    """
    run = begin_import(name, now=now)
    take_records(run, list(records), first_line=1)
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


def shelf_items(grades: range | None = None) -> dict[str, list[ShelfItem]]:
    """Return the shelf's questions by knowledge point, in the order of their ids."""
    query = (
        select(ItemVersion, KnowledgePoint.code, KnowledgePoint.grade, ResourceItem.resource_id)
        .join(ItemPoint, ItemPoint.item_id == ItemVersion.item_id)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .join(ResourceItem, ResourceItem.item_id == ItemVersion.item_id)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(Resource.kind == ResourceKind.PRACTICE)
        .order_by(ItemVersion.id)
    )
    found: dict[str, list[ShelfItem]] = {}
    for version, code, grade, practice in db.session.execute(query):
        if grades is None or grade in grades:
            found.setdefault(code, []).append(
                ShelfItem(
                    version.item_id,
                    version.id,
                    version.kind,
                    tuple(c["id"] for c in version.interaction.get("choices", [])),
                    version.correct,
                    tuple(slip["response"] for slip in version.misconceptions),
                    version.difficulty,
                    version.minutes,
                    code,
                    practice,
                )
            )
    return found
