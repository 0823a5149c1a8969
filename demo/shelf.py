"""The first shelf of the library: enough questions on every point for a city's history to be about.

It holds the first practices that the whole library begins with, under the same identifiers: the import
that follows in the background finds them there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select

from core.database import db
from demo.curriculum import points
from demo.library import Record, paper_practices, practices, readings
from demo.rows import Rows
from library.curriculum.models import KnowledgePoint, Subject, Unit
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)

PRACTICES_PER_POINT, READINGS_PER_POINT = 3, 1


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


def fill_shelf(seed: int, *, now: datetime) -> str:
    """Write the first practices and readings of every point; returns a digest of the rows."""
    count = len(points())
    return write_records(
        chain(
            readings(seed, count * READINGS_PER_POINT),
            paper_practices(seed),
            practices(seed, count * PRACTICES_PER_POINT),
        ),
        now=now,
    )


def write_records(records: Iterable[Record], *, now: datetime) -> str:
    """Write *records* of the interchange format that are known to be sound, in bulk; returns a digest."""
    subjects = {s.code: s.id for s in db.session.scalars(select(Subject))}
    known = {p.code: p.id for p in db.session.scalars(select(KnowledgePoint))}
    units = {u.code: u.id for u in db.session.scalars(select(Unit))}
    rows = Rows(is_digested=True)
    for record in records:
        resource = rows.add(
            Resource,
            identifier=record["identifier"],
            kind=ResourceKind(record["kind"]),
            title=record["title"],
            description=record["description"],
            keywords=record["keywords"],
            language=record["language"],
            subject_id=subjects[record["subject"]],
            grade_from=record["grades"][0],
            grade_to=record["grades"][1],
            unit_id=units[record["unit"]],
            difficulty=record["difficulty"],
            minutes=record["minutes"],
            licence=record["licence"],
            author=record["author"],
            source=record["source"],
            tier=Tier(record["tier"]),
            review_state=ReviewState.PUBLISHED,
            created_at=now,
            updated_at=now,
        )
        if "body" in record:
            rows.add(ResourceBody, resource_id=resource, text=record["body"])
        for code in record["knowledge_points"]:
            rows.add(ResourcePoint, resource_id=resource, point_id=known[code])
        for position, item in enumerate(record["items"], 1):
            number = _item(rows, item, subjects[record["subject"]], known, now)
            rows.add(ResourceItem, resource_id=resource, position=position, item_id=number)
    return rows.finish()


def stored_key(item: Record) -> dict[str, Any]:
    """Return the key of an interchange item as the library stores it."""
    match ItemKind(item["kind"]):
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return {"choices": item["correct"]}
        case ItemKind.TEXT_ENTRY:
            return {"blanks": item["correct"]}
        case ItemKind.NUMERIC:
            return dict(item["correct"])
        case ItemKind.PHOTO:
            return {}


def stored_response(kind: ItemKind, response: str) -> dict[str, Any]:
    """Return a written response in the shape a pupil's has."""
    match kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return {"choices": [response]}
        case ItemKind.TEXT_ENTRY:
            return {"blanks": [response]}
        case ItemKind.NUMERIC:
            return {"value": response}
        case ItemKind.PHOTO:
            return {"photos": []}


def _item(rows: Rows, item: Record, subject: int, known: Mapping[str, int], now: datetime) -> int:
    kind = ItemKind(item["kind"])
    number = rows.add(Item, identifier=item["identifier"], subject_id=subject)
    version = rows.add(
        ItemVersion,
        item_id=number,
        number=1,
        kind=kind,
        prompt=item["prompt"],
        interaction=item["interaction"],
        correct=stored_key(item),
        explanation=item["explanation"],
        hints=item["hints"],
        misconceptions=[
            {"response": stored_response(kind, slip["response"]), "feedback": slip["feedback"]}
            for slip in item["misconceptions"]
        ],
        difficulty=item["difficulty"],
        minutes=item["minutes"],
        created_at=now,
    )
    rows.revise(Item, number, current_version_id=version)
    for code in item["knowledge_points"]:
        rows.add(ItemPoint, item_id=number, point_id=known[code])
    return number


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
