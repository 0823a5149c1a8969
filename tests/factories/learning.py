"""Micro-lessons and what learners do, for tests. Call inside an open transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from accounts.people.models import Person
from learning.attempts.asking import asked_of
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import NewAttempt, record_attempt
from learning.lessons import services as lessons
from learning.lessons.models import MicroLesson
from learning.playback import services as playback
from learning.playback.intervals import Interval
from learning.playback.models import Registration
from library.curriculum.models import KnowledgePoint
from library.items.models import ItemVersion
from library.media.models import MediaAsset
from library.resources.models import ReviewState, Tier
from tests.factories.library import MADE_AT, make_subject
from tests.factories.media import make_video_asset


def make_lesson(
    title: str = "一元一次方程的解法",
    *,
    asset: MediaAsset | None = None,
    created_by: Person | None = None,
    points: Sequence[KnowledgePoint] = (),
    published: bool = True,
    tier: Tier = Tier.PUBLIC,
) -> MicroLesson:
    """A published public lesson of 100 seconds, unless the arguments say otherwise."""
    details = lessons.Details(title=title, subject_id=make_subject().id, grade_from=7, grade_to=7, tier=tier)
    lesson = lessons.create_lesson(
        asset or make_video_asset(created_by),
        details,
        created_by_id=created_by.id if created_by else None,
        now=MADE_AT,
    )
    lessons.set_points(lesson, [point.id for point in points])
    if published:
        lesson.resource.review_state = ReviewState.PUBLISHED
    return lesson


def make_registration(person: Person, lesson: MicroLesson, *, now: datetime) -> Registration:
    """The person's way through the lesson, begun now."""
    return playback.begin(person.id, lesson, uuid4(), now=now)


def make_interval(start: float, end: float, *, until: datetime, rate: float = 1.0) -> Interval:
    """A stretch that was honestly played, up to *until*."""
    return Interval(uuid4(), start, end, rate, until - timedelta(seconds=(end - start) / rate), until)


def make_attempt(
    person: Person,
    version: ItemVersion,
    response: dict[str, object],
    *,
    context: AttemptContext = AttemptContext.PRACTICE,
    context_id: int | None = None,
    client_key: UUID | None = None,
    seconds: float | None = None,
    now: datetime,
) -> Attempt:
    """An answer of the person."""
    new = NewAttempt(
        question=asked_of(version, person.id, context, context_id),
        response=response,
        context=context,
        context_id=context_id,
        client_key=client_key or uuid4(),
        seconds=seconds,
    )
    return record_attempt(person.id, new, now=now)
