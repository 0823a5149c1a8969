"""Statements are stored once; the day is counted up."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from learning.records import services
from learning.records.models import DailyActivity, Statement
from learning.records.services import Record
from learning.records.verbs import ObjectType, Verb
from tests.factories.accounts import make_person


def test_a_repeated_statement_is_stored_once(session: Session, now: datetime) -> None:
    person = make_person()
    record = Record(
        uuid=uuid4(),
        actor_id=person.id,
        verb=Verb.PLAYED,
        object_type=ObjectType.LESSON,
        object_id=1,
        timestamp=now,
    )
    services.record_statement(record, now=now)
    services.record_statement(record, now=now + timedelta(hours=1))
    stored = session.scalars(select(Statement)).one()
    assert (stored.actor_id, stored.verb, stored.stored_at) == (person.id, Verb.PLAYED.value, now)


def test_the_day_adds_up_and_keeps_what_is_not_counted_now(session: Session, now: datetime) -> None:
    person, other = make_person(), make_person("王小明")
    services.count_activity(person.id, now, answers=1, correct_answers=1)
    services.count_activity(person.id, now + timedelta(minutes=5), answers=2, watched_seconds=12.5)
    services.count_activity(other.id, now, answers=7)
    day = session.scalars(select(DailyActivity).where(DailyActivity.person_id == person.id)).one()
    assert (day.answers, day.correct_answers, day.watched_seconds, day.opened) == (3, 1, 12.5, 0)


def test_a_school_day_ends_at_midnight_in_beijing(session: Session, now: datetime) -> None:
    person = make_person()
    late, after_midnight = now.replace(hour=15, minute=59), now.replace(hour=16, minute=1)
    services.count_activity(person.id, late, opened=1)
    services.count_activity(person.id, after_midnight, opened=1)
    days = session.scalars(select(DailyActivity.day).order_by(DailyActivity.day)).all()
    assert [day.day for day in days] == [7, 8]


def test_opening_a_resource_leaves_a_statement_and_counts(session: Session, now: datetime) -> None:
    person = make_person()
    services.opened(person.id, 5, now=now)
    assert session.scalars(select(Statement.verb)).all() == [Verb.OPENED.value]
    assert session.scalars(select(DailyActivity.opened)).all() == [1]
