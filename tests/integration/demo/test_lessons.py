"""A film on its way into the platform: drawn, uploaded, transcoded, published and watched."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from demo import media
from demo.city import build_city
from demo.fonts import NoChineseFont, font
from demo.lessons.catalogue import FILMS
from demo.lessons.film import Film
from demo.media import identifier_of, make_lessons
from demo.shelf import fill_shelf
from learning.lessons.captions import read_captions
from learning.lessons.models import Chapter, Checkpoint, MicroLesson, TextTrack
from learning.playback.models import PlayedInterval, Registration
from learning.records.models import Statement
from library.items.models import ItemVersion
from library.media.models import MediaState
from library.resources.models import Resource, ReviewState

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEED = 2026
SCENE_SECONDS = 1.5


def shortened(film: Film) -> Film:
    """The same film with all its scenes, each over in a moment."""
    scenes = tuple(
        replace(
            scene,
            seconds=SCENE_SECONDS,
            motion=tuple(second * SCENE_SECONDS / scene.seconds for second in scene.motion),
        )
        for scene in film.scenes
    )
    return replace(film, scenes=scenes)


@pytest.fixture
def film(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Film:
    """The only film of a small city, begun with and not finished."""
    try:
        font(40)
    except NoChineseFont:
        pytest.skip("no Chinese font on this machine")
    short = shortened(next(one for one in FILMS if one.slug == "balance"))
    monkeypatch.setattr(media, "FILMS", (short,))
    with transaction():
        build_city(seed=SEED, scale=0.1, now=TUESDAY)
        fill_shelf(SEED, now=TUESDAY)
    return short


def test_a_film_becomes_a_lesson_that_plays_asks_and_has_been_watched(film: Film) -> None:
    steps: list[tuple[int, int]] = []
    make_lessons(SEED, now=TUESDAY, on_progress=lambda done, of: steps.append((done, of)))

    named = Resource.identifier == identifier_of(film)
    resource = db.session.scalars(select(Resource).where(named)).one()
    lesson = db.session.scalars(select(MicroLesson).where(MicroLesson.resource_id == resource.id)).one()
    assert resource.review_state is ReviewState.PUBLISHED
    assert lesson.asset.state is MediaState.READY
    assert lesson.asset.duration_seconds == pytest.approx(film.seconds, abs=0.5)
    assert set(lesson.asset.renditions["rungs"]) >= {"240p", "480p"}
    assert {"master", "poster", "sound"} <= set(lesson.asset.renditions)
    tracks = db.session.scalars(select(TextTrack).where(TextTrack.lesson_id == lesson.id)).all()
    assert {track.language for track in tracks} == {"zh-CN", "en"}
    assert all(read_captions(track.text) for track in tracks)
    chapters = db.session.scalars(select(Chapter.start_seconds).where(Chapter.lesson_id == lesson.id))
    assert sorted(chapters) == [at for at, _ in film.chapters()]
    checkpoint = db.session.scalars(select(Checkpoint).where(Checkpoint.lesson_id == lesson.id)).one()
    assert checkpoint.at_seconds == film.question_at
    asked = select(ItemVersion).where(ItemVersion.item_id == checkpoint.item_id)
    assert db.session.scalars(asked).one().prompt
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)

    watched = select(Registration).where(Registration.lesson_id == lesson.id)
    registrations = db.session.scalars(watched).all()
    assert registrations
    for one in registrations:
        assert 0 < one.seen_seconds <= film.seconds
        assert one.updated_at < TUESDAY
    assert any(one.completed_at for one in registrations)
    intervals = db.session.scalar(select(func.count()).select_from(PlayedInterval))
    assert intervals is not None
    assert intervals >= len(registrations)
    assert db.session.scalar(select(func.count()).select_from(Statement)) >= intervals

    before = (len(registrations), intervals, db.session.scalar(select(func.count()).select_from(Resource)))
    make_lessons(SEED, now=TUESDAY, on_progress=lambda _done, _of: None)
    assert before == (
        len(db.session.scalars(watched).all()),
        db.session.scalar(select(func.count()).select_from(PlayedInterval)),
        db.session.scalar(select(func.count()).select_from(Resource)),
    )
