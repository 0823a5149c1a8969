"""Question sets as a teacher may edit them, and what they ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from accounts.people.models import Hat
from core.database import db
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion, Stimulus
from library.resources.models import Resource, ResourceItem
from library.resources.queries import ASKED_HERE, edited_by, is_among, items_visible_to, visible_to

MOST_FOUND = 20


def sets_of(hat: Hat, *, is_own: bool = False, text: str = "") -> Select[Resource]:
    """The question sets that *hat* may edit, by words in their titles."""
    sets = edited_by(hat).where(Resource.kind.in_(ASKED_HERE))
    if is_own:
        sets = sets.where(Resource.created_by_id == hat.person_id)
    return sets.where(*(Resource.title.icontains(word, autoescape=True) for word in text.split()))


def set_of(hat: Hat, resource_id: int) -> Select[Resource]:
    """One of them."""
    return sets_of(hat).where(Resource.id == resource_id)


def sizes_of(resource_ids: Collection[int]) -> Select[int, int]:
    """(set, number of questions) of those that ask any."""
    return (
        select(ResourceItem.resource_id, func.count())
        .where(ResourceItem.resource_id.in_(resource_ids))
        .group_by(ResourceItem.resource_id)
    )


def item_ids_of(resource_id: int) -> Select[int]:
    """What a set asks, in order."""
    return (
        select(ResourceItem.item_id)
        .where(ResourceItem.resource_id == resource_id)
        .order_by(ResourceItem.position)
    )


def item_of(resource_id: int, item_id: int) -> Select[Item]:
    """A question that the set asks."""
    return (
        select(Item)
        .join(ResourceItem, ResourceItem.item_id == Item.id)
        .where(ResourceItem.resource_id == resource_id, Item.id == item_id)
    )


def others_asking(item_id: int, resource_id: int, hat: Hat) -> Select[Resource]:
    """What else asks the question and is not for *hat* to edit."""
    return (
        select(Resource)
        .join(ResourceItem, ResourceItem.resource_id == Resource.id)
        .where(
            ResourceItem.item_id == item_id,
            Resource.id != resource_id,
            Resource.id.not_in(sets_of(hat).with_only_columns(Resource.id)),
        )
        .order_by(Resource.id)
    )


def names_of_points(item_ids: Collection[int]) -> dict[int, list[KnowledgePoint]]:
    """By question: what it asks about."""
    found: dict[int, list[KnowledgePoint]] = {one: [] for one in item_ids}
    rows = db.session.execute(
        select(ItemPoint.item_id, KnowledgePoint)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .where(ItemPoint.item_id.in_(found))
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )
    for item_id, point in rows:
        found[item_id].append(point)
    return found


def texts_of(resource_id: int, hat: Hat) -> Select[Stimulus]:
    """Texts of which questions of the set may be: those that some are about, and new ones of the person."""
    used = (
        select(Stimulus.id)
        .join(ItemVersion, ItemVersion.stimulus_version_id == Stimulus.current_version_id)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .join(ResourceItem, ResourceItem.item_id == Item.id)
        .where(ResourceItem.resource_id == resource_id)
    )
    asked = select(ItemVersion.id).where(ItemVersion.stimulus_version_id == Stimulus.current_version_id)
    fresh = select(Stimulus.id).where(Stimulus.created_by_id == hat.person_id, ~asked.exists())
    return select(Stimulus).where(Stimulus.id.in_(used) | Stimulus.id.in_(fresh)).order_by(Stimulus.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions of the library a teacher looks for, to copy them."""

    text: str = ""
    resource_id: int | None = None
    kind: ItemKind | None = None


def questions_for(hat: Hat, wanted: Wanted, besides: int) -> Select[*tuple[Any, ...]]:
    """(wording, resource) of what *hat* may copy into the set *besides*; in the order of the resources.

    By words in the question, in the title of what asks it, or in the name of a knowledge point.
    """
    asking = visible_to(hat).where(Resource.kind.in_(ASKED_HERE), Resource.id != besides)
    query = (
        select(ItemVersion, Resource)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .join(ResourceItem, ResourceItem.item_id == Item.id)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(is_among(asking, ResourceItem.resource_id))
    )
    if wanted.kind is not None:
        query = query.where(ItemVersion.kind == wanted.kind)
    if wanted.resource_id is not None:
        query = query.where(ResourceItem.resource_id == wanted.resource_id)
    elif words := wanted.text.split():
        named = select(KnowledgePoint.id).where(*_says(KnowledgePoint.name, words))
        about = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(named))
        # Asked of each row in order, so that the search ends with the last one that is shown.
        query = query.where(
            or_(
                and_(*_says(Resource.title, words)),
                and_(*_says(ItemVersion.prompt, words)),
                ResourceItem.item_id.in_(about),
            )
        )
    return query.order_by(ResourceItem.resource_id, ResourceItem.position).limit(MOST_FOUND)


def _says(column: InstrumentedAttribute[str], words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Whether all the *words* stand in *column*."""
    return [column.icontains(word, autoescape=True) for word in words]


def with_groups(hat: Hat, item_ids: Sequence[int]) -> list[int]:
    """These questions, each with all others about the same text that *hat* may use, in their order."""
    about = (
        select(ItemVersion.item_id, ItemVersion.stimulus_version_id)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(Item.id.in_(item_ids), ItemVersion.stimulus_version_id.is_not(None))
    )
    texts = dict(db.session.execute(about).all())
    group = (
        items_visible_to(hat)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(ItemVersion.stimulus_version_id.in_(set(texts.values())))
        .with_only_columns(ItemVersion.stimulus_version_id, Item.id)
        .order_by(ItemVersion.stimulus_position, Item.id)
    )
    groups: dict[int, list[int]] = {}
    for text_id, item_id in db.session.execute(group) if texts else ():
        groups.setdefault(text_id or 0, []).append(item_id)
    wanted = [one for item_id in item_ids for one in groups.get(texts.get(item_id) or 0, [item_id])]
    return list(dict.fromkeys(wanted))
