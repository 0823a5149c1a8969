"""Records into tables: new ones in bulk, changed ones one by one with their history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from core.database import Model, db
from library.interchange.codes import Codes
from library.interchange.errors import ForeignItem
from library.interchange.records import ResourceRecord
from library.items import services as items
from library.items.models import Item
from library.items.services import Placed
from library.resources.history import snapshot
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceItem,
    ResourcePoint,
    ReviewState,
)

MOST_PARAMETERS = 5_000


@dataclass(frozen=True, slots=True)
class Given:
    """A record with the hash that tells it from another."""

    record: ResourceRecord
    sha256: str


def add(given: Sequence[Given], codes: Codes, *, drafts_of: int | None = None, now: datetime) -> None:
    """Insert resources that are not there yet, with their texts, questions and points.

    They are published, or drafts of the person *drafts_of*.
    """
    more = {"created_at": now, "updated_at": now, **_standing(drafts_of)}
    ids = _inserted(Resource, [_resource_row(one, codes) | more for one in given])
    _insert(
        ResourceBody,
        (
            {"resource_id": number, "text": one.record.body, "url": one.record.url}
            for number, one in zip(ids, given, strict=True)
            if one.record.body or one.record.url
        ),
    )
    _insert(
        ResourcePoint,
        (
            {"resource_id": number, "point_id": point}
            for number, one in zip(ids, given, strict=True)
            for point in _points(one.record.knowledge_points, codes)
        ),
    )
    stimuli = items.write_stimuli(
        [(part, codes.subjects[one.record.subject or ""]) for one in given for part in one.record.stimuli],
        now=now,
    )
    asked = [
        (number, Placed(item, position, codes.subjects[one.record.subject or ""]))
        for number, one in zip(ids, given, strict=True)
        for position, item in enumerate(one.record.items, start=1)
    ]
    _add_items(asked, stimuli, codes, by_id=drafts_of, now=now)


def change(
    resource: Resource, given: Given, codes: Codes, *, drafts_of: int | None = None, now: datetime
) -> None:
    """Make *resource* say what the record says; what it said before is kept as a version.

    Raises:
        ForeignItem: one of its questions belongs to another resource.
    """
    record = given.record
    db.session.add(snapshot(resource, changed_by_id=drafts_of, now=now))
    row = _resource_row(given, codes) | {"updated_at": now, **_standing(drafts_of)}
    for column, value in row.items():
        setattr(resource, column, value)
    for model in (ResourceBody, ResourcePoint, ResourceItem):
        db.session.execute(delete(model).where(model.resource_id == resource.id))
    _insert(ResourceBody, [{"resource_id": resource.id, "text": record.body, "url": record.url}])
    _insert(
        ResourcePoint,
        (
            {"resource_id": resource.id, "point_id": point}
            for point in _points(record.knowledge_points, codes)
        ),
    )
    subject = codes.subjects[record.subject] if record.subject else 0
    known = {
        one.identifier: one
        for one in db.session.scalars(_items_named([item.identifier for item in record.items]))
    }
    stimuli = items.write_stimuli([(one, subject) for one in record.stimuli], now=now)
    placed = [Placed(item, position, subject) for position, item in enumerate(record.items, start=1)]
    fresh = [(resource.id, one) for one in placed if one.record.identifier not in known]
    _add_items(fresh, stimuli, codes, by_id=drafts_of, now=now)
    for one in placed:
        if item := known.get(one.record.identifier):
            items.revise(item, one, stimuli, codes.points, now=now)
            _insert(
                ResourceItem,
                [{"resource_id": resource.id, "position": one.position, "item_id": item.id}],
            )
    db.session.flush()


def foreign_items(given: Iterable[Given]) -> dict[str, ForeignItem]:
    """Refusals, by resource identifier, of new resources whose questions exist as another's.

    Of two new resources that name the same question, the first one has it.
    """
    owner: dict[str, str] = {}
    refused: dict[str, ForeignItem] = {}
    for one in given:
        for item in one.record.items:
            if owner.setdefault(item.identifier, one.record.identifier) != one.record.identifier:
                refused[one.record.identifier] = ForeignItem(identifier=item.identifier)
    names = list(owner)
    return refused | {
        owner[identifier]: ForeignItem(identifier=identifier)
        for begin in range(0, len(names), MOST_PARAMETERS)
        for identifier in db.session.scalars(
            select(Item.identifier).where(Item.identifier.in_(names[begin : begin + MOST_PARAMETERS]))
        )
    }


def items_of_others(given: Iterable[tuple[int, Given]]) -> dict[int, ForeignItem]:
    """Refusals, by resource id, of changed resources that name a question which another resource asks."""
    owners = {item.identifier: resource_id for resource_id, one in given for item in one.record.items}
    names = list(owners)
    asking: dict[str, set[int]] = {}
    for begin in range(0, len(names), MOST_PARAMETERS):
        asked = (
            select(Item.identifier, ResourceItem.resource_id)
            .join(ResourceItem, ResourceItem.item_id == Item.id)
            .where(Item.identifier.in_(names[begin : begin + MOST_PARAMETERS]))
        )
        for identifier, resource_id in db.session.execute(asked):
            asking.setdefault(identifier, set()).add(resource_id)
    return {
        owners[identifier]: ForeignItem(identifier=identifier)
        for identifier, resources in asking.items()
        if owners[identifier] not in resources
    }


def _resource_row(given: Given, codes: Codes) -> dict[str, Any]:
    record = given.record
    return {
        "identifier": record.identifier,
        "kind": record.kind,
        "title": record.title,
        "description": record.description,
        "keywords": record.keywords,
        "language": record.language,
        "subject_id": codes.subjects[record.subject] if record.subject else None,
        "grade_from": record.grades[0],
        "grade_to": record.grades[1],
        **codes.place_of(record),
        "end_user": record.end_user,
        "accessibility": record.accessibility,
        "difficulty": record.difficulty,
        "minutes": record.minutes,
        "pages": record.pages,
        "licence": record.licence,
        "author": record.author,
        "source": record.source,
        "tier": record.tier,
        "organisation_id": codes.organisations[record.organisation] if record.organisation else None,
        "imported_sha256": given.sha256,
    }


def _standing(drafts_of: int | None) -> dict[str, Any]:
    """Where a resource stands on the review ladder once it is written, and whose it is."""
    if drafts_of is None:
        return {"review_state": ReviewState.PUBLISHED}
    return {"review_state": ReviewState.DRAFT, "created_by_id": drafts_of}


def _add_items(
    asked: Sequence[tuple[int, Placed]],
    stimuli: Mapping[str, int],
    codes: Codes,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """Insert new questions, each with the id of the resource that asks it."""
    ids = items.add([one for _, one in asked], stimuli, codes.points, by_id=by_id, now=now)
    _insert(
        ResourceItem,
        (
            {"resource_id": resource, "position": one.position, "item_id": number}
            for number, (resource, one) in zip(ids, asked, strict=True)
        ),
    )


def _points(named: Iterable[str], codes: Codes) -> list[int]:
    return list(dict.fromkeys(codes.points[code] for code in named))


def _items_named(identifiers: Sequence[str]) -> Any:  # noqa: ANN401 -- a Select of the entity
    return select(Item).where(Item.identifier.in_(identifiers))


def _inserted(model: type[Resource | Item], rows: list[dict[str, Any]]) -> list[int]:
    """Insert *rows*; their ids in the same order."""
    if not rows:
        return []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows))


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        db.session.execute(insert(model), found)
