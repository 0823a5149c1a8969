from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Role
from core.clock import SCHOOL_ZONE, school_day, start_of_week
from core.database import db, transaction
from homework.marking.models import Feedback
from learning.records.services import count_activity
from spaces.home.queries import greeting_part, guardian_home, student_home, teacher_home
from spaces.progress import policy, queries
from spaces.progress.work import HomeworkState, Readiness
from tests.factories.accounts import (
    added,
    make_administrator,
    make_city,
    make_class,
    make_guardian,
    make_hat,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission
from tests.factories.learning import make_lesson, make_registration
from tests.factories.library import make_item, make_point
from tests.factories.recommender import make_answer
from tests.statements import statements_of

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BUDGET = 25


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def pupil(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


def test_a_week_has_seven_days_and_a_day_without_work_is_nought(pupil: Hat, now: datetime) -> None:
    count_activity(pupil.person_id, now, watched_seconds=90, answers=4, correct_answers=3)
    count_activity(make_student().person_id, now, answers=9)
    week = queries.week_of(pupil.person_id, start_of_week(school_day(now)))
    assert [day.answers for day in week.days] == [4, 0, 0, 0, 0, 0, 0]
    assert week.minutes == 1.5
    assert queries.week_of(pupil.person_id, school_day(now) - 7 * DAY).is_empty


def test_homework_is_open_handed_in_returned_or_missed(
    pupil: Hat, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    past = {"opens_at": now - 5 * DAY, "due_at": now - DAY, "cut_off_at": now - HOUR}
    coming = {"opens_at": now - DAY, "due_at": now + DAY, "cut_off_at": now + DAY}
    make_assignment(teacher, school_class, title="待", **coming)
    make_assignment(teacher, school_class, title="缺", **past)
    make_submission(make_assignment(teacher, school_class, title="交", **coming), pupil, now=now)
    back = make_submission(
        make_assignment(teacher, school_class, title="还", **past), pupil, now=now - 2 * DAY
    )
    back.returned_at, back.returned_by_id = now, teacher.person_id
    added(Feedback(submission_id=back.id, text="很好", written_by_id=teacher.person_id, written_at=now))
    found = {one.title: one for one in queries.homework_of(pupil.person_id, now)}
    assert {title: one.state for title, one in found.items()} == {
        "待": HomeworkState.OPEN,
        "缺": HomeworkState.MISSED,
        "交": HomeworkState.HANDED_IN,
        "还": HomeworkState.RETURNED,
    }
    assert found["还"].feedback == "很好"
    assert found["还"].points is not None
    assert found["交"].points is None
    assert [one.title for one in queries.due_homework(pupil.person_id, now)] == ["待"]


def test_a_lesson_shows_once_with_the_share_seen_the_last_time(pupil: Hat, now: datetime) -> None:
    lesson = make_lesson()
    for seconds in (10, 40):
        make_registration(pupil.person, lesson, now=now).seen_seconds = seconds
    db.session.flush()
    [found] = queries.lessons_of(pupil.person_id, only_begun=True)
    assert found.share == 0.4


def test_readiness_goes_from_not_yet_to_handed_in(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    lesson = make_lesson()
    work = make_assignment(
        teacher,
        school_class,
        lesson_id=lesson.id,
        opens_at=now - DAY,
        due_at=now + DAY,
        cut_off_at=now + DAY,
    )
    idle, begun, seen, done = (make_student(school_class, name) for name in "甲乙丙丁")
    make_registration(begun.person, lesson, now=now)
    make_registration(seen.person, lesson, now=now).completed_at = now
    make_submission(work, done, now=now)
    db.session.flush()
    found = queries.class_progress(school_class, now)
    assert found.next_work is not None
    assert {member.person_id: member.readiness for member in found.members} == {
        idle.person_id: Readiness.NOT_YET,
        begun.person_id: Readiness.BEGUN,
        seen.person_id: Readiness.LESSON_SEEN,
        done.person_id: Readiness.HANDED_IN,
    }
    assert found.ready(Readiness.HANDED_IN) == 1


def test_a_class_without_homework_tells_no_readiness(
    pupil: Hat, school_class: SchoolClass, now: datetime
) -> None:
    [member] = queries.class_progress(school_class, now).members
    assert member.person_id == pupil.person_id
    assert member.readiness is None


def test_staff_read_classes_by_name_in_their_own_school_only(teacher: Hat, school_class: SchoolClass) -> None:
    city = make_administrator(make_city())
    principal = make_administrator(school_class.school)
    names = [[one for one, _ in queries.staff_classes(hat)] for hat in (teacher, principal, city)]
    assert names == [[school_class], [school_class], []]


@pytest.mark.parametrize(
    ("role", "freely", "with_reason"),
    [(Role.STUDENT, True, False), (Role.GUARDIAN, True, False), (Role.TEACHER, True, False)],
)
def test_pupils_guardians_and_teachers_need_no_reason(
    session: Session, role: Role, *, freely: bool, with_reason: bool
) -> None:
    hat = Hat(role=role)
    assert policy.may_read_progress_freely(hat) is freely
    assert policy.may_read_with_reason(hat) is with_reason


def test_a_school_administrator_gives_a_reason_and_a_city_one_never_sees_a_child(session: Session) -> None:
    school, city = make_administrator(), make_administrator(make_city())
    assert policy.may_read_with_reason(school)
    assert not policy.may_read_progress_freely(school)
    assert not policy.may_read_progress(city)
    assert not policy.may_read_class(city)
    assert not policy.may_read_progress(None)


def test_a_guardian_without_children_has_an_empty_home(session: Session, now: datetime) -> None:
    assert guardian_home(make_hat(Role.GUARDIAN), None, now) is None


def test_a_guardian_sees_the_chosen_child_and_never_a_stranger(pupil: Hat, now: datetime) -> None:
    guardian = make_guardian(pupil)
    home = guardian_home(guardian, make_student().person_id, now)
    assert home is not None
    assert home.child.id == pupil.person_id
    assert [one.id for one in home.children] == [pupil.person_id]


@pytest.mark.parametrize(
    ("hour", "part"),
    [(4, "night"), (5, "morning"), (12, "afternoon"), (18, "evening"), (22, "evening"), (23, "night")],
)
def test_the_greeting_follows_the_clock_at_school(hour: int, part: str) -> None:
    assert greeting_part(datetime(2026, 9, 7, hour, 30, tzinfo=SCHOOL_ZONE).astimezone(UTC)) == part


@pytest.mark.parametrize("many", [10, 200])
def test_homes_stay_within_their_budget_of_statements(context: Flask, now: datetime, many: int) -> None:
    with transaction():
        school_class = make_class()
        pupil, teacher = make_student(school_class), make_teacher(school_class)
        guardian = make_guardian(pupil)
        point = make_point()
        item = make_item(points=[point])
        for number in range(many):
            make_answer(pupil, item, at=now - number * HOUR)
        for number in range(min(many, 30)):
            work = make_assignment(
                teacher,
                school_class,
                title=f"第 {number} 次",
                opens_at=now - DAY,
                due_at=now + DAY,
                cut_off_at=now + DAY,
            )
            if number % 2:
                make_submission(work, pupil, now=now)
        hats = [one.id for one in (pupil, teacher, guardian)]
    pupil, teacher, guardian = (db.session.get_one(Hat, one) for one in hats)
    for gather in (
        lambda: student_home(pupil, now),
        lambda: teacher_home(teacher, now),
        lambda: guardian_home(guardian, None, now),
        lambda: queries.class_progress(db.session.get_one(SchoolClass, school_class.id), now),
    ):
        with statements_of(context) as sent:
            gather()
        assert len(sent) <= BUDGET - 5, sent
