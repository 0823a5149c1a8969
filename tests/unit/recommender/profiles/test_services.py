from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from core.database import Model, db, transaction
from library.items.models import Item
from recommender.profiles import queries, services
from recommender.profiles.mastery import Level
from recommender.profiles.models import ItemDifficulty, LearnerAbility, Mastery, PointStatistics
from tests.factories.accounts import make_guardian, make_student
from tests.factories.library import make_item, make_point
from tests.factories.recommender import make_answer, make_decision

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def rows(model: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def pupil(session: Session) -> Hat:
    return make_student()


@pytest.fixture
def item(session: Session) -> Item:
    return make_item(points=[make_point()])


def test_new_answers_are_learnt_once_however_often_the_job_runs(
    pupil: Hat, item: Item, now: datetime
) -> None:
    for right in (True, False, True):
        make_answer(pupil, item, right=right, at=now)
    make_answer(make_student(), item, at=now)
    assert services.learn_from_new_answers(pupil.person_id, now) == 3
    assert services.learn_from_new_answers(pupil.person_id, now) == 0
    mastery = db.session.scalars(queries.masteries_of(pupil.person_id)).one()
    assert (mastery.answers, mastery.correct) == (3, 2)
    assert rows(LearnerAbility) == 1


def test_an_answer_that_nobody_marked_waits(pupil: Hat, item: Item, now: datetime) -> None:
    photo = make_answer(pupil, item, at=now)
    photo.score = photo.is_correct = None
    assert services.learn_from_new_answers(pupil.person_id, now) == 0


def test_a_child_without_a_guardians_consent_leaves_no_profile(pupil: Hat, item: Item, now: datetime) -> None:
    pupil.person.born_on = date(2016, 1, 1)
    make_answer(pupil, item, at=now)
    assert services.learn_from_new_answers(pupil.person_id, now) == 0
    assert rows(Mastery) == rows(LearnerAbility) == 0
    make_decision(pupil, is_granted=True, by=make_guardian(pupil), at=now)
    assert services.learn_from_new_answers(pupil.person_id, now) == 1


def test_a_withdrawn_consent_ends_it_and_forgetting_leaves_nothing(
    pupil: Hat, item: Item, now: datetime
) -> None:
    make_answer(pupil, item, at=now)
    services.learn_from_new_answers(pupil.person_id, now)
    make_decision(pupil, is_granted=False, at=now)
    make_answer(pupil, item, at=now)
    assert services.learn_from_new_answers(pupil.person_id, now) == 0
    services.forget(pupil.person_id)
    assert rows(Mastery) == rows(LearnerAbility) == 0


def test_live_learning_leaves_what_all_share_to_the_night(pupil: Hat, item: Item, now: datetime) -> None:
    make_answer(pupil, item, at=now)
    services.learn_from_new_answers(pupil.person_id, now)
    assert rows(PointStatistics) == rows(ItemDifficulty) == 0


def test_mastery_reads_in_words_with_two_dates(pupil: Hat, now: datetime) -> None:
    point = make_point("分式方程")
    for number in range(14):
        make_answer(pupil, make_item(points=[point]), at=now + number * MINUTE)
    services.learn_from_new_answers(pupil.person_id, now)
    [subject] = queries.mastery_of(pupil.person_id, now + HOUR)
    [found] = subject.points
    assert (found.name, found.level, found.answers, found.is_weak) == ("分式方程", Level.MASTERED, 14, False)
    assert found.reached_at is not None
    assert now < found.reached_at < now + 14 * MINUTE
    assert found.last_answer_at == now + 13 * MINUTE
    assert subject.count(Level.MASTERED) == 1


def test_the_rebuild_counts_everyone_and_spares_whoever_answered_meanwhile(
    context: Flask, now: datetime
) -> None:
    with transaction():
        point = make_point()
        items = [make_item(points=[point]) for _ in range(3)]
        pupils = [make_student() for _ in range(4)]
        child = make_student()
        child.person.born_on = date(2018, 1, 1)
        for number, pupil in enumerate([*pupils, child]):
            for item in items:
                make_answer(pupil, item, right=number % 2 == 0, at=now)
        ahead = pupils[0].person_id
        db.session.add(
            LearnerAbility(
                person_id=ahead, subject_id=items[0].subject_id, ability=9, answers=1, last_attempt_id=10**6
            )
        )
    assert services.rebuild(now) == 12
    assert services.rebuild(now) == 12
    statistics = db.session.scalars(select(PointStatistics)).one()
    assert (statistics.answers, statistics.correct) == (12, 6)
    abilities = {one.person_id: one for one in db.session.scalars(select(LearnerAbility))}
    assert set(abilities) == {one.person_id for one in pupils}
    assert abilities[ahead].ability == 9
    assert abilities[pupils[1].person_id].answers == 3
    with transaction():
        assert services.learn_from_new_answers(pupils[1].person_id, now) == 0


def test_learning_live_after_a_rebuild_gives_what_a_learner_would_have_had_in_one_go(
    context: Flask, now: datetime
) -> None:
    with transaction():
        point = make_point()
        items = [make_item(points=[point]) for _ in range(6)]
        pupil = make_student()
        for item in items[:3]:
            make_answer(pupil, item, right=False, at=now)
    services.rebuild(now)
    with transaction():
        for item in items[3:]:
            make_answer(pupil, item, at=now + HOUR)
        assert services.learn_from_new_answers(pupil.person_id, now) == 3
    mastery = db.session.scalars(queries.masteries_of(pupil.person_id)).one()
    assert (mastery.answers, mastery.correct) == (6, 3)
