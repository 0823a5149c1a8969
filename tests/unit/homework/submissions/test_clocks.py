"""Which clock judges: the server's, whatever the device says (reliability T1 and T2)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from homework.assignments.models import Assignment
from homework.assignments.schedule import GRACE
from homework.submissions.errors import Closed
from homework.workbook.services import hand_in
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_work

YEAR = timedelta(days=366)
SECOND = timedelta(seconds=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def student(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


@pytest.fixture
def assignment(school_class: SchoolClass) -> Assignment:
    return make_assignment(make_teacher(school_class), school_class)


@pytest.mark.parametrize("off", [-YEAR, YEAR], ids=["a year slow", "a year fast"])
def test_a_device_whose_clock_is_a_year_off_is_judged_by_the_servers(
    assignment: Assignment, student: Hat, now: datetime, off: timedelta
) -> None:
    in_time, _ = hand_in(assignment, student, make_work(assignment, device_time=now + off), now=now)
    assert not in_time.is_late
    assert (in_time.received_at, in_time.device_time) == (now, now + off)


@pytest.mark.parametrize("off", [-YEAR, YEAR], ids=["a year slow", "a year fast"])
def test_no_clock_of_a_device_opens_what_is_closed(
    assignment: Assignment, student: Hat, off: timedelta
) -> None:
    closed = assignment.cut_off_at + GRACE + SECOND
    with pytest.raises(Closed):
        hand_in(assignment, student, make_work(assignment, device_time=closed + off), now=closed)


@pytest.mark.parametrize(
    ("after_due", "late"), [(GRACE - SECOND, False), (GRACE, False), (GRACE + SECOND, True)]
)
def test_what_was_begun_before_the_deadline_and_arrived_within_the_grace_is_in_time(
    assignment: Assignment, student: Hat, after_due: timedelta, *, late: bool
) -> None:
    begun = assignment.due_at - SECOND
    work = make_work(assignment, device_time=begun)
    submission, _ = hand_in(assignment, student, work, now=assignment.due_at + after_due)
    assert submission.is_late is late


def test_late_work_is_kept_whole_and_marked_late(assignment: Assignment, student: Hat) -> None:
    submission, is_new = hand_in(
        assignment, student, make_work(assignment), now=assignment.cut_off_at - SECOND
    )
    assert (submission.is_late, submission.is_counted, is_new) == (True, True, True)
