"""Packages as a hat may play them."""

from sqlalchemy import Select, select

from accounts.people.models import Hat
from library.media.models import MediaAsset, MediaKind, MediaState
from library.resources.models import Resource, ResourceAsset
from library.resources.queries import openable_by


def package_of(hat: Hat | None, resource_id: int) -> Select[MediaAsset]:
    """The package of a resource that *hat* may open, once it is read."""
    openable = openable_by(hat).where(Resource.id == resource_id).with_only_columns(Resource.id)
    return (
        select(MediaAsset)
        .join(ResourceAsset, ResourceAsset.asset_id == MediaAsset.id)
        .where(
            ResourceAsset.resource_id.in_(openable),
            MediaAsset.kind == MediaKind.PACKAGE,
            MediaAsset.state == MediaState.READY,
        )
        .order_by(ResourceAsset.position, MediaAsset.id)
        .limit(1)
    )
