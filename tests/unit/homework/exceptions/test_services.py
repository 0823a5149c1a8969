from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.audit.models import AuditEntry
from homework.assignments import queries as assignments
from homework.assignments.errors import NoException, NotGivenToPupil, ReasonNeeded
from homework.assignments.models import Assignment, AssignmentException
from homework.exceptions.services import Wish, end_exception, except_pupil
from homework.marking.progress import progress
from homework.marking.services import return_work
from homework.overview.queries import pupils
from homework.reports.classes import class_rows
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

DAY = timedelta(days=1)


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
    return make_assignment(teacher, school_class)


def test_said_again_it_replaces_what_was_said(
    session: Session, assignment: Assignment, teacher: Hat, student: Hat, now: datetime
) -> None:
    later = assignment.due_at + DAY
    except_pupil(
        assignment, teacher, Wish(student_id=student.person_id, due_at=later, reason="生病"), now=now
    )
    except_pupil(
        assignment,
        teacher,
        Wish(student_id=student.person_id, is_excused=True, due_at=later, reason=" 手受伤 "),
        now=now,
    )
    (standing,) = session.scalars(select(AssignmentException))
    assert (standing.is_excused, standing.due_at, standing.reason) == (True, None, "手受伤")
    assert list(session.scalars(select(AuditEntry.verb))) == ["make_exception"] * 2


def test_who_is_excused_is_not_missed(
    session: Session,
    assignment: Assignment,
    teacher: Hat,
    school_class: SchoolClass,
    student: Hat,
    now: datetime,
) -> None:
    make_student(school_class)
    exception = except_pupil(
        assignment, teacher, Wish(student_id=student.person_id, is_excused=True, reason="生病"), now=now
    )
    assert progress(teacher, [assignment.id])[assignment.id].missing == 1
    end_exception(assignment, teacher, exception, now=now)
    assert progress(teacher, [assignment.id])[assignment.id].missing == 2


def test_who_is_excused_after_handing_in_counts_as_before(
    assignment: Assignment, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    make_student(school_class)
    submission = make_submission(assignment, student, now=now)
    wish = Wish(student_id=student.person_id, is_excused=True, reason="生病")
    except_pupil(assignment, teacher, wish, now=now)

    def counted() -> list[tuple[int, int, int]]:
        [of_class] = class_rows(school_class.id, [assignment])
        of_work = progress(teacher, [assignment.id])[assignment.id]
        return [(one.pupils, one.handed_in, one.returned) for one in (of_work, of_class.progress)]

    assert counted() == [(2, 1, 0)] * 2
    assert {one.person.id: one.state for one in pupils(assignment, teacher, now)}[
        student.person_id
    ] == "handed_in"
    assert return_work(assignment, teacher, now=now) == [submission]
    assert counted() == [(2, 1, 1)] * 2


def test_work_that_moves_past_an_exception_is_due_for_the_pupil_when_it_is_for_all(
    session: Session, assignment: Assignment, teacher: Hat, student: Hat, now: datetime
) -> None:
    wish = Wish(student_id=student.person_id, due_at=assignment.due_at + DAY, reason="生病")
    exception = except_pupil(assignment, teacher, wish, now=now)

    def told_and_asked() -> list[tuple[datetime, datetime]]:
        times = assignments.times_of(assignment, exception)
        asked = select(
            assignments.due_for(student.person_id), assignments.cut_off_for(student.person_id)
        ).where(Assignment.id == assignment.id)
        return [(times.due_at, times.cut_off_at), tuple(session.execute(asked).one())]

    assert told_and_asked() == [(exception.due_at, exception.cut_off_at)] * 2
    assignment.due_at += 7 * DAY
    assignment.cut_off_at += 7 * DAY
    session.flush()
    assert told_and_asked() == [(assignment.due_at, assignment.cut_off_at)] * 2


@pytest.mark.parametrize(
    ("excused", "after", "reason", "refusal"),
    [
        (True, None, "  ", ReasonNeeded),
        (False, None, "生病", NoException),
        (False, timedelta(0), "生病", NoException),
        (False, -DAY, "生病", NoException),
    ],
)
def test_an_exception_needs_a_reason_and_must_give_something(
    assignment: Assignment,
    teacher: Hat,
    student: Hat,
    now: datetime,
    *,
    excused: bool,
    after: timedelta | None,
    reason: str,
    refusal: type[Exception],
) -> None:
    due_at = None if after is None else assignment.due_at + after
    with pytest.raises(refusal):
        except_pupil(
            assignment,
            teacher,
            Wish(student_id=student.person_id, is_excused=excused, due_at=due_at, reason=reason),
            now=now,
        )


def test_only_who_was_given_the_work_can_be_excepted(
    assignment: Assignment, teacher: Hat, now: datetime
) -> None:
    stranger = make_student(make_class())
    with pytest.raises(NotGivenToPupil):
        except_pupil(
            assignment, teacher, Wish(student_id=stranger.person_id, is_excused=True, reason="生病"), now=now
        )
