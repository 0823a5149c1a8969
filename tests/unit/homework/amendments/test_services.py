from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from homework.amendments.errors import (
    AnswersAreOut,
    EarlierThanTold,
    LateWorkInThePast,
    NotOpenYet,
    TitleNeeded,
)
from homework.amendments.services import Amendment, amend
from homework.assignments.errors import (
    ChangedMeanwhile,
    DueInThePast,
    NothingAssigned,
    OverTheCap,
    TimesOutOfOrder,
    WithdrawnWork,
)
from homework.assignments.models import Assignment
from homework.assignments.release import AnswersShown
from homework.exceptions.services import Wish, except_pupil
from homework.load.models import Excess, LoadEntry
from homework.notices.models import WorkNotice
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


@pytest.fixture
def student(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


@pytest.fixture
def assignment(teacher: Hat, school_class: SchoolClass, student: Hat) -> Assignment:
    return make_assignment(teacher, school_class, instructions="先读课文")


def what_stands(assignment: Assignment) -> Amendment:
    return Amendment(
        title=assignment.title,
        instructions=assignment.instructions,
        due_at=assignment.due_at,
        cut_off_at=assignment.cut_off_at,
    )


def with_a_day_more(assignment: Assignment) -> Amendment:
    return replace(
        what_stands(assignment), due_at=assignment.due_at + DAY, cut_off_at=assignment.cut_off_at + DAY
    )


def test_everybody_gets_more_time_and_the_minutes_count_on_the_new_day(
    session: Session, assignment: Assignment, teacher: Hat, student: Hat, now: datetime
) -> None:
    (before,) = session.scalars(select(LoadEntry.day))
    amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=now)
    assert list(session.scalars(select(LoadEntry.day))) == [before + DAY]
    (told,) = session.scalars(select(WorkNotice))
    assert (told.person_id, told.details) == (
        student.person_id,
        {"due_at": "2026-09-09 20:00", "cut_off_at": "2026-09-12 20:00"},
    )


def test_who_has_more_time_already_is_not_told_less(
    session: Session, assignment: Assignment, teacher: Hat, student: Hat, now: datetime
) -> None:
    classmate = make_student(session.scalars(select(SchoolClass)).one())
    wish = Wish(student_id=student.person_id, reason="生病", due_at=assignment.due_at + 2 * DAY)
    except_pupil(assignment, teacher, wish, now=now)
    for number in (1, 2, 3):
        amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=now)
        told = set(session.scalars(select(WorkNotice.person_id)))
        assert told == ({classmate.person_id} if number < 3 else {classmate.person_id, student.person_id})


def test_who_was_told_a_time_that_holds_no_more_reads_only_the_new_one(
    session: Session, assignment: Assignment, teacher: Hat, now: datetime
) -> None:
    first = replace(with_a_day_more(assignment), instructions="写清步骤")
    amend(assignment, teacher, first, version=assignment.version, now=now)
    amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=now)
    assert session.scalars(select(WorkNotice.details).order_by(WorkNotice.id)).all() == [
        {"instructions": True},
        {"due_at": "2026-09-10 20:00", "cut_off_at": "2026-09-13 20:00"},
    ]
    amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=now)
    assert session.scalars(select(WorkNotice.details).order_by(WorkNotice.id)).all() == [
        {"instructions": True},
        {"due_at": "2026-09-11 20:00", "cut_off_at": "2026-09-14 20:00"},
    ]


def test_other_words_are_told_but_not_another_title_nor_what_stands_already(
    session: Session, assignment: Assignment, teacher: Hat, student: Hat, now: datetime
) -> None:
    same = what_stands(assignment)
    for amendment in (same, replace(same, title="练习（改）")):
        amend(assignment, teacher, amendment, version=assignment.version, now=now)
    assert not session.scalar(select(func.count(WorkNotice.id)))
    amend(
        assignment,
        teacher,
        replace(same, instructions="第 3 题不做"),
        version=assignment.version,
        now=now,
    )
    assert session.scalars(select(WorkNotice.details)).all() == [{"instructions": True}]
    assert (assignment.title, assignment.instructions) == ("一元一次方程练习", "第 3 题不做")


