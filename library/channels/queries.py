"""Imports of channels as a hat may see them, and their reports."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, false, func, select

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Hat, Person, Role
from library.channels.findings import Note
from library.channels.models import ChannelImport, ChannelList, ChannelPart
from library.collections.models import CollectionEntry
from library.media.models import MediaAsset, MediaState
from library.packages.findings import Outcome
from library.resources.models import Resource, ResourceAsset, Tier


def imports_of(hat: Hat) -> Select[ChannelImport]:
    """The imports that administrators of *hat*'s organisation ordered."""
    if not hat.is_administrator:
        return select(ChannelImport).where(false())
    return select(ChannelImport).where(ChannelImport.ordered_for_id == hat.organisation_id)


def parts_of(
    import_id: int, *, outcome: Outcome | None = None, note: Note | None = None
) -> Select[*tuple[Any, ...]]:
    """The lines of a report, or those with one outcome or note, in order; ``key`` is their place."""
    lines = (
        select(
            ChannelPart.position.label("key"),
            *(ChannelPart.depth, ChannelPart.kind, ChannelPart.title, ChannelPart.outcome),
            *(ChannelPart.note, ChannelPart.detail, ChannelPart.resource_id),
        )
        .where(ChannelPart.import_id == import_id)
        .order_by(ChannelPart.position)
    )
    if outcome is not None:
        lines = lines.where(ChannelPart.outcome == outcome)
    return lines if note is None else lines.where(ChannelPart.note == note)


def count_by_note(import_id: int) -> Select[Outcome, Note, int]:
    """How many lines say what, the frequent ones first."""
    return (
        select(ChannelPart.outcome, ChannelPart.note, func.count())
        .where(ChannelPart.import_id == import_id)
        .group_by(ChannelPart.outcome, ChannelPart.note)
        .order_by(func.count().desc(), ChannelPart.note)
    )


def last_position(import_id: int) -> Select[int | None]:
    """The place of the last line of a report."""
    return select(func.max(ChannelPart.position)).where(ChannelPart.import_id == import_id)


def resources_named(identifiers: Collection[str]) -> Select[str, int]:
    """Identifier and id of resources."""
    return select(Resource.identifier, Resource.id).where(Resource.identifier.in_(identifiers))


def pages_of(identifiers: Collection[str]) -> Select[int, int | None]:
    """Id and number of pages of those that have files, of which the pages were counted."""
    filed = select(ResourceAsset.resource_id)
    return select(Resource.id, Resource.pages).where(
        Resource.identifier.in_(identifiers), Resource.pages.is_not(None), Resource.id.in_(filed)
    )


def files_of(resource_ids: Collection[int]) -> Select[int, MediaAsset]:
    """The files of resources, in order."""
    return (
        select(ResourceAsset.resource_id, MediaAsset)
        .join(MediaAsset, MediaAsset.id == ResourceAsset.asset_id)
        .where(ResourceAsset.resource_id.in_(resource_ids))
        .order_by(ResourceAsset.resource_id, ResourceAsset.position)
    )


def waiting_files_of(import_id: int) -> Select[int]:
    """The files of what an import brought that nobody has begun to prepare."""
    brought = select(ChannelPart.resource_id).where(
        ChannelPart.import_id == import_id, ChannelPart.resource_id.is_not(None)
    )
    return (
        select(MediaAsset.id)
        .join(ResourceAsset, ResourceAsset.asset_id == MediaAsset.id)
        .where(ResourceAsset.resource_id.in_(brought), MediaAsset.state == MediaState.WAITING)
        .order_by(MediaAsset.id)
    )


def once_of_channel(order: ChannelImport) -> Select[int, str]:
    """Id and title of what came from the channel before, into the same collection."""
    before = (
        select(ChannelPart.resource_id)
        .join(ChannelImport, ChannelImport.id == ChannelPart.import_id)
        .where(
            ChannelImport.channel_key == order.channel_key,
            ChannelImport.ordered_for_id == order.ordered_for_id,
            ChannelImport.tier == order.tier,
            ChannelImport.id < order.id,
            ChannelPart.resource_id.is_not(None),
        )
    )
    now = select(ChannelPart.resource_id).where(
        ChannelPart.import_id == order.id, ChannelPart.resource_id.is_not(None)
    )
    return (
        select(Resource.id, Resource.title)
        .where(Resource.id.in_(before), Resource.id.not_in(now))
        .order_by(Resource.id)
    )


def lists_of(organisation_id: int, tier: Tier, keys: Collection[str]) -> Select[ChannelList]:
    """The collections that topics are here."""
    return select(ChannelList).where(
        ChannelList.organisation_id == organisation_id,
        ChannelList.tier == tier,
        ChannelList.topic_key.in_(keys),
    )


def taken_out_of(collection_id: int) -> Select[int]:
    """The resources that a curator took out of a collection."""
    return select(CollectionEntry.resource_id).where(
        CollectionEntry.collection_id == collection_id, CollectionEntry.removed_at.is_not(None)
    )


def hats_of(person_id: int, organisation_id: int) -> Select[Hat]:
    """The administrator's hat of a person at an organisation; also one that has ended meanwhile."""
    return select(Hat).where(
        Hat.person_id == person_id, Hat.organisation_id == organisation_id, Hat.role == Role.ADMINISTRATOR
    )


def administrators_named(username: str) -> Select[Hat]:
    """The administrator's hats of a user name; of any administrator of the city where it is empty."""
    found = (
        select(Hat)
        .join(Person, Person.id == Hat.person_id)
        .join(Organisation, Organisation.id == Hat.organisation_id)
        .where(Hat.role == Role.ADMINISTRATOR, Hat.ended_at.is_(None))
        .order_by(Hat.id)
    )
    if username:
        return found.where(Person.username == username)
    return found.where(Organisation.kind == OrganisationKind.CITY)
