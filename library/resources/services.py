"""Make and change the resources of a school."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db, insert_if_absent, publish
from library.curriculum.models import Volume
from library.media.models import MediaState
from library.resources import queries
from library.resources.errors import ChangedMeanwhile, FileNotReady, WordsMissing
from library.resources.events import ResourcesChanged
from library.resources.history import snapshot
from library.resources.models import (
    EndUser,
    KeptResource,
    Resource,
    ResourceBody,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    StatedPoint,
    Tier,
)
from library.resources.words import difficulty_name

_COPIED = (
    "title", "description", "subject_id", "grade_from", "grade_to", "minutes", "licence", "language",
    "end_user", "pages",
)  # fmt: skip
"""The columns that take what a wording says as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a reading or a link says."""

    title: str
    description: str = ""
    subject_id: int | None = None
    grade_from: int
    grade_to: int
    minutes: float | None = None
    licence: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"
    volume_id: int | None = None
    unit_id: int | None = None
    end_user: EndUser = EndUser.LEARNER
    difficulty: float | None = None
    pages: int | None = None
    accessibility: tuple[str, ...] = ()
    text: str = ""
    url: str = ""
    point_ids: frozenset[int] = frozenset()


def make(kind: ResourceKind, wording: Wording, *, author: Hat, now: datetime) -> Resource:
    """Add a draft to the collection of the author's school."""
    resource = Resource(
        identifier=f"school-{uuid4()}",
        kind=kind,
        author=author.person.name,
        source=author.organisation.name,
        tier=Tier.SCHOOL,
        organisation_id=author.organisation_id,
        review_state=ReviewState.DRAFT,
        created_by_id=author.person_id,
        created_at=now,
    )
    _write(resource, wording, now)
    db.session.add(resource)
    db.session.flush()
    db.session.add(ResourceBody(resource_id=resource.id, text=wording.text, url=wording.url))
    _set_points(resource, wording.point_ids)
    publish(ResourcesChanged((resource.id,)))
    return resource


def change(resource: Resource, wording: Wording, *, version: int, changed_by_id: int, now: datetime) -> None:
    """Let *resource* say something else, and keep what it said.

    Raises:
        ChangedMeanwhile: it is no longer the *version* that was edited.
    """
    if resource.version != version:
        raise ChangedMeanwhile
    body = db.session.scalar(queries.body_of(resource.id))
    if body is None:
        body = ResourceBody(resource_id=resource.id, text="")
        db.session.add(body)
    former = snapshot(resource, changed_by_id=changed_by_id, now=now)
    former.content = former.content | {"text": body.text, "url": body.url}
    db.session.add(former)
    _write(resource, wording, now)
    body.text, body.url = wording.text, wording.url
    _set_points(resource, wording.point_ids)
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def place(resource: Resource, tier: Tier, organisation_id: int | None, *, now: datetime) -> None:
    """Let *resource* be found in a collection: a school's, a district's, the city's, or the public one."""
    resource.tier, resource.organisation_id = tier, organisation_id
    resource.review_state, resource.replaced_by_id = ReviewState.PUBLISHED, None
    _announce(resource, now)


def withdraw(resource: Resource, *, replaced_by_id: int | None = None, now: datetime) -> None:
    """Let *resource* be found no more; its versions stay, and another may stand for it."""
    resource.review_state, resource.replaced_by_id = ReviewState.WITHDRAWN, replaced_by_id
    _announce(resource, now)


def keep_open(resource_id: int, class_ids: Collection[int]) -> None:
    """Let these classes go on to open the resource when it is withdrawn: it was given to them before."""
    insert_if_absent(
        KeptResource, [{"resource_id": resource_id, "class_id": class_id} for class_id in sorted(class_ids)]
    )


def check_complete(resource: Resource) -> None:
    """Refuse to show others what is not whole.

    Raises:
        FileNotReady: its file is not there for them yet.
        WordsMissing: it is a picture that is not described.
    """
    states = db.session.scalars(queries.asset_states(resource.id)).all()
    if any(state is not MediaState.READY for state in states):
        raise FileNotReady
    body = db.session.scalar(queries.body_of(resource.id))
    if resource.kind is ResourceKind.IMAGE and states and not (body and body.text.strip()):
        raise WordsMissing


def _announce(resource: Resource, now: datetime) -> None:
    resource.updated_at = now
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def _write(resource: Resource, wording: Wording, now: datetime) -> None:
    counted = resource.pages if resource.kind in queries.UPLOADED_HERE else None
    for name in _COPIED:
        setattr(resource, name, getattr(wording, name))
    resource.pages = wording.pages or counted  # a file's are counted, perhaps while the form was open
    resource.keywords, resource.accessibility = list(wording.keywords), list(wording.accessibility)
    if difficulty_name(resource.difficulty) != difficulty_name(wording.difficulty):
        resource.difficulty = wording.difficulty  # else the finer figure that it came with stays
    _put_in_textbook(resource, wording.volume_id, wording.unit_id)
    resource.updated_at = now


def _put_in_textbook(resource: Resource, volume_id: int | None, unit_id: int | None) -> None:
    """Let it belong to a book or to none; an edition that is told without a book stays."""
    if volume_id is not None:
        resource.edition_id = db.session.get_one(Volume, volume_id).edition_id
    elif resource.volume_id is not None:
        resource.edition_id = None
    resource.volume_id, resource.unit_id = volume_id, unit_id if volume_id else None


def _set_points(resource: Resource, point_ids: frozenset[int]) -> None:
    """Let it be about these points; of a set, those that do not come from its questions are kept as such."""
    links: dict[type[ResourcePoint | StatedPoint], frozenset[int]] = {ResourcePoint: point_ids}
    if resource.kind in queries.ASKED_HERE:
        former = set(db.session.scalars(queries.point_ids_of(resource.id)))
        stated = set(db.session.scalars(queries.stated_points_of(resource.id)))
        links[StatedPoint] = (point_ids - former) | (point_ids & stated)
    for link, ids in links.items():
        db.session.execute(delete(link).where(link.resource_id == resource.id))
        db.session.add_all(link(resource_id=resource.id, point_id=point_id) for point_id in sorted(ids))
