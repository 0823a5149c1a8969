"""Keep questions: new ones, next versions, former ones again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import func, select

from accounts.people.models import Hat
from core.database import db, hold_rows
from library.authoring.errors import AskedElsewhere, NotFinished, QuestionChanged
from library.authoring.refusals import missing_in, place_of, places_of
from library.authoring.typed import Typed, finished
from library.curriculum.models import KnowledgePoint
from library.items.drawings import recorded_pictures
from library.items.errors import BadItem
from library.items.models import Item, ItemVersion, Stimulus, StimulusVersion
from library.items.records import ItemRecord, PictureRecord
from library.items.services import Placed, add, revise
from library.items.variants import Posed, pose_parts
from library.items.wholes import WholeItem, whole_items
from library.resources.models import Resource
from library.sets import queries as sets
from library.sets.services import ask, following, points_by_code, subject_of

DRAFT = "draft"
"""The identifier of a question that is only looked at."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did."""

    version: ItemVersion | None
    """The new version; None where the question says so already."""
    is_key_new: bool
    """Whether it takes other answers than before."""


def checked(typed: Typed, identifier: str, *, pictures: Sequence[PictureRecord] | None = None) -> ItemRecord:
    """The record of a finished question.

    Without *pictures* those that are named are believed to be there: enough to look at it.

    Raises:
        NotFinished: something is missing or wrong; ``places`` tells where.
    """
    places: dict[str, list[str]] = {}
    for place, refusal in missing_in(typed):
        places.setdefault(place, []).append(str(refusal))
    if places:
        raise NotFinished(places=places)
    codes = db.session.scalars(
        select(KnowledgePoint.code)
        .where(KnowledgePoint.id.in_(typed.point_ids))
        .order_by(KnowledgePoint.code)
    ).all()
    stimulus = db.session.get(Stimulus, typed.stimulus_id) if typed.stimulus_id else None
    try:
        return ItemRecord.model_validate(
            {
                "identifier": identifier,
                "kind": typed.kind,
                "prompt": typed.prompt,
                "interaction": typed.interaction,
                "correct": _key_of(typed),
                "explanation": typed.explanation,
                "hints": typed.hints,
                "misconceptions": typed.misconceptions,
                "difficulty": typed.difficulty,
                "minutes": typed.parts()["minutes"],
                "knowledge_points": codes,
                "source": typed.source,
                "licence": typed.licence,
                "parameters": typed.parameters,
                "pictures": [_named(one) for one in typed.pictures] if pictures is None else pictures,
                "stimulus": stimulus.identifier if stimulus else "",
            }
        )
    except ValidationError as refusal:
        raise NotFinished(places=places_of(refusal)) from refusal


def posed(typed: Typed, seed: int) -> Posed:
    """The question as a pupil would get it with this seed.

    Raises:
        NotFinished: it cannot be asked yet.
    """
    ready = finished(typed)
    record = checked(ready, DRAFT)
    stimulus = db.session.get(Stimulus, ready.stimulus_id) if ready.stimulus_id else None
    parts = record.parts() | {
        "pictures": ready.pictures,
        "stimulus_version_id": stimulus.current_version_id if stimulus else None,
    }
    try:
        return pose_parts(parts, record.stored_parameters(), seed)
    except BadItem as refusal:
        raise NotFinished(places={place_of(refusal): [str(refusal)]}) from refusal


def keep_new(resource: Resource, typed: Typed, by: Hat, *, now: datetime) -> int:
    """Add a question to the set; the item's id.

    Raises:
        NotFinished: it cannot be asked as it stands.
        NoSubject: the set has no subject.
        TooManyQuestions: the set has as many as it may have.
    """
    subject_id = subject_of(resource)
    record = _record(typed, f"question-{uuid4()}")
    placed = Placed(record, _position(typed.stimulus_id, None), subject_id)
    [item_id] = add(
        [placed],
        _wordings(typed),
        points_by_code(record.knowledge_points),
        by_id=by.person_id,
        now=now,
    )
    ask(resource, [item_id], now=now)
    return item_id


def save(resource: Resource, item: Item, typed: Typed, by: Hat, *, seen: int, now: datetime) -> Saved:
    """Let a question of the set say something else. What pupils were given keeps its wording.

    Raises:
        QuestionChanged: it is no longer the version *seen* that was edited.
        AskedElsewhere: another set asks it that is not the person's to change.
        NotFinished: it cannot be asked as it stands.
    """
    current = _held(resource, item, by)
    if current.number != seen:
        raise QuestionChanged
    return _revise(resource, item, _record(typed, item.identifier), _wordings(typed), by, now=now)


