"""Questions that say the same as others, as far as whoever writes them may see those."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select

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
from library.items.kinds.table import kind_of
from library.items.models import Item, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem
from library.resources.queries import is_among, items_visible_to, visible_to

MOST_COMPARED = 1_500
_PICTURE = re.compile(r"\[\[picture:([a-z0-9-]+)\]\]")


@dataclass(frozen=True, slots=True)
class Alike:
    """Another question that says the same, or nearly."""

    version: ItemVersion
    resource: Resource | None
    """What asks it; the same set, if that does."""
    is_near: bool


def alike(hat: Hat, resource_id: int, versions: Sequence[ItemVersion]) -> dict[int, list[Alike]]:
    """By question of the set: those that are like it, in the set or about the same knowledge points."""
    own = {one.item_id for one in versions}
    points = select(ItemPoint.point_id).where(ItemPoint.item_id.in_(own))
    about = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(points), ItemPoint.item_id.not_in(own))
    usable = items_visible_to(hat).where(Item.id.in_(about)).with_only_columns(Item.id)
    others = db.session.scalars(
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(Item.id.in_(usable))
        .order_by(ItemVersion.id.desc())
        .limit(MOST_COMPARED)
    )
    compared = [*versions, *others]
    pairs = _pairs([words_of(one) for one in compared], len(versions))
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


def words_of(version: ItemVersion) -> str:
    """What a question asks of pupils: of another kind, or with another picture, it asks something else."""
    assets = {one["name"]: one["asset"] for one in version.pictures or []}
    words = "\n".join([version.kind.value, version.prompt, *kind_of(version).offered_in_words(version)])
    shown = _PICTURE.sub(lambda found: f" picture{assets.get(found[1], '')} ", words)
    spot = version.interaction.get("picture")
    return f"{shown} picture{assets[spot]}" if spot in assets else shown


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
