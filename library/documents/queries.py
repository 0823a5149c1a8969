"""The files of resources and what was read from them."""

from sqlalchemy import Select, func, select

from accounts.people.models import Hat
from library.media.models import MediaAsset
from library.resources.models import Resource, ResourceAsset, ResourceExtract, ReviewState
from library.resources.queries import edited_by


def asset_of(resource_id: int) -> Select[MediaAsset]:
    """The file of a resource; the first one where an import brought several."""
    return (
        select(MediaAsset)
        .join(ResourceAsset, ResourceAsset.asset_id == MediaAsset.id)
        .where(ResourceAsset.resource_id == resource_id)
        .order_by(ResourceAsset.position, MediaAsset.id)
        .limit(1)
    )


def own_drafts_of(hat: Hat) -> Select[Resource]:
    """The drafts that *hat*'s person made of files."""
    return edited_by(hat).where(
        Resource.created_by_id == hat.person_id, Resource.review_state == ReviewState.DRAFT
    )


def resources_with(asset_id: int) -> Select[int]:
    """The ids of the resources that a file belongs to."""
    return select(ResourceAsset.resource_id).where(ResourceAsset.asset_id == asset_id)


def extract_of(resource_id: int) -> Select[ResourceExtract]:
    """What was read from the file of a resource, if anything was."""
    return select(ResourceExtract).where(ResourceExtract.resource_id == resource_id)


def stored_bytes(person_id: int) -> Select[int]:
    """How much a person has uploaded, over all that is kept."""
    return select(func.coalesce(func.sum(MediaAsset.size_bytes), 0)).where(
        MediaAsset.uploaded_by_id == person_id
    )
