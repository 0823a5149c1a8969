"""An answer is marked once and kept once, whatever the line does."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import db, transaction
from core.events import subscribe
from learning.attempts import services
from learning.attempts.errors import DifferentAnswer
from learning.attempts.events import Answered
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import NewAttempt
from learning.records.models import DailyActivity, Statement
from learning.records.verbs import Verb
from library.items.models import ItemKind, ItemVersion
from library.items.variants import pose
from tests.factories.accounts import make_person
from tests.factories.library import make_version

RIGHT, WRONG = {"choices": ["B"]}, {"choices": ["A"]}


def answer(
    person_id: int,
    version: ItemVersion,
    response: dict[str, object],
    now: datetime,
    key: UUID | None = None,
) -> Attempt:
    return services.record_attempt(person_id, new(version, response, key), now=now)


def new(version: ItemVersion, response: dict[str, object], key: UUID | None = None) -> NewAttempt:
    return NewAttempt(
        question=pose(version, None),
        response=response,
        context=AttemptContext.PRACTICE,
        context_id=1,
        client_key=key or uuid4(),
        seconds=12.3,
    )


def test_an_answer_is_marked_and_counted(session: Session, now: datetime) -> None:
    person = make_person()
    version = make_version()
    right, wrong = answer(person.id, version, RIGHT, now), answer(person.id, version, WRONG, now)
    assert (right.score, right.is_correct) == (1, True)
    assert (wrong.score, wrong.is_correct) == (0, False)
    day = session.scalars(select(DailyActivity)).one()
    assert (day.answers, day.correct_answers) == (2, 1)


def test_a_statement_says_who_answered_what_and_how_well(session: Session, now: datetime) -> None:
    person, version = make_person(), make_version()
    attempt = answer(person.id, version, RIGHT, now)
    statement = session.scalars(select(Statement)).one()
    assert (statement.actor_id, statement.verb) == (person.id, Verb.ANSWERED.value)
    assert (statement.object_type, statement.object_id) == ("item", version.item_id)
    assert statement.uuid == attempt.client_key
    assert statement.result["success"] is True
    assert statement.result["score"] == {"scaled": 1.0}
    assert statement.result["duration"] == "PT12.3S"


def test_the_same_answer_under_the_same_key_is_the_same_attempt(session: Session, now: datetime) -> None:
    person, version, key = make_person(), make_version(), uuid4()
    first = answer(person.id, version, RIGHT, now, key)
    assert answer(person.id, version, RIGHT, now, key) is first
    assert session.scalars(select(DailyActivity.answers)).all() == [1]


def test_another_answer_under_the_same_key_is_refused(session: Session, now: datetime) -> None:
    person, version, key = make_person(), make_version(), uuid4()
    answer(person.id, version, RIGHT, now, key)
    with pytest.raises(DifferentAnswer):
        answer(person.id, version, WRONG, now, key)


def test_nobody_reads_another_persons_answer_by_its_key(session: Session, now: datetime) -> None:
    version, key = make_version(), uuid4()
    answer(make_person().id, version, RIGHT, now, key)
    with pytest.raises(DifferentAnswer):
        answer(make_person("王小明").id, version, RIGHT, now, key)


def test_a_photo_waits_for_a_person_to_mark_it(session: Session, now: datetime) -> None:
    person = make_person()
    attempt = answer(person.id, make_version(ItemKind.PHOTO), {"photos": ["0" * 64]}, now)
    assert (attempt.score, attempt.is_correct) == (None, None)
    assert session.scalars(select(DailyActivity.correct_answers)).all() == [0]


def test_upper_floors_hear_of_it_once(context: Flask, now: datetime) -> None:
    heard: list[Answered] = []
    subscribe(context, Answered, heard.append)
    key = uuid4()
    with transaction():
        person, version = make_person(), make_version()
        person_id, version_id = person.id, version.id
        attempt_id = answer(person_id, version, RIGHT, now, key).id
    with transaction():
        answer(person_id, db.session.get_one(ItemVersion, version_id), RIGHT, now, key)
    assert heard == [Answered((attempt_id,), person_id, AttemptContext.PRACTICE)]


def test_of_answers_given_in_one_go_only_the_new_ones_are_told(context: Flask, now: datetime) -> None:
    heard: list[Answered] = []
    subscribe(context, Answered, heard.append)
    with transaction():
        person_id, version = make_person().id, make_version()
        first, *others = [new(version, response) for response in (RIGHT, WRONG, RIGHT)]
        kept = services.record_attempt(person_id, first, now=now).id
    with transaction():
        attempts = services.record_attempts(person_id, [others[0], first, others[1]], now=now)
        ids = [one.id for one in attempts]
        assert [one.is_correct for one in attempts] == [False, True, True]
        day = db.session.scalars(select(DailyActivity)).one()
        assert (day.answers, day.correct_answers) == (3, 2)
        assert len(db.session.scalars(select(Statement)).all()) == 3
    assert ids[1] == kept
    assert [one.attempt_ids for one in heard] == [(kept,), (ids[0], ids[2])]
