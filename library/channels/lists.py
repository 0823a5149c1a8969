"""A channel as collections: one, or one for each topic where it is larger than a collection may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from accounts.people.models import Hat
from core.database import db
from library.channels import queries
from library.channels.channel import Channel, Standing
from library.channels.findings import Note
from library.channels.models import ChannelImport, ChannelList
from library.collections import services as collections
from library.collections.models import LONGEST_NOTE, Collection, Picture
from library.collections.queries import all_entries_of

MOST = collections.MOST_ENTRIES
LONGEST_TITLE = 200
BETWEEN = " › "


@dataclass(frozen=True, slots=True)
class TopicList:
    """What becomes a collection: a topic, and what stands in it."""

    key: str
    title: str
    members: Sequence[Standing]
    depth: int
    """How many topics its title stands for."""

    def note_of(self, member: Standing) -> str:
        """The topics between the list and a member: what a reader of the channel saw as headings."""
        return BETWEEN.join(one.title for one in member.above[self.depth :] if one.title)[:LONGEST_NOTE]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a list."""

    title: str
    note: Note
    count: int


def lists_of(channel: Channel, members: Sequence[Standing]) -> Iterator[TopicList]:
    """The collections of a channel; *members* are those of its nodes that became resources, in order."""
    yield from _split(channel.key, channel.title, members, 0)


def _split(key: str, title: str, members: Sequence[Standing], depth: int) -> Iterator[TopicList]:
    inner = [one for one in members if len(one.above) > depth]
    if len(members) <= MOST or not inner:
        yield from _cut(key, title, members, depth)
        return
    direct = [one for one in members if len(one.above) <= depth]
    yield from _cut(key, title, direct, depth)
    for topic, found in groupby(inner, key=lambda one: one.above[depth]):
        named = BETWEEN.join(one for one in (title, topic.title) if one)
        yield from _split(topic.key, named, list(found), depth + 1)


def _cut(key: str, title: str, members: Sequence[Standing], depth: int) -> Iterator[TopicList]:
    """One list, or several with numbers where no topic divides what is too much for one."""
    rest = iter(members)
    number = 0
    while portion := list(islice(rest, MOST)):
        number += 1
        more = f" ({number})" if number > 1 else ""
        yield TopicList(
            f"{key}-{number}" if number > 1 else key,
            f"{title[: LONGEST_TITLE - len(more)]}{more}",
            portion,
            depth,
        )


def keep_lists(
    order: ChannelImport,
    channel: Channel,
    members: Sequence[Standing],
    ids: Mapping[str, int],
    *,
    now: datetime,
) -> list[Told]:
    """Make the collections of a channel, or bring those that there are up to date; *ids* are by node.

    What a curator took out stays out, what she put in stays in behind the channel's own, and a collection
    that was taken away does not come back.
    """
    hat = db.session.scalars(queries.hats_of(order.ordered_by_id, order.ordered_for_id)).first()
    if hat is None:
        return []
    wanted = list(lists_of(channel, members))
    known = {
        one.topic_key: one.collection_id
        for one in db.session.scalars(
            queries.lists_of(order.ordered_for_id, order.tier, [one.key for one in wanted])
        )
    }
    return [_keep(one, order, channel, hat, known.get(one.key), ids, now) for one in wanted]


def _keep(  # noqa: PLR0913, PLR0917 -- all that decides about a list
    one: TopicList,
    order: ChannelImport,
    channel: Channel,
    hat: Hat,
    collection_id: int | None,
    ids: Mapping[str, int],
    now: datetime,
) -> Told:
    if collection_id is None:
        collection = _made(one, order, channel, hat, now)
    else:
        collection = db.session.get_one(Collection, collection_id)
        if collection.removed_at is not None:
            return Told(one.title, Note.LIST_REMOVED, len(one.members))
    notes = {ids[member.node.key]: one.note_of(member) for member in one.members if member.node.key in ids}
    is_full = _fill(collection, notes, now)
    return Told(one.title, Note.LIST_FULL if is_full else Note.LIST_MADE, len(notes))


def _made(one: TopicList, order: ChannelImport, channel: Channel, hat: Hat, now: datetime) -> Collection:
    said = collections.Description(
        title=one.title,
        description=channel.description,
        tier=order.tier,
        subject_id=order.subject_id,
        grade_from=order.grade_from,
        grade_to=order.grade_to,
        picture=Picture.WORLD,
    )
    made = collections.make(hat, said, now=now)
    collections.share(made, now=now)
    db.session.add(
        ChannelList(
            organisation_id=order.ordered_for_id, tier=order.tier, topic_key=one.key, collection_id=made.id
        )
    )
    db.session.flush()
    return made


def _fill(collection: Collection, notes: Mapping[int, str], now: datetime) -> bool:
    """Put the resources of *notes* in this order; whether there was no room for all of them."""
    there = {one.resource_id for one in db.session.scalars(all_entries_of(collection.id))}
    out = set(db.session.scalars(queries.taken_out_of(collection.id)))
    room = MOST - len(there - set(notes))
    own = [one for one in notes if one not in out]
    wanted = own[: max(room, 0)]
    fresh = [one for one in wanted if one not in there]
    if fresh:
        collections.add(collection, fresh, now=now)
        db.session.expire_all()
    places = {one: place for place, one in enumerate(wanted)}
    entries = list(db.session.scalars(all_entries_of(collection.id)))
    entries.sort(key=lambda entry: places.get(entry.resource_id, len(places)))
    for position, entry in enumerate(entries, start=1):
        if entry.position != position:
            entry.position = position
        if entry.resource_id in fresh:
            entry.note = notes[entry.resource_id]
    db.session.flush()
    return len(wanted) < len(own)
