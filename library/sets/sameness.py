"""Questions that say the same as others, as far as whoever writes them may see those."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from core.database import db
from library.duplicates.likeness import (
    FEWEST_SHINGLES,
    NEAR,
    candidates,
    likeness,
    plain,
    shingles,
    signature,
)
from library.items.models import Item, ItemPoint, ItemVersion
from library.items.wording import like_lengths, words_of_version
from library.resources.models import Resource, ResourceItem
from library.resources.queries import is_among, items_visible_to, visible_to

MOST_COMPARED = 1_500


@dataclass(frozen=True, slots=True)
class Alike:
    """Another question that says the same, or nearly."""

    version: ItemVersion
    resource: Resource | None
    """What asks it; the same set, if that does."""
    is_near: bool


def alike(hat: Hat, resource_id: int, versions: Sequence[ItemVersion]) -> dict[int, list[Alike]]:
    """By question of the set: those that are like it, in the set or elsewhere.

    Elsewhere means about the same knowledge points; of a question without points, of its subject and about
    as long. The texts of *versions* are loaded.
    """
    others = db.session.scalars(_others(hat, versions))
    compared = [*versions, *others]
    pairs = _pairs([words_of_version(one, one.stimulus_version) for one in compared], len(versions))
    named = _resources([compared[other].item_id for _one, other, _is_near in pairs], resource_id, hat)
    found: dict[int, list[Alike]] = defaultdict(list)
    for one, other, is_near in pairs:
        version = compared[other]
        found[compared[one].item_id].append(Alike(version, named.get(version.item_id), is_near))
    return found


def told_in(found: Mapping[int, Sequence[Alike]], order: Sequence[int]) -> dict[int, list[Alike]]:
    """By question, in *order*, of which others its row tells: of two in the set the later one tells."""
    places = {item_id: place for place, item_id in enumerate(order)}
    told = {
        item_id: [
            one for one in found.get(item_id, ()) if places.get(one.version.item_id, -1) < places[item_id]
        ]
        for item_id in order
    }
    return {item_id: others for item_id, others in told.items() if others}


def _others(hat: Hat, versions: Sequence[ItemVersion]) -> Select[ItemVersion]:
    own = [one.item_id for one in versions]
    points = select(ItemPoint.point_id).where(ItemPoint.item_id.in_(own))
    may_be_alike: list[ColumnElement[bool]] = [
        Item.id.in_(select(ItemPoint.item_id).where(ItemPoint.point_id.in_(points)))
    ]
    placed = set(db.session.scalars(select(ItemPoint.item_id).where(ItemPoint.item_id.in_(own))))
    if unplaced := [one for one in versions if one.item_id not in placed]:
        subjects = select(Item.subject_id).where(Item.id.in_([one.item_id for one in unplaced]))
        is_as_long = func.length(ItemVersion.prompt).between(*like_lengths([one.prompt for one in unplaced]))
        may_be_alike.append(Item.subject_id.in_(subjects) & is_as_long)
    usable = (
        items_visible_to(hat)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.id.not_in(own), or_(*may_be_alike))
        .order_by(may_be_alike[0].desc(), Item.id.desc())
        .limit(MOST_COMPARED)
        .with_only_columns(Item.current_version_id)
        .subquery()
    )
    return (
        select(ItemVersion)
        .join(usable, usable.c.current_version_id == ItemVersion.id)
        .options(joinedload(ItemVersion.stimulus_version))
        .order_by(ItemVersion.item_id.desc())
    )


def _pairs(texts: Sequence[str], own: int) -> list[tuple[int, int, bool]]:
    """(one of the first *own*, another, whether it is only near), pairs of own ones both ways."""
    whole: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        whole[plain(text)].append(place)
    found = {
        (one, other): False
        for places in whole.values()
        for one in places
        for other in places
        if one < own and one != other
    }
    cut = [shingles(text) for text in texts]
    long = [place for place, one in enumerate(cut) if len(one) >= FEWEST_SHINGLES]
    if len(long) > 1:
        for first, second in candidates(np.stack([signature(cut[place]) for place in long])):
            pair = (long[first], long[second])
            if likeness(cut[pair[0]], cut[pair[1]]) >= NEAR:
                for one, other in (pair, pair[::-1]):
                    if one < own:
                        found.setdefault((one, other), True)
    return sorted((one, other, is_near) for (one, other), is_near in found.items())


def _resources(item_ids: Sequence[int], resource_id: int, hat: Hat) -> dict[int, Resource]:
    """By question: the set itself if it asks it, else one that *hat* may see."""
    from_here: dict[int, Any] = {}
    rows = db.session.execute(
        select(ResourceItem.item_id, Resource)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(
            ResourceItem.item_id.in_(item_ids),
            is_among(visible_to(hat), ResourceItem.resource_id) | (Resource.id == resource_id),
        )
        .order_by(Resource.id)
    )
    for item_id, resource in rows:
        if item_id not in from_here or resource.id == resource_id:
            from_here[item_id] = resource
    return from_here
