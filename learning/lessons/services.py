"""Make a micro-lesson, describe it, and let pupils see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select

from accounts.people.models import Hat
from core.database import db, publish
from learning.lessons.captions import read_captions, write_captions
from learning.lessons.errors import BadMoment, ChangedMeanwhile, NoSuchItem, NotForVideos, NotReady
from learning.lessons.models import Chapter, Checkpoint, MicroLesson, TextTrack, TrackKind
from learning.lessons.moments import ChapterLine, write_moment
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.models import Item, ItemVersion
from library.media.models import MediaAsset, MediaState
from library.resources.events import ResourcesChanged
from library.resources.history import snapshot
from library.resources.models import Resource, ResourceKind, ResourcePoint, ReviewState, Tier
from library.resources.queries import items_visible_to
from library.review import services as review

SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a lesson's library entry says."""

    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"
    subject_id: int | None = None
    grade_from: int
    grade_to: int
    unit_id: int | None = None
    difficulty: float | None = None
    author: str = ""
    licence: str = ""
    source: str = ""
    tier: Tier = Tier.SCHOOL
    organisation_id: int | None = None
    """Whose collection it stands in; None for public ones."""


@dataclass(frozen=True, slots=True)
class Track:
    """Captions to attach, in WebVTT or SubRip."""

    language: str
    text: str
    kind: TrackKind = TrackKind.CAPTIONS


def create_lesson(
    asset: MediaAsset,
    details: Details,
    *,
    created_by_id: int | None,
    now: datetime,
    identifier: str | None = None,
) -> MicroLesson:
    """Make a lesson of a video, as a draft that only its author sees."""
    resource = Resource(
        identifier=identifier or f"lesson-{uuid4()}",
        kind=ResourceKind.MICRO_LESSON,
        review_state=ReviewState.DRAFT,
        created_by_id=created_by_id,
        created_at=now,
        updated_at=now,
        keywords=[],
    )
    _write(resource, details)
    db.session.add(resource)
    db.session.flush()
    lesson = MicroLesson(resource=resource, asset=asset, created_at=now)
    db.session.add(lesson)
    db.session.flush()
    return lesson


def describe(
    lesson: MicroLesson,
    details: Details,
    *,
    changed_by_id: int | None,
    version: int | None = None,
    now: datetime,
) -> None:
    """Change what the lesson's library entry says, and keep what it said before.

    Raises:
        ChangedMeanwhile: the form showed another *version* of it.
    """
    resource = lesson.resource
    if version is not None and resource.version != version:
        raise ChangedMeanwhile
    db.session.add(snapshot(resource, changed_by_id=changed_by_id, now=now))
    _write(resource, details)
    resource.updated_at = now
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def set_points(lesson: MicroLesson, point_ids: Sequence[int]) -> None:
    """Say which knowledge points the lesson is about."""
    db.session.execute(delete(ResourcePoint).where(ResourcePoint.resource_id == lesson.resource_id))
    db.session.add_all(
        ResourcePoint(resource_id=lesson.resource_id, point_id=point_id)
        for point_id in dict.fromkeys(point_ids)
    )
    db.session.flush()


def set_chapters(lesson: MicroLesson, chapters: Sequence[ChapterLine]) -> None:
    """Replace the lesson's chapters."""
    db.session.execute(delete(Chapter).where(Chapter.lesson_id == lesson.id))
    db.session.add_all(
        Chapter(lesson_id=lesson.id, start_seconds=one.start_seconds, title=one.title, title_en=one.title_en)
        for one in chapters
    )
    db.session.flush()


def attach_tracks(lesson: MicroLesson, tracks: Sequence[Track]) -> None:
    """Attach captions; those of the same language and kind are replaced.

    Raises:
        BadCaptions: a text cannot be read; the line stands in the details.
        EmptyCaptions: a text has no cue.
    """
    for one in tracks:
        text = write_captions(read_captions(one.text))
        remove_track(lesson, one.language, one.kind)
        db.session.add(TextTrack(lesson_id=lesson.id, kind=one.kind, language=one.language, text=text))
    db.session.flush()


