"""Put collections together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from accounts.people.models import Hat
from core.database import db, upsert
from library.collections import queries
from library.collections.errors import (
    CollectionChanged,
    CollectionFull,
    KeepsASearch,
    NoteChanged,
    NotYourTier,
)
from library.collections.models import (
    LONGEST_NOTE,
    Collection,
    CollectionEntry,
    CollectionKind,
    Picture,
    Tone,
)
from library.collections.policy import tiers_of
from library.resources.models import Tier

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Description:
    """What a collection says about itself."""

    title: str
    description: str = ""
    tier: Tier = Tier.PERSONAL
    subject_id: int | None = None
    grade_from: int = 1
    grade_to: int = 12
    tone: Tone = Tone.JADE
    picture: Picture = Picture.FOLDER


def make(
    hat: Hat, said: Description, *, search: Mapping[str, Any] | None = None, now: datetime
) -> Collection:
    """Begin a collection that only its curators see; with *search* it keeps that search.

    Raises:
        NotYourTier: *hat* makes none for this circle.
    """
    collection = Collection(
        kind=CollectionKind.SMART if search else CollectionKind.CURATED,
        search=dict(search or {}),
        created_by_id=hat.person_id,
        version=1,
        created_at=now,
    )
    _say(collection, said, hat, now)
    db.session.add(collection)
    db.session.flush()
    return collection


def make_of(hat: Hat, notes: Mapping[int, str], title: str, *, now: datetime) -> Collection:
    """Begin a personal collection of resources in the order of *notes*, each with its note.

    Raises:
        CollectionFull: there is no room for them.
    """
    made = make(hat, Description(title=title), now=now)
    add(made, list(notes), now=now)
    for entry in db.session.scalars(queries.all_entries_of(made.id)):
        entry.note = notes[entry.resource_id]
    return made


def change(collection: Collection, said: Description, *, version: int, hat: Hat, now: datetime) -> None:
    """Say something else about a collection.

    Raises:
        CollectionChanged: it is not *version* any more.
        NotYourTier: *hat* may not hand it to this circle.
    """
    if version != collection.version:
        raise CollectionChanged
    _say(collection, said, hat, now)
    collection.version += 1


def _say(collection: Collection, said: Description, hat: Hat, now: datetime) -> None:
    if said.tier is not collection.tier:
        # A personal one may be given to the school; what belongs to the school is nobody's to take home.
        if said.tier not in tiers_of(hat) or collection.tier not in {None, Tier.PERSONAL}:
            raise NotYourTier
        collection.tier = said.tier
        collection.organisation_id = None if said.tier is Tier.PERSONAL else hat.organisation_id
    for name in ("title", "description", "subject_id", "grade_from", "grade_to", "tone", "picture"):
        setattr(collection, name, getattr(said, name))
    collection.updated_at = now


def add(collection: Collection, resource_ids: Sequence[int], *, now: datetime) -> int:
    """Put resources at the end, those that are not in it; returns how many that were.

    Raises:
        KeepsASearch: the collection has no list of its own.
        CollectionFull: there is no room for them.
    """
    if collection.kind is CollectionKind.SMART:
        raise KeepsASearch
    there = {one.resource_id for one in db.session.scalars(queries.all_entries_of(collection.id))}
    fresh = [one for one in dict.fromkeys(resource_ids) if one not in there]
    if len(there) + len(fresh) > MOST_ENTRIES:
        raise CollectionFull(most=MOST_ENTRIES)
    last = db.session.scalar(
        select(func.max(CollectionEntry.position)).where(CollectionEntry.collection_id == collection.id)
    )
    upsert(
        CollectionEntry,
        [
            {
                "collection_id": collection.id,
                "resource_id": one,
                "position": position,
                "note": "",
                "version": 1,
                "removed_at": None,
            }
            for position, one in enumerate(fresh, start=(last or 0) + 1)
        ],
        keys=("collection_id", "resource_id"),
        update=("position", "removed_at"),
    )
    collection.updated_at = now
    return len(fresh)


def move(collection: Collection, entry: CollectionEntry, steps: int, *, now: datetime) -> None:
    """Move an entry by *steps* places: -1 is one up."""
    entries = list(db.session.scalars(queries.all_entries_of(collection.id)))
    place = entries.index(entry)
    entries.insert(max(0, min(place + steps, len(entries) - 1)), entries.pop(place))
    for position, one in enumerate(entries, start=1):
        one.position = position
    collection.updated_at = now


def note(entry: CollectionEntry, text: str, *, version: int) -> None:
    """Say what an entry is for.

    Raises:
        NoteChanged: the note is not *version* any more.
    """
    said = " ".join(text.split())[:LONGEST_NOTE]
    if said == entry.note:
        return
    if version != entry.version:
        raise NoteChanged(note=entry.note)
    entry.note = said
    entry.version += 1


def take_out(entry: CollectionEntry, *, now: datetime) -> None:
    """Take an entry out; ``put_back`` brings it back with its place and note."""
    entry.removed_at = now


def put_back(collection: Collection, resource_id: int) -> None:
    """Undo ``take_out``; nothing happens where there is nothing to undo."""
    gone = db.session.scalar(
        select(CollectionEntry).where(
            CollectionEntry.collection_id == collection.id, CollectionEntry.resource_id == resource_id
        )
    )
    if gone is not None:
        gone.removed_at = None


def share(collection: Collection, *, now: datetime) -> None:
    """Let those see it for whom it is made.

    Raises:
        NotYourTier: it is personal, so there is nobody to share it with.
    """
    if collection.tier is Tier.PERSONAL:
        raise NotYourTier
    collection.shared_at = collection.shared_at or now


def unshare(collection: Collection) -> None:
    """Show it to its curators only."""
    collection.shared_at = None


def remove(collection: Collection, *, now: datetime) -> None:
    """Take a collection away; ``restore`` brings it back."""
    collection.removed_at = now


def restore(collection: Collection) -> None:
    """Undo ``remove``."""
    collection.removed_at = None


def freeze(
    hat: Hat, smart: Collection, resource_ids: Sequence[int], title: str, *, now: datetime
) -> Collection:
    """Make a personal curated collection of what a kept search finds now; the search stays."""
    said = Description(
        title=title,
        description=smart.description,
        subject_id=smart.subject_id,
        grade_from=smart.grade_from,
        grade_to=smart.grade_to,
        tone=smart.tone,
        picture=smart.picture,
    )
    made = make(hat, said, now=now)
    add(made, resource_ids[:MOST_ENTRIES], now=now)
    return made
