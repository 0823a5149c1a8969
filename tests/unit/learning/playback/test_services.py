"""What a player reports is counted once, and never for more than the clock allows."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from learning.attempts.models import AttemptContext
from learning.lessons import services as lessons
from learning.playback import services
from learning.playback.errors import OtherLesson, UnknownRegistration
from learning.playback.intervals import Interval, Reason, Verdict
from learning.playback.models import PlayedInterval
from learning.records.models import DailyActivity, Statement
from learning.records.verbs import VIDEO, Verb
from tests.factories.accounts import make_person
from tests.factories.learning import make_attempt, make_interval, make_lesson, make_registration
from tests.factories.library import make_version

MINUTE = timedelta(minutes=1)


def test_a_batch_becomes_the_union_of_what_was_seen(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    batch = [make_interval(0, 20, until=now - MINUTE), make_interval(15, 30, until=now)]
    played = services.play(registration, lesson, batch, now=now)
    assert [one.verdict for one in played.outcomes] == [Verdict.ACCEPTED] * 2
    assert registration.seen == [[0, 30]]
    assert (registration.seen_seconds, registration.position_seconds) == (30, 30)


def test_what_is_sent_again_changes_nothing(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    batch = [make_interval(0, 20, until=now)]
    services.play(registration, lesson, batch, now=now)
    again = services.play(registration, lesson, batch, now=now + MINUTE)
    assert [one.verdict for one in again.outcomes] == [Verdict.DUPLICATE]
    assert session.scalar(select(func.count(PlayedInterval.uuid))) == 1
    assert session.scalar(select(func.count(Statement.id))) == 1
    assert session.scalars(select(DailyActivity.watched_seconds)).all() == [20]


def test_looping_ten_seconds_stays_ten_seconds(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    for times in range(30):
        services.play(
            registration,
            lesson,
            [make_interval(40, 50, until=now + times * MINUTE)],
            now=now + times * MINUTE,
        )
    assert registration.seen_seconds == 10
    assert session.scalars(select(DailyActivity.watched_seconds)).all() == [10]


def test_the_rest_of_a_batch_counts_when_one_interval_is_refused(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    lie = Interval(uuid4(), 0, 100, 1.0, now - timedelta(seconds=5), now)
    honest = make_interval(0, 10, until=now - MINUTE)
    played = services.play(registration, lesson, [lie, honest], now=now)
    assert [(one.verdict, one.reason) for one in played.outcomes] == [
        (Verdict.REFUSED, Reason.TOO_FAST),
        (Verdict.ACCEPTED, None),
    ]
    assert registration.seen_seconds == 10


def test_two_lessons_in_two_tabs_count_once(session: Session, now: datetime) -> None:
    pupil, one, other = make_person(), make_lesson(), make_lesson("另一课")
    services.play(make_registration(pupil, one, now=now), one, [make_interval(0, 20, until=now)], now=now)
    second = make_registration(pupil, other, now=now)
    played = services.play(second, other, [make_interval(0, 20, until=now)], now=now)
    assert [item.reason for item in played.outcomes] == [Reason.ELSEWHERE]
    assert second.seen_seconds == 0


def test_two_pupils_at_the_same_time_both_count(session: Session, now: datetime) -> None:
    lesson = make_lesson()
    for pupil in (make_person(), make_person("王小明")):
        registration = make_registration(pupil, lesson, now=now)
        services.play(registration, lesson, [make_interval(0, 20, until=now)], now=now)
        assert registration.seen_seconds == 20


def test_a_device_whose_clock_is_a_year_ahead_is_corrected(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    year = timedelta(days=365)
    services.play(registration, lesson, [make_interval(0, 20, until=now + year)], sent_at=now + year, now=now)
    assert session.scalars(select(PlayedInterval.wall_end)).one() == now


def test_what_was_watched_before_midnight_counts_for_that_day(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    yesterday = now - timedelta(days=1)
    services.play(registration, lesson, [make_interval(0, 20, until=yesterday)], now=now)
    assert session.scalars(select(DailyActivity.day)).one().day == 6


def test_a_statement_follows_the_video_profile(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    interval = make_interval(10, 30, until=now, rate=2)
    services.play(registration, lesson, [interval], now=now)
    statement = session.scalars(select(Statement)).one()
    assert (statement.uuid, statement.verb) == (interval.id, Verb.PLAYED.value)
    assert statement.registration == registration.uuid
    assert statement.result["duration"] == "PT10.0S"
    assert statement.result["extensions"] == {
        f"{VIDEO}time": 30,
        f"{VIDEO}played-segments": "10.000[.]30.000",
        f"{VIDEO}progress": 0.2,
    }


def test_a_lesson_is_done_when_enough_was_seen(session: Session, now: datetime) -> None:
    lesson, pupil = make_lesson(), make_person()
    registration = make_registration(pupil, lesson, now=now)
    services.play(registration, lesson, [make_interval(0, 79, until=now)], now=now)
    assert registration.completed_at is None
    later = now + MINUTE
    services.play(registration, lesson, [make_interval(79, 81, until=later)], now=later)
    assert registration.completed_at == later
    verbs = session.scalars(select(Statement.verb).order_by(Statement.id)).all()
    assert verbs[-1] == Verb.COMPLETED.value


def test_a_required_question_must_be_answered_first(session: Session, now: datetime) -> None:
    lesson, pupil, version = make_lesson(), make_person(), make_version()
    lessons.add_checkpoint(lesson, 50, version.item_id, author=None)
    registration = make_registration(pupil, lesson, now=now)
    services.play(registration, lesson, [make_interval(0, 100, until=now)], now=now)
    assert registration.completed_at is None
    make_attempt(
        pupil, version, {"choices": ["A"]}, context=AttemptContext.LESSON, context_id=lesson.id, now=now
    )
    services.complete_if_done(registration, lesson, now=now)
    assert registration.completed_at == now


def test_an_answer_elsewhere_does_not_open_the_lesson(session: Session, now: datetime) -> None:
    lesson, pupil, version = make_lesson(), make_person(), make_version()
    lessons.add_checkpoint(lesson, 50, version.item_id, author=None)
    registration = make_registration(pupil, lesson, now=now)
    services.play(registration, lesson, [make_interval(0, 100, until=now)], now=now)
    make_attempt(pupil, version, {"choices": ["B"]}, context_id=lesson.id, now=now)
    services.complete_if_done(registration, lesson, now=now)
    assert registration.completed_at is None


def test_nobody_goes_on_with_another_persons_registration(session: Session, now: datetime) -> None:
    lesson = make_lesson()
    registration = make_registration(make_person(), lesson, now=now)
    with pytest.raises(UnknownRegistration):
        services.begin(make_person("王小明").id, lesson, registration.uuid, now=now)


def test_a_registration_belongs_to_one_lesson(session: Session, now: datetime) -> None:
    pupil = make_person()
    registration = make_registration(pupil, make_lesson(), now=now)
    with pytest.raises(OtherLesson):
        services.begin(pupil.id, make_lesson("另一课"), registration.uuid, now=now)


def test_two_tabs_are_given_the_same_registration_before_the_first_second(
    session: Session, now: datetime
) -> None:
    lesson, pupil = make_lesson(), make_person()
    uuid = services.registration_uuid(pupil.id, lesson.id)
    assert services.registration_uuid(pupil.id, lesson.id) == uuid
    assert services.begin(pupil.id, lesson, uuid, now=now).uuid == uuid
    assert services.registration_uuid(pupil.id, lesson.id) == uuid
    assert services.registration_uuid(make_person().id, lesson.id) != uuid