def remove_track(lesson: MicroLesson, language: str, kind: TrackKind = TrackKind.CAPTIONS) -> None:
    """Take captions away."""
    db.session.execute(
        delete(TextTrack).where(
            TextTrack.lesson_id == lesson.id, TextTrack.language == language, TextTrack.kind == kind
        )
    )


def add_checkpoint(
    lesson: MicroLesson, at_seconds: float, item_id: int, *, author: Hat | None, is_required: bool = True
) -> Checkpoint:
    """Ask an item at a second of the video; without an *author*, any item of the whole library.

    Raises:
        BadMoment: the second lies behind the end.
        NoSuchItem: there is no such item for the author.
        NotForVideos: a person has to mark the item.
    """
    length = lesson.asset.duration_seconds
    if length is not None and at_seconds > length:
        raise BadMoment(text=write_moment(at_seconds))
    items = select(Item) if author is None else items_visible_to(author)
    item = db.session.scalar(items.where(Item.id == item_id))
    version = db.session.get(ItemVersion, item.current_version_id) if item else None
    if version is None:
        raise NoSuchItem(item=item_id)
    if version.kind not in MARKED_BY_MACHINE:
        raise NotForVideos(item=item_id)
    checkpoint = Checkpoint(
        lesson_id=lesson.id, at_seconds=at_seconds, item_id=item_id, is_required=is_required
    )
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint


def remove_checkpoint(lesson: MicroLesson, checkpoint_id: int) -> None:
    """Ask it no more; answers that were given stay."""
    db.session.execute(
        delete(Checkpoint).where(Checkpoint.id == checkpoint_id, Checkpoint.lesson_id == lesson.id)
    )


def release(lesson: MicroLesson, *, now: datetime) -> None:
    """Publish the lesson without review: one's own, or what comes from elsewhere.

    Raises:
        NotReady: its video is not playable.
    """
    _measure(lesson)
    resource = lesson.resource
    resource.review_state, resource.updated_at = ReviewState.PUBLISHED, now
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))


def submit(lesson: MicroLesson, by: Hat, *, now: datetime) -> None:
    """Ask the school to take the lesson into its collection.

    Raises:
        NotReady: its video is not playable.
        UnderReview: it was submitted already.
        AtTheTop: there is no level above.
    """
    _measure(lesson)
    review.submit(lesson.resource, by, now=now)


def withdraw(lesson: MicroLesson, *, now: datetime) -> None:
    """Hide the lesson from everyone but its author."""
    lesson.resource.review_state, lesson.resource.updated_at = ReviewState.WITHDRAWN, now
    db.session.flush()
    publish(ResourcesChanged((lesson.resource_id,)))


def replace_video(lesson: MicroLesson, asset: MediaAsset) -> None:
    """Play another video, for example when the first could not be read."""
    lesson.asset = asset
    db.session.flush()


def _measure(lesson: MicroLesson) -> None:
    if lesson.asset.state is not MediaState.READY:
        raise NotReady
    lesson.resource.minutes = round((lesson.asset.duration_seconds or 0) / SECONDS_PER_MINUTE, 1)


def _write(resource: Resource, details: Details) -> None:
    if resource.tier is Tier.PERSONAL and details.tier is not Tier.PERSONAL:
        # Published for oneself is not reviewed: the school's collection is entered through review.
        resource.review_state = ReviewState.DRAFT
    resource.title, resource.description = details.title, details.description
    resource.keywords, resource.language = list(details.keywords), details.language
    resource.subject_id, resource.unit_id = details.subject_id, details.unit_id
    resource.grade_from, resource.grade_to = details.grade_from, details.grade_to
    resource.difficulty, resource.author = details.difficulty, details.author
    resource.licence, resource.source = details.licence, details.source
    resource.tier, resource.organisation_id = details.tier, details.organisation_id
