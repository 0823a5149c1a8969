"""Imports as a hat may see them, and their reports."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from accounts.people.models import Hat
from library.items.models import Item, ItemVersion
from library.media.models import MediaAsset, MediaKind, MediaState
from library.packages.findings import Outcome
from library.packages.models import PackageImport, PackagePart
from library.resources.models import Resource, ResourceAsset, ResourceBody, ResourceItem


def imports_of(hat: Hat) -> Select[PackageImport]:
    """The imports of the hat's school."""
    return select(PackageImport).where(PackageImport.organisation_id == hat.organisation_id)


def import_of(organisation_id: int, source_sha256: str) -> Select[PackageImport]:
    """The school's import of this file, if there was one."""
    return select(PackageImport).where(
        PackageImport.organisation_id == organisation_id, PackageImport.source_sha256 == source_sha256
    )


def parts_of(import_id: int, outcome: Outcome | None = None) -> Select[*tuple[Any, ...]]:
    """The lines of a report, or those with one *outcome*, in order; ``key`` is their place."""
    lines = (
        select(
            PackagePart.position.label("key"),
            *(PackagePart.depth, PackagePart.kind, PackagePart.title, PackagePart.outcome),
            *(PackagePart.note, PackagePart.detail, PackagePart.resource_id),
        )
        .where(PackagePart.import_id == import_id)
        .order_by(PackagePart.position)
    )
    return lines if outcome is None else lines.where(PackagePart.outcome == outcome)


def count_by_outcome(import_id: int) -> Select[Outcome, int]:
    """How many parts were kept, changed and dropped."""
    return (
        select(PackagePart.outcome, func.count())
        .where(PackagePart.import_id == import_id)
        .group_by(PackagePart.outcome)
    )


def ids_named(identifiers: list[str]) -> Select[str, int]:
    """Identifier and id of resources."""
    return select(Resource.identifier, Resource.id).where(Resource.identifier.in_(identifiers))


def named(identifiers: Collection[str]) -> Select[Resource]:
    """The resources with these identifiers."""
    return select(Resource).where(Resource.identifier.in_(identifiers))


def bodies_of(resource_ids: Collection[int]) -> Select[ResourceBody]:
    """The texts and addresses of resources."""
    return select(ResourceBody).where(ResourceBody.resource_id.in_(resource_ids))


def questions_of(resource_ids: Collection[int]) -> Select[int, ItemVersion]:
    """The present wording of what each resource asks, in order."""
    return (
        select(ResourceItem.resource_id, ItemVersion)
        .join(Item, Item.id == ResourceItem.item_id)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(ResourceItem.resource_id.in_(resource_ids))
        .order_by(ResourceItem.resource_id, ResourceItem.position)
    )


def assets_of(resource_ids: Collection[int]) -> Select[int, MediaAsset]:
    """The files of resources, in order."""
    return (
        select(ResourceAsset.resource_id, MediaAsset)
        .join(MediaAsset, MediaAsset.id == ResourceAsset.asset_id)
        .where(ResourceAsset.resource_id.in_(resource_ids), MediaAsset.state == MediaState.READY)
        .order_by(ResourceAsset.resource_id, ResourceAsset.position)
    )


def shown_files_of(resource_id: int) -> Select[MediaAsset]:
    """The pictures and documents of a resource, in order."""
    return (
        select(MediaAsset)
        .join(ResourceAsset, ResourceAsset.asset_id == MediaAsset.id)
        .where(
            ResourceAsset.resource_id == resource_id,
            MediaAsset.state == MediaState.READY,
            MediaAsset.kind.in_((MediaKind.PICTURE, MediaKind.DOCUMENT)),
        )
        .order_by(ResourceAsset.position, MediaAsset.id)
    )