def restore(resource: Resource, item: Item, version: ItemVersion, by: Hat, *, now: datetime) -> Saved:
    """Let a question say again what it said in a former version; its knowledge points stay.

    Raises:
        AskedElsewhere: another set asks it that is not the person's to change.
        PictureLost: a picture of that time is not there any more.
    """
    _held(resource, item, by)
    whole = whole_items([item.id])[item.id]
    former = WholeItem(item.identifier, version, whole.points, *_text_of(version))
    record = ItemRecord.model_validate(former.fields())
    stimulus = db.session.scalar(select(Stimulus).where(Stimulus.identifier == former.stimulus))
    wordings = {former.stimulus: stimulus.current_version_id or 0} if stimulus else {}
    return _revise(resource, item, record, wordings, by, now=now)


# Parts


def _held(resource: Resource, item: Item, by: Hat) -> ItemVersion:
    """The present version of a question that nobody else changes meanwhile."""
    if other := db.session.scalars(sets.others_asking(item.id, resource.id, by).limit(1)).first():
        raise AskedElsewhere(title=other.title)
    hold_rows(select(Item.id).where(Item.id == item.id).with_for_update())
    db.session.refresh(item, ["current_version_id"])
    return db.session.get_one(ItemVersion, item.current_version_id)


def _record(typed: Typed, identifier: str) -> ItemRecord:
    ready = finished(typed)
    checked(ready, identifier)  # says all that is missing before pictures are read
    try:
        pictures = [PictureRecord.model_validate(one) for one in recorded_pictures(ready.pictures)]
    except (BadItem, ValidationError) as refusal:
        raise NotFinished(places={"pictures": [str(refusal)]}) from refusal
    return checked(ready, identifier, pictures=pictures)


def _revise(
    resource: Resource,
    item: Item,
    record: ItemRecord,
    wordings: Mapping[str, int],
    by: Hat,
    *,
    now: datetime,
) -> Saved:
    current = db.session.get_one(ItemVersion, item.current_version_id)
    same_text = wordings.get(record.stimulus) == current.stimulus_version_id
    position = current.stimulus_position if same_text else None
    stimulus_id = _stimulus_id(wordings.get(record.stimulus))
    if position is None:
        position = _position(stimulus_id, item.id)
    placed = Placed(record, position, item.subject_id)
    with following(resource, now=now):
        made = revise(
            item, placed, wordings, points_by_code(record.knowledge_points), by_id=by.person_id, now=now
        )
    return Saved(made, made is not None and (made.kind, made.correct) != (current.kind, current.correct))


def _key_of(typed: Typed) -> Any:  # noqa: ANN401 -- JSON
    return typed.correct or []


def _named(picture: Mapping[str, Any]) -> PictureRecord:
    """A picture that is there, without its content."""
    return PictureRecord.kept(picture["name"], picture["alt"], picture["width"], picture["height"])


def _wordings(typed: Typed) -> dict[str, int]:
    stimulus = db.session.get(Stimulus, typed.stimulus_id) if typed.stimulus_id else None
    return {stimulus.identifier: stimulus.current_version_id or 0} if stimulus else {}


def _stimulus_id(wording_id: int | None) -> int | None:
    return db.session.get_one(StimulusVersion, wording_id).stimulus_id if wording_id else None


def _position(stimulus_id: int | None, besides: int | None) -> int:
    """The place behind the last question about the text."""
    if stimulus_id is None:
        return 0
    places = (
        select(func.max(ItemVersion.stimulus_position))
        .join(Item, Item.current_version_id == ItemVersion.id)
        .join(StimulusVersion, StimulusVersion.id == ItemVersion.stimulus_version_id)
        .where(StimulusVersion.stimulus_id == stimulus_id, Item.id != (besides or 0))
    )
    last = db.session.scalar(places)
    return 0 if last is None else last + 1


def _text_of(version: ItemVersion) -> tuple[str, StimulusVersion | None]:
    if version.stimulus_version_id is None:
        return "", None
    wording = db.session.get_one(StimulusVersion, version.stimulus_version_id)
    return db.session.get_one(Stimulus, wording.stimulus_id).identifier, wording
