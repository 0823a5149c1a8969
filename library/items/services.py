"""Write questions and what they are about: new ones in bulk, changed ones as a next version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from core.database import Model, db
from library.items.drawings import stored_pictures
from library.items.models import Item, ItemPoint, ItemVersion, Stimulus, StimulusVersion
from library.items.records import ItemRecord, StimulusRecord


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with its subject, and its place among those that a resource asks."""

    record: ItemRecord
    position: int
    subject_id: int


def add(
    questions: Sequence[Placed],
    stimuli: Mapping[str, int],
    points: Mapping[str, int],
    *,
    by_id: int | None = None,
    now: datetime,
) -> list[int]:
    """Insert new questions; the items' ids in their order.

    *stimuli* is what ``write_stimuli`` gave, *points* has the ids of knowledge points by code, *by_id* is the
    person whose questions they are, if they are one person's.
    """
    if not questions:
        return []
    rows = [
        {"identifier": one.record.identifier, "subject_id": one.subject_id, "created_by_id": by_id}
        for one in questions
    ]
    statement = insert(Item).returning(Item.id, sort_by_parameter_order=True)
    ids = list(db.session.scalars(statement, rows))
    _insert(
        ItemVersion,
        (
            _version_row(number, 1, one.record, one.position, stimuli, now) | {"made_by_id": by_id}
            for number, one in zip(ids, questions, strict=True)
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
            row
            for number, one in zip(ids, questions, strict=True)
            for row in _point_rows(number, one.record, points)
        ),
    )
    return ids


def revise(
    item: Item,
    placed: Placed,
    stimuli: Mapping[str, int],
    points: Mapping[str, int],
    *,
    by_id: int | None = None,
    now: datetime,
) -> ItemVersion | None:
    """Let *item* say what the record says; its new version, None where it says so already."""
    current = db.session.get_one(ItemVersion, item.current_version_id)
    latest = select(func.max(ItemVersion.number)).where(ItemVersion.item_id == item.id)
    row = _version_row(
        item.id, db.session.scalars(latest).one() + 1, placed.record, placed.position, stimuli, now
    )
    said = {name: getattr(current, name) for name in row if name not in {"number", "created_at"}}
    version = None
    if said != {name: row[name] for name in said}:
        version = ItemVersion(**row, made_by_id=by_id)
        db.session.add(version)
        db.session.flush()
        item.current_version_id = version.id
    db.session.execute(delete(ItemPoint).where(ItemPoint.item_id == item.id))
    _insert(ItemPoint, _point_rows(item.id, placed.record, points))
    return version


def write_stimuli(stimuli: Sequence[tuple[StimulusRecord, int]], *, now: datetime) -> dict[str, int]:
    """Make sure that what questions are about is there as it is said; its wordings' ids by identifier.

    Each comes with the id of its subject.
    """
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


def _point_rows(item_id: int, record: ItemRecord, points: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    ids = dict.fromkeys(points[code] for code in record.knowledge_points)
    return ({"item_id": item_id, "point_id": point_id} for point_id in ids)


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        db.session.execute(insert(model), found)
