"""Records into tables: new ones in bulk, changed ones one by one with their history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from core.database import Model, db
from library.interchange.codes import Codes
from library.interchange.drawings import stored_pictures
from library.interchange.errors import ForeignItem
from library.interchange.records import ItemRecord, ResourceRecord, StimulusRecord
from library.items.models import Item, ItemPoint, ItemVersion, Stimulus, StimulusVersion
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
    _add_items(
        [
            (number, position, item, codes.subjects[one.record.subject or ""])
            for number, one in zip(ids, given, strict=True)
            for position, item in enumerate(one.record.items, start=1)
        ],
        _write_stimuli(
            [
                (part, codes.subjects[one.record.subject or ""])
                for one in given
                for part in one.record.stimuli
            ],
            now=now,
        ),
        codes,
        now=now,
    )


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
    fresh = [
        (resource.id, position, item, subject)
        for position, item in enumerate(record.items, start=1)
        if item.identifier not in known
    ]
    stimuli = _write_stimuli([(one, subject) for one in record.stimuli], now=now)
    _add_items(fresh, stimuli, codes, now=now)
    for position, item in enumerate(record.items, start=1):
        if item.identifier in known:
            _revise(known[item.identifier], item, position, stimuli, codes, now=now)
            _insert(
                ResourceItem,
                [{"resource_id": resource.id, "position": position, "item_id": known[item.identifier].id}],
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
    items: Sequence[tuple[int, int, ItemRecord, int]],
    stimuli: Mapping[str, int],
    codes: Codes,
    *,
    now: datetime,
) -> None:
    """Insert new questions: (resource id, position, question, subject id)."""
    if not items:
        return
    rows = [{"identifier": item.identifier, "subject_id": subject} for _, _, item, subject in items]
    ids = _inserted(Item, rows)
    _insert(
        ItemVersion,
        (
            _version_row(number, 1, item, position, stimuli, now)
            for number, (_, position, item, _) in zip(ids, items, strict=True)
        ),
    )
    # One statement for all of them: the first version of an item that has none yet is its present one.
    first = (
        select(ItemVersion.id)
        .where(ItemVersion.item_id == Item.id, ItemVersion.number == 1)
        .scalar_subquery()
    )
    db.session.execute(
        update(Item)
        .where(Item.id.between(min(ids), max(ids)), Item.current_version_id.is_(None))
        .values(current_version_id=first)
        .execution_options(synchronize_session=False)
    )
    _insert(
        ItemPoint,
        (
            {"item_id": number, "point_id": point}
            for number, (_, _, item, _) in zip(ids, items, strict=True)
            for point in _points(item.knowledge_points, codes)
        ),
    )
    _insert(
        ResourceItem,
        (
            {"resource_id": resource, "position": position, "item_id": number}
            for number, (resource, position, _, _) in zip(ids, items, strict=True)
        ),
    )


def _write_stimuli(stimuli: Sequence[tuple[StimulusRecord, int]], *, now: datetime) -> dict[str, int]:
    """Make sure that what questions are about is there as it is said; its wordings' ids by identifier."""
    found: dict[str, int] = {}
    for record, subject_id in stimuli:
        stimulus = db.session.scalar(select(Stimulus).where(Stimulus.identifier == record.identifier))
        if stimulus is None:
            stimulus = Stimulus(identifier=record.identifier, subject_id=subject_id)
            db.session.add(stimulus)
            db.session.flush()
        wording = (
            db.session.get_one(StimulusVersion, stimulus.current_version_id)
            if stimulus.current_version_id
            else None
        )
        pictures = stored_pictures(record.pictures, now=now)
        said = (record.title, record.text, pictures)
        if wording is None or (wording.title, wording.text, wording.pictures) != said:
            wording = StimulusVersion(
                stimulus_id=stimulus.id,
                number=wording.number + 1 if wording else 1,
                title=record.title,
                text=record.text,
                pictures=pictures,
                created_at=now,
            )
            db.session.add(wording)
            db.session.flush()
            stimulus.current_version_id = wording.id
            db.session.flush()
        found[record.identifier] = wording.id
    return found


def _revise(
    item: Item,
    record: ItemRecord,
    position: int,
    stimuli: Mapping[str, int],
    codes: Codes,
    *,
    now: datetime,
) -> None:
    current = db.session.get_one(ItemVersion, item.current_version_id)
    row = _version_row(item.id, current.number + 1, record, position, stimuli, now)
    said = {name: getattr(current, name) for name in row if name not in {"number", "created_at"}}
    if said != {name: row[name] for name in said}:
        version = ItemVersion(**row)
        db.session.add(version)
        db.session.flush()
        item.current_version_id = version.id
    db.session.execute(delete(ItemPoint).where(ItemPoint.item_id == item.id))
    _insert(
        ItemPoint,
        ({"item_id": item.id, "point_id": point} for point in _points(record.knowledge_points, codes)),
    )


def _version_row(
    item_id: int, number: int, item: ItemRecord, position: int, stimuli: Mapping[str, int], now: datetime
) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "number": number,
        "kind": item.kind,
        "prompt": item.prompt,
        "interaction": item.interaction,
        "correct": item.stored_key(),
        "explanation": item.explanation,
        "hints": item.hints,
        "misconceptions": item.stored_misconceptions(),
        "difficulty": item.difficulty,
        "minutes": item.minutes,
        "source": item.source,
        "licence": item.licence,
        "pictures": stored_pictures(item.pictures, now=now),
        "parameters": item.stored_parameters(),
        "stimulus_version_id": stimuli.get(item.stimulus),
        "stimulus_position": position if item.stimulus else None,
        "created_at": now,
    }


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