def test_what_came_late_is_in_time_when_the_work_is_due_later(
    assignment: Assignment, teacher: Hat, student: Hat
) -> None:
    assignment.answers_shown = AnswersShown.BY_HAND
    evening = assignment.due_at + HOUR
    submission = make_submission(assignment, student, now=evening)
    assert submission.is_late
    amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=evening + HOUR)
    assert not submission.is_late


def test_a_day_that_would_be_too_long_needs_a_reason_for_the_head_of_the_grade(
    session: Session, now: datetime
) -> None:
    school_class = make_class(grade=5)
    teacher = make_teacher(school_class)
    work, other = (
        make_assignment(
            teacher, school_class, estimated_minutes=40.0, own_minutes=40.0, due_at=due_at, cut_off_at=due_at
        )
        for due_at in (now + 10 * HOUR, now + DAY + 10 * HOUR)
    )
    later = replace(what_stands(work), due_at=other.due_at, cut_off_at=other.due_at)
    with pytest.raises(OverTheCap), session.begin_nested():
        amend(work, teacher, later, version=work.version, now=now)
    session.refresh(work)
    amend(work, teacher, replace(later, reason="停电"), version=work.version, now=now)
    (excess,) = session.scalars(select(Excess))
    assert (excess.reason, excess.cap, excess.minutes > 80) == ("停电", 60, True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": "  "}, TitleNeeded),
        ({"due_at": -HOUR}, EarlierThanTold),
        ({"cut_off_at": -HOUR}, EarlierThanTold),
        ({"due_at": 5 * DAY}, TimesOutOfOrder),
    ],
)
def test_what_pupils_count_on_stays(
    assignment: Assignment,
    teacher: Hat,
    now: datetime,
    changes: dict[str, str | timedelta],
    refusal: type[Exception],
) -> None:
    standing = what_stands(assignment)
    said = {
        name: getattr(standing, name) + one if isinstance(one, timedelta) else one
        for name, one in changes.items()
    }
    with pytest.raises(refusal):
        amend(assignment, teacher, replace(standing, **said), version=assignment.version, now=now)


def test_who_has_seen_the_answers_is_not_given_more_time_but_late_work_may_be_taken_for_longer(
    assignment: Assignment, teacher: Hat
) -> None:
    late = assignment.due_at + HOUR
    with pytest.raises(AnswersAreOut):
        amend(assignment, teacher, with_a_day_more(assignment), version=assignment.version, now=late)
    longer = replace(what_stands(assignment), cut_off_at=assignment.cut_off_at + DAY)
    amend(assignment, teacher, longer, version=assignment.version, now=late)
    assert assignment.cut_off_at == longer.cut_off_at


def test_times_that_are_over_are_refused(session: Session, assignment: Assignment, teacher: Hat) -> None:
    assignment.answers_shown = AnswersShown.BY_HAND
    session.flush()
    afterwards = assignment.cut_off_at + 2 * DAY
    standing = what_stands(assignment)
    for amendment, refusal in (
        (replace(standing, cut_off_at=standing.cut_off_at + DAY), LateWorkInThePast),
        (replace(standing, due_at=standing.due_at + DAY), DueInThePast),
    ):
        with pytest.raises(refusal):
            amend(assignment, teacher, amendment, version=assignment.version, now=afterwards)


def test_work_of_words_alone_keeps_some(teacher: Hat, school_class: SchoolClass, now: datetime) -> None:
    reading = make_assignment(teacher, school_class, versions=[], instructions="朗读课文", own_minutes=10.0)
    with pytest.raises(NothingAssigned):
        amend(
            reading,
            teacher,
            replace(what_stands(reading), instructions=" "),
            version=reading.version,
            now=now,
        )


def test_a_second_tab_and_work_that_nobody_sees_are_refused(
    session: Session, assignment: Assignment, teacher: Hat, now: datetime
) -> None:
    amendment = with_a_day_more(assignment)
    with pytest.raises(ChangedMeanwhile):
        amend(assignment, teacher, amendment, version=assignment.version + 1, now=now)
    with pytest.raises(NotOpenYet):
        amend(assignment, teacher, amendment, version=assignment.version, now=assignment.opens_at - HOUR)
    assignment.withdrawn_at = now
    session.flush()
    with pytest.raises(WithdrawnWork):
        amend(assignment, teacher, amendment, version=assignment.version, now=now)
