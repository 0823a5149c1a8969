"""Make and change the resources of a school."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db, publish
from library.media.models import MediaState
from library.resources import queries
from library.resources.errors import ChangedMeanwhile, FileNotReady, WordsMissing
from library.resources.events import ResourcesChanged
from library.resources.history import snapshot
from library.resources.models import Resource, ResourceBody, ResourceKind, ResourcePoint, ReviewState, Tier


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
    text: str = ""
    url: str = ""
    point_ids: frozenset[int] = frozenset()


def make(kind: ResourceKind, wording: Wording, *, author: Hat, now: datetime) -> Resource:
    """Add a draft to the collection of the author's school."""
    resource = Resource(
        identifier=f"school-{uuid4()}",
        kind=kind,
        keywords=[],
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


def release(resource: Resource, *, now: datetime) -> None:
    """Let the school's pupils find *resource*.

    Raises:
        FileNotReady: its file is not there for them yet.
        WordsMissing: it is a picture that is not described.
    """
    check_complete(resource)
    _put(resource, ReviewState.PUBLISHED, now)


def withdraw(resource: Resource, *, now: datetime) -> None:
    """Let pupils find *resource* no more; its versions stay."""
    _put(resource, ReviewState.WITHDRAWN, now)


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


def _put(resource: Resource, state: ReviewState, now: datetime) -> None:
    if resource.review_state is state:
        return
    resource.review_state = state
    resource.updated_at = now
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def _write(resource: Resource, wording: Wording, now: datetime) -> None:
    for name in ("title", "description", "subject_id", "grade_from", "grade_to", "minutes", "licence"):
        setattr(resource, name, getattr(wording, name))
    resource.updated_at = now


def _set_points(resource: Resource, point_ids: frozenset[int]) -> None:
    db.session.execute(delete(ResourcePoint).where(ResourcePoint.resource_id == resource.id))
    db.session.add_all(
        ResourcePoint(resource_id=resource.id, point_id=point_id) for point_id in sorted(point_ids)
    )
