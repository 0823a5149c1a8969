"""Lessons and playback for programs, our own player among them."""

from datetime import datetime

from apiflask import APIBlueprint
from flask import url_for

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from learning.attempts.asking import asked_of
from learning.attempts.models import AttemptContext
from learning.lessons import queries as lessons
from learning.lessons.models import MicroLesson
from learning.lessons.policy import may_learn
from learning.playback import queries, services
from learning.playback.schemas import (
    CaptionsOut,
    ChapterOut,
    CheckpointOut,
    LessonOut,
    MediaOut,
    OutcomeOut,
    PlaybackIn,
    PlaybackOut,
)
from library.items.interactions import public_interaction
from library.items.queries import current_versions
from library.media.addresses import media_base
from library.media.tokens import LIFETIME

bp = APIBlueprint("playback_api", __name__, url_prefix="/api/v1", tag="Learning")


@bp.get("/lessons/<int:lesson_id>")
@bp.output(LessonOut)
@bp.doc(summary="A lesson, and how far I am in it", responses={404: "There is none that is yours to see."})
@allow(anyone_signed_in)
def lesson(lesson_id: int) -> LessonOut:
    """A lesson with its chapters, questions, captions and video addresses."""
    hat = current_hat()
    return _told(find(lessons.openable_by(hat).where(MicroLesson.id == lesson_id)), hat)


@bp.get("/lessons/of-resource/<int:resource_id>")
@bp.output(LessonOut)
@bp.doc(
    summary="The lesson that a resource of the library is",
    description="Answers as `GET /lessons/{id}`, for who knows the resource from a search or a suggestion.",
    responses={404: "The resource is no lesson, or none that is yours to see."},
)
@allow(anyone_signed_in)
def lesson_of_resource(resource_id: int) -> LessonOut:
    """A lesson by its resource."""
    hat = current_hat()
    return _told(find(lessons.openable_by(hat).where(MicroLesson.resource_id == resource_id)), hat)


@bp.post("/playback")
@bp.input(PlaybackIn, arg_name="batch")
@bp.output(PlaybackOut)
@bp.doc(
    summary="Report what was played",
    description=(
        "Takes a batch of played intervals, validates each against the clock, and answers what became of "
        "it. May be sent again: an interval is counted once. The registration that `GET /lessons/{id}` gave "
        "is enough, from the first report on: it leads back to its lesson."
    ),
    responses={404: "The registration is not yours, or leads to no lesson that is."},
)
@allow(may_learn)
def report(batch: PlaybackIn) -> PlaybackOut:
    """Count what was played."""
    hat = current_hat()
    with transaction():
        now = clock.now()
        found = _lesson_of(batch, hat)
        registration = services.begin(hat.person_id, found, batch.registration, now=now)
        played = services.play(
            registration,
            found,
            [one.interval() for one in batch.intervals],
            sent_at=batch.sent_at,
            now=now,
        )
        return _answer(played, found)


def _told(found: MicroLesson, hat: Hat) -> LessonOut:
    lesson_id = found.id
    begun = db.session.scalar(queries.latest_of(hat.person_id, lesson_id)) if may_learn(hat) else None
    return LessonOut(
        id=found.id,
        resource_id=found.resource_id,
        title=found.resource.title,
        description=found.resource.description,
        duration=found.asset.duration_seconds or 0.0,
        registration=services.registration_uuid(hat.person_id, lesson_id) if may_learn(hat) else None,
        position=begun.position_seconds if begun else 0.0,
        seen=begun.seen if begun else [],
        seen_seconds=begun.seen_seconds if begun else 0.0,
        completion_share=found.completion_share,
        completed_at=begun.completed_at if begun else None,
        chapters=[
            ChapterOut(start=one.start_seconds, title=one.title, title_en=one.title_en)
            for one in db.session.scalars(lessons.chapters_of(lesson_id))
        ],
        checkpoints=_checkpoints(hat, lesson_id),
        captions=[
            CaptionsOut(
                language=one.language,
                url=url_for("lessons.captions", lesson_id=lesson_id, language=one.language),
            )
            for one in db.session.scalars(lessons.tracks_of(lesson_id))
        ],
        media=_media(found, hat, clock.now()),
    )


def _lesson_of(batch: PlaybackIn, hat: Hat) -> MicroLesson:
    lesson_id = batch.lesson_id
    if lesson_id is None:
        lesson_id = services.lesson_id_of(hat.person_id, batch.registration)
    found: MicroLesson = find(lessons.openable_by(hat).where(MicroLesson.id == lesson_id))
    return found


def _answer(played: services.Played, found: MicroLesson) -> PlaybackOut:
    registration = played.registration
    return PlaybackOut(
        registration=registration.uuid,
        results=[OutcomeOut(id=one.id, verdict=one.verdict, reason=one.reason) for one in played.outcomes],
        seen=registration.seen,
        seen_seconds=registration.seen_seconds,
        share_seen=services.share_seen(registration, found),
        completed_at=registration.completed_at,
    )


def _checkpoints(hat: Hat, lesson_id: int) -> list[CheckpointOut]:
    asked = list(db.session.scalars(lessons.checkpoints_of(lesson_id)))
    wordings = {
        version.item_id: version
        for version in db.session.scalars(current_versions([one.item_id for one in asked]))
    }
    answered = set(db.session.scalars(queries.answered_items(hat.person_id, lesson_id)))
    return [
        CheckpointOut(
            id=one.id,
            at=one.at_seconds,
            is_required=one.is_required,
            is_answered=one.item_id in answered,
            question=public_interaction(
                asked_of(wordings[one.item_id], hat.person_id, AttemptContext.LESSON, lesson_id)
            ),
        )
        for one in asked
        if one.item_id in wordings
    ]


def _media(found: MicroLesson, hat: Hat, now: datetime) -> MediaOut:
    base, made = media_base(found.asset, hat.person_id, now), found.asset.renditions
    return MediaOut(
        master=base + made.get("master", "master.m3u8"),
        poster=base + made.get("poster", "poster.jpg"),
        thumbnails=base + made["thumbnails"] if "thumbnails" in made else None,
        sound=base + made["sound"] if "sound" in made else None,
        expires_at=now + LIFETIME,
    )
