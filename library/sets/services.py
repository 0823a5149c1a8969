"""Begin a question set, arrange it, and copy questions into it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Select, delete, func, insert, select

from accounts.people.models import Hat
from core.database import db, insert_if_absent, publish
from library.curriculum.models import KnowledgePoint
from library.items.drawings import recorded_pictures
from library.items.models import ItemPoint, ItemVersion, Stimulus
from library.items.queries import current_versions
from library.items.records import ItemRecord, StimulusRecord
from library.items.services import Placed, add, write_stimuli
from library.items.wholes import WholeItem, whole_items
from library.resources.events import ResourcesChanged
from library.resources.history import snapshot
from library.resources.models import Resource, ResourceItem, ResourcePoint, ResourceVersion
from library.resources.queries import stated_points_of
from library.sets import queries
from library.sets.errors import NoSubject, NothingToUndo, OtherQuestions, SetChanged, TooManyQuestions

MOST_QUESTIONS = 200
ITEMS = "items"
"""The member of a former version that has the order of its questions."""


def subject_of(resource: Resource) -> int:
    """The subject that questions of the set have.

    Raises:
        NoSubject: it has none.
    """
    if resource.subject_id is None:
        raise NoSubject
    return resource.subject_id


def ask(resource: Resource, item_ids: Sequence[int], *, now: datetime) -> None:
    """Let the set ask these too: at its end, or behind those that are about the same text.

    Raises:
        TooManyQuestions: it would ask more than it may.
    """
    standing = list(db.session.scalars(queries.item_ids_of(resource.id)))
    order = _placed(standing, [one for one in item_ids if one not in standing])
    # An import may have brought more at once: what is there can still be moved and taken out.
    if len(order) > max(MOST_QUESTIONS, len(standing)):
        raise TooManyQuestions(most=MOST_QUESTIONS)
    _put(resource, order, now)


def arrange(resource: Resource, item_ids: Sequence[int], *, version: int, by_id: int, now: datetime) -> int:
    """Let the set ask these questions of its own, in this order; the number under which the former stands.

    Raises:
        SetChanged: it is no longer the *version* that was looked at.
        OtherQuestions: one of them is none of its own.
    """
    if resource.version != version:
        raise SetChanged
    former = list(db.session.scalars(queries.item_ids_of(resource.id)))
    if set(item_ids) - set(former) or len(set(item_ids)) < len(item_ids):
        raise OtherQuestions
    _remember(resource, former, by_id, now)
    _put(resource, item_ids, now)
    return version


def undo(resource: Resource, number: int, *, by_id: int, now: datetime) -> None:
    """Let the set ask what it asked in its version *number*, if nothing came after.

    Raises:
        NothingToUndo: something did.
    """
    kept = select(ResourceVersion).where(
        ResourceVersion.resource_id == resource.id, ResourceVersion.number == number
    )
    former = db.session.scalar(kept)
    if former is None or ITEMS not in former.content or resource.version != number + 1:
        raise NothingToUndo
    _remember(resource, list(db.session.scalars(queries.item_ids_of(resource.id))), by_id, now)
    _put(resource, former.content[ITEMS], now)


def copy(resource: Resource, item_ids: Collection[int], by: Hat, *, now: datetime) -> list[int]:
    """Copy questions into the set, which may then be changed without changing the others.

    What is about a text is copied with it, and with all others about it that are among *item_ids*. The
    licence that the originals have goes with the copies.

    Raises:
        NoSubject: the set has none.
        TooManyQuestions: it would ask more than it may.
        PictureLost: one of their pictures is not there any more.
    """
    subject_id = subject_of(resource)
    found = whole_items(list(item_ids))
    licences = _licences_of(found)
    texts = _copied_texts(found.values(), subject_id, by, now)
    wholes = [found[one] for one in item_ids if one in found]
    placed = [
        Placed(
            ItemRecord.model_validate(
                one.fields()
                | {
                    "identifier": f"copy-{uuid4()}",
                    "stimulus": texts[one.stimulus][0] if one.stimulus else "",
                    "licence": one.version.licence or licences.get(one.version.item_id, ""),
                }
            ),
            one.version.stimulus_position or position,
            subject_id,
        )
        for position, one in enumerate(wholes)
    ]
    points = points_by_code(code for one in placed for code in one.record.knowledge_points)
    made = add(placed, dict(texts.values()), points, by_id=by.person_id, now=now)
    ask(resource, made, now=now)
    return made


def points_by_code(codes: Iterable[str]) -> dict[str, int]:
    """The ids of knowledge points by code."""
    wanted = select(KnowledgePoint.code, KnowledgePoint.id).where(KnowledgePoint.code.in_(set(codes)))
    return dict(db.session.execute(wanted).all())


@contextmanager
def following(resource: Resource, *, now: datetime) -> Iterator[None]:
    """Let the set's time, difficulty and knowledge points follow what the block does, and tell of the change.

    Points go with the last question about them; those that a person said of the set stay.
    """
    before = _points(resource)
    yield
    points = _points(resource)
    gone = before - points - set(db.session.scalars(stated_points_of(resource.id)))
    db.session.execute(
        delete(ResourcePoint).where(
            ResourcePoint.resource_id == resource.id, ResourcePoint.point_id.in_(gone)
        )
    )
    insert_if_absent(ResourcePoint, [{"resource_id": resource.id, "point_id": one} for one in sorted(points)])
    minutes, difficulty = db.session.execute(
        current_versions(_asked(resource)).with_only_columns(
            func.sum(ItemVersion.minutes), func.avg(ItemVersion.difficulty)
        )
    ).one()
    # Together, so that a change is one version.
    resource.minutes = minutes or None
    resource.difficulty = None if difficulty is None else round(float(difficulty), 2)
    resource.updated_at = now
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def _asked(resource: Resource) -> Select[int]:
    return queries.item_ids_of(resource.id).order_by(None)


def _points(resource: Resource) -> set[int]:
    about = select(ItemPoint.point_id).where(ItemPoint.item_id.in_(_asked(resource)))
    return set(db.session.scalars(about))


def _remember(resource: Resource, item_ids: Sequence[int], by_id: int, now: datetime) -> None:
    former = snapshot(resource, changed_by_id=by_id, now=now)
    former.content = former.content | {ITEMS: list(item_ids)}
    db.session.add(former)


def _put(resource: Resource, item_ids: Sequence[int], now: datetime) -> None:
    rows = [
        {"resource_id": resource.id, "position": position, "item_id": item_id}
        for position, item_id in enumerate(item_ids)
    ]
    with following(resource, now=now):
        db.session.execute(delete(ResourceItem).where(ResourceItem.resource_id == resource.id))
        if rows:
            db.session.execute(insert(ResourceItem), rows)


def _placed(standing: Sequence[int], added: Sequence[int]) -> list[int]:
    """*standing* with what is *added*, each behind the last one about the same text."""
    about = (
        current_versions([*standing, *added])
        .join(Stimulus, Stimulus.current_version_id == ItemVersion.stimulus_version_id)
        .with_only_columns(ItemVersion.item_id, Stimulus.id)
    )
    texts: dict[int, int] = dict(db.session.execute(about).all())
    order = list(standing)
    for one in added:
        same = [place for place, other in enumerate(order) if one in texts and texts.get(other) == texts[one]]
        order.insert(same[-1] + 1 if same else len(order), one)
    return order


def _licences_of(items: Collection[int]) -> dict[int, str]:
    """By question: the licence of the first resource that asks it."""
    rows = db.session.execute(
        select(ResourceItem.item_id, Resource.licence)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(ResourceItem.item_id.in_(items))
        .order_by(Resource.id.desc())
    )
    return dict(rows.all())


def _copied_texts(
    items: Iterable[WholeItem], subject_id: int, by: Hat, now: datetime
) -> dict[str, tuple[str, int]]:
    """What the questions are about, copied: the copies' identifiers and wordings by the originals'."""
    originals = {one.stimulus: one.wording for one in items if one.wording}
    named = {identifier: f"copy-{uuid4()}" for identifier in originals}
    made = write_stimuli(
        [
            (
                StimulusRecord.model_validate(
                    {
                        "identifier": named[identifier],
                        "title": wording.title,
                        "text": wording.text,
                        "pictures": recorded_pictures(wording.pictures),
                    }
                ),
                subject_id,
            )
            for identifier, wording in originals.items()
        ],
        now=now,
    )
    for stimulus in db.session.scalars(select(Stimulus).where(Stimulus.identifier.in_(named.values()))):
        stimulus.created_by_id = by.person_id
    return {identifier: (new, made[new]) for identifier, new in named.items()}
