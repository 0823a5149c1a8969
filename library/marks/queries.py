"""What a person has marked. What the person may not open any more is never among it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager

from accounts.people.models import Hat
from core.database import db
from library.marks.models import Favourite, TrayEntry
from library.resources.models import Resource, ResourceItem, ResourceKind
from library.resources.queries import is_among, visible_to


@dataclass(frozen=True, slots=True)
class Marks:
    """Which of some resources a person has marked, for the buttons beside each of them."""

    favourites: frozenset[int]
    tray: frozenset[int]
    tray_count: int
    """Of the whole tray."""
    has_tray: bool


def marks_of(hat: Hat, resource_ids: Collection[int]) -> Marks:
    """The marks of *hat*'s person on *resource_ids* and the size of the tray, in one query."""
    loved = select(literal("favourite").label("mark"), Favourite.resource_id.label("number")).where(
        Favourite.person_id == hat.person_id, Favourite.resource_id.in_(resource_ids)
    )
    if not hat.is_teacher:
        rows = list(db.session.execute(loved))
    else:
        put = in_tray(hat).with_only_columns(literal("tray"), TrayEntry.resource_id)
        count = in_tray(hat).with_only_columns(literal("count"), func.count())
        rows = list(
            db.session.execute(union_all(loved, put.where(TrayEntry.resource_id.in_(resource_ids)), count))
        )
    return Marks(
        favourites=frozenset(number for mark, number in rows if mark == "favourite"),
        tray=frozenset(number for mark, number in rows if mark == "tray"),
        tray_count=sum(number for mark, number in rows if mark == "count"),
        has_tray=hat.is_teacher,
    )


def favourites_of(hat: Hat, *, words: str = "", kind: ResourceKind | None = None) -> Select[Favourite]:
    """What *hat*'s person keeps and may open, narrowed by *words* of the title and by *kind*; in no order."""
    found = (
        select(Favourite)
        .join(Favourite.resource)
        .where(Favourite.person_id == hat.person_id, is_among(visible_to(hat), Favourite.resource_id))
        .options(contains_eager(Favourite.resource))
    )
    for word in words.split():
        found = found.where(
            or_(
                Resource.title.icontains(word, autoescape=True),
                Resource.description.icontains(word, autoescape=True),
            )
        )
    return found.where(Resource.kind == kind) if kind else found


def kinds_of_favourites(hat: Hat) -> Select[ResourceKind, int]:
    """How many favourites there are of each kind."""
    return (
        select(Resource.kind, func.count())
        .join(Favourite, Favourite.resource_id == Resource.id)
        .where(Favourite.person_id == hat.person_id, is_among(visible_to(hat), Favourite.resource_id))
        .group_by(Resource.kind)
    )


def in_tray(hat: Hat) -> Select[TrayEntry]:
    """What stands in the tray, in no order; also what the teacher may not open any more."""
    return select(TrayEntry).where(TrayEntry.person_id == hat.person_id, TrayEntry.removed_at.is_(None))


def tray_of(hat: Hat) -> Select[TrayEntry]:
    """What stands in the tray and may be opened, in the order of the lesson."""
    return (
        in_tray(hat)
        .join(TrayEntry.resource)
        .where(is_among(visible_to(hat), TrayEntry.resource_id))
        .options(contains_eager(TrayEntry.resource))
        .order_by(TrayEntry.position, TrayEntry.id)
    )


def entry_of(hat: Hat, resource_id: int) -> Select[TrayEntry]:
    """The entry of one resource in the tray, also one that was taken out a moment ago."""
    return select(TrayEntry).where(TrayEntry.person_id == hat.person_id, TrayEntry.resource_id == resource_id)


def asking(resource_ids: Collection[int]) -> Select[int]:
    """Those of the resources that ask questions, which can be assigned."""
    return select(ResourceItem.resource_id).where(ResourceItem.resource_id.in_(resource_ids)).distinct()
