"""How often work is handed in, which counts, and who sees the answers when."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from homework.assignments import services as assignments
from homework.assignments.errors import AnswersOtherwise
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of, times_for
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.exceptions.services import Wish, except_pupil
from homework.overview.queries import done, tasks, to_do
from homework.overview.state import WorkState
from homework.submissions import errors
from homework.submissions.models import Submission
from homework.submissions.queries import counts, unfinished
from homework.submissions.services import Work
from homework.workbook.queries import work_of
from homework.workbook.services import hand_in
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

HOUR = timedelta(hours=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


@pytest.fixture
def student(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


def given(teacher: Hat, school_class: SchoolClass, **rules: object) -> Assignment:
    return make_assignment(teacher, school_class, kinds=(ItemKind.CHOICE, ItemKind.NUMERIC), **rules)


def answered(
    session: Session, assignment: Assignment, right: tuple[bool, bool]
) -> dict[int, dict[str, object]]:
    """Answers to the choice and the number, each right or wrong."""
    choice, number = session.scalars(questions_of(assignment.id))
    return {
        choice.id: {"choices": ["B" if right[0] else "A"]},
        number.id: {"value": "3.5" if right[1] else "9"},
    }


def counted(session: Session, assignment: Assignment) -> list[int]:
    found = select(Submission.number).where(Submission.assignment_id == assignment.id, counts())
    return list(session.scalars(found))


def test_work_that_may_be_handed_in_once_is_not_replaced(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class, hand_ins=HandIns.ONCE)
    make_submission(assignment, student, now=now)
    with pytest.raises(errors.NoMoreHandIns):
        make_submission(assignment, student, now=now + HOUR)
    assert counted(session, assignment) == [1]


def test_a_number_of_hand_ins_is_used_up(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class, hand_ins=HandIns.LIMITED, most_hand_ins=2)
    for _twice in range(2):
        make_submission(assignment, student, now=now)
    with pytest.raises(errors.NoMoreHandIns):
        make_submission(assignment, student, now=now)
    assert counted(session, assignment) == [2]


def test_after_the_due_time_only_what_was_not_handed_in_is_taken(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class)
    late = make_student(school_class)
    make_submission(assignment, student, now=now)
    after = assignment.due_at + HOUR
    with pytest.raises(errors.NoMoreHandIns):
        make_submission(assignment, student, now=after)
    assert make_submission(assignment, late, now=after).is_late


@pytest.mark.parametrize(("counting", "number"), [(Counting.LAST, 3), (Counting.BEST, 2)])
def test_the_last_or_the_best_hand_in_counts(  # noqa: PLR0917 -- a case has these parts
    session: Session,
    teacher: Hat,
    school_class: SchoolClass,
    student: Hat,
    now: datetime,
    counting: Counting,
    number: int,
) -> None:
    assignment = given(teacher, school_class, counting=counting)
    for right in ((True, False), (True, True), (False, False)):
        make_submission(assignment, student, answered(session, assignment, right), now=now)
    assert counted(session, assignment) == [number]


def test_of_equally_good_hand_ins_the_last_counts(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class, counting=Counting.BEST)
    for right in ((True, False), (False, True)):
        make_submission(assignment, student, answered(session, assignment, right), now=now)
    assert counted(session, assignment) == [2]


@pytest.mark.parametrize("rule", [AnswersShown.AT_ONCE, AnswersShown.BY_HAND])
def test_who_may_have_seen_the_answers_does_not_hand_in_again(
    teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime, rule: AnswersShown
) -> None:
    assignment = given(teacher, school_class, answers_shown=rule)
    make_submission(assignment, student, now=now)
    if rule is AnswersShown.BY_HAND:
        make_submission(assignment, student, now=now)
        assignments.show_answers(assignment, teacher, now=now)
    with pytest.raises(errors.AnswersSeen):
        make_submission(assignment, student, now=now + HOUR)


def test_answers_shown_by_hand_can_be_hidden_again_and_others_not_shown_by_hand(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class, answers_shown=AnswersShown.BY_HAND)
    submission = make_submission(assignment, student, now=now)
    session.refresh(submission, ["assignment", "student"])
    work = work_of(submission)
    assert not work.are_answers_shown_at(assignment.due_at + HOUR)
    assignments.show_answers(assignment, teacher, now=now)
    assert work.are_answers_shown_at(now)
    assignments.hide_answers(assignment, teacher, now=now)
    assert not work.are_answers_shown_at(now)
    with pytest.raises(AnswersOtherwise):
        assignments.show_answers(given(teacher, school_class), teacher, now=now)


def test_a_pupil_with_more_time_hands_in_when_it_is_over_for_the_others(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class)
    classmate = make_student(school_class)
    later = assignment.due_at + timedelta(days=10)
    except_pupil(
        assignment, teacher, Wish(student_id=student.person_id, due_at=later, reason="住院"), now=now
    )
    moment = later - HOUR
    with pytest.raises(errors.Closed):
        make_submission(assignment, classmate, now=moment)
    assert [one.id for one in session.scalars(to_do(student.person_id, moment))] == [assignment.id]
    assert [one.id for one in session.scalars(unfinished(student.person_id, moment))] == [assignment.id]
    assert list(session.scalars(to_do(classmate.person_id, moment))) == []
    (task,) = tasks(student.person_id, [assignment], moment)
    assert (task.state, task.times.due_at) == (WorkState.TO_DO, later)
    submission = make_submission(assignment, student, now=moment)
    assert not submission.is_late
    times = times_for(assignment, student.person_id)
    assert times.cut_off_at == later + (assignment.cut_off_at - assignment.due_at)


def test_who_is_excused_owes_nothing_and_is_told_why(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class)
    except_pupil(
        assignment, teacher, Wish(student_id=student.person_id, is_excused=True, reason="手受伤"), now=now
    )
    assert list(session.scalars(to_do(student.person_id, now))) == []
    assert [one.id for one in session.scalars(done(student.person_id, now))] == [assignment.id]
    (task,) = tasks(student.person_id, [assignment], now)
    assert task.state is WorkState.EXCUSED
    assert task.exception is not None
    assert task.exception.reason == "手受伤"


def test_what_the_device_tells_of_the_time_is_kept_with_the_answers(
    session: Session, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    assignment = given(teacher, school_class)
    choice, number = session.scalars(questions_of(assignment.id))
    work = Work(
        client_key=uuid4(),
        responses=answered(session, assignment, (True, True)),
        seconds={choice.id: 40.0},
    )
    hand_in(assignment, student, work, now=now)
    took = dict(session.execute(select(Attempt.item_id, Attempt.seconds)).all())
    assert took == {choice.item_version.item_id: 40.0, number.item_version.item_id: None}
