"""What resources say, and pairs as those who answer for them see them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from accounts.people.models import Hat
from library.duplicates.models import DuplicatePair, Fingerprint
from library.items.models import Item, ItemVersion
from library.media.models import MediaAsset
from library.resources.models import Resource, ResourceAsset, ResourceBody, ResourceItem, ReviewState
from library.resources.queries import is_among, owned_by, visible_to

Rows = Select[*tuple[Any, ...]]


def said(after: int, portion: int) -> Rows:
    """(resource, title, description, text, address, last change) of what is not withdrawn, in portions."""
    return (
        _said()
        .where(Resource.id > after, Resource.review_state != ReviewState.WITHDRAWN)
        .order_by(Resource.id)
        .limit(portion)
    )


def said_by(ids: Sequence[int]) -> Rows:
    """The same of some resources."""
    return _said().where(Resource.id.in_(ids)).order_by(Resource.id)


def _said() -> Rows:
    return select(
        Resource.id,
        Resource.title,
        Resource.description,
        ResourceBody.text,
        ResourceBody.url,
        Resource.updated_at,
    ).outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)


def prompts_of(ids: Sequence[int]) -> Rows:
    """(resource, wording) of the questions that resources ask, in order."""
    return (
        select(ResourceItem.resource_id, ItemVersion.prompt, ItemVersion.interaction)
        .join(Item, Item.id == ResourceItem.item_id)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(ResourceItem.resource_id.in_(ids))
        .order_by(ResourceItem.resource_id, ResourceItem.position)
    )


def files() -> Rows:
    """(resource, SHA-256) of the files of resources that are not withdrawn."""
    return (
        select(Resource.id, MediaAsset.source_sha256)
        .join(ResourceAsset, ResourceAsset.resource_id == Resource.id)
        .join(MediaAsset, MediaAsset.id == ResourceAsset.asset_id)
        .where(Resource.review_state != ReviewState.WITHDRAWN)
    )


def same_text() -> Rows:
    """(resource, hash) of all whose text another has as well, together."""
    shared = (
        _present(select(Fingerprint.text_sha256)).group_by(Fingerprint.text_sha256).having(func.count() > 1)
    )
    return (
        _present(select(Fingerprint.resource_id, Fingerprint.text_sha256))
        .where(Fingerprint.text_sha256.in_(shared))
        .order_by(Fingerprint.text_sha256, Fingerprint.resource_id)
    )


def _present(fingerprints: Rows) -> Rows:
    """Those that tell something, of resources that are not withdrawn."""
    return fingerprints.join(Resource, Resource.id == Fingerprint.resource_id).where(
        Fingerprint.text_sha256 != "", Resource.review_state != ReviewState.WITHDRAWN
    )


def saying_the_same(hat: Hat, text_sha256: str, besides: int) -> Select[Resource]:
    """Visible published resources with the same text."""
    same = select(Fingerprint.resource_id).where(Fingerprint.text_sha256 == text_sha256)
    return (
        visible_to(hat)
        .where(Resource.id.in_(same), Resource.id != besides, Resource.review_state == ReviewState.PUBLISHED)
        .order_by(Resource.id)
    )


def unjudged(hat: Hat) -> Select[DuplicatePair]:
    """Pairs nobody has judged, of which *hat* answers for one at least, and of which none is withdrawn."""
    own = owned_by(hat)
    first, second = aliased(Resource), aliased(Resource)
    return (
        select(DuplicatePair)
        .join(first, first.id == DuplicatePair.first_id)
        .join(second, second.id == DuplicatePair.second_id)
        .where(
            DuplicatePair.verdict.is_(None),
            or_(is_among(own, DuplicatePair.first_id), is_among(own, DuplicatePair.second_id)),
            and_(first.review_state != ReviewState.WITHDRAWN, second.review_state != ReviewState.WITHDRAWN),
        )
    )


def body_texts(ids: Sequence[int]) -> Rows:
    """(resource, text, address) to show side by side."""
    return select(ResourceBody.resource_id, ResourceBody.text, ResourceBody.url).where(
        ResourceBody.resource_id.in_(ids)
    )
