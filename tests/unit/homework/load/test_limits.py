from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SCHOOL_ZONE
from homework.load.limits import (
    DayLoad,
    allowed_minutes,
    cap_minutes,
    day_of,
    days_until,
    may_be_written,
)

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SCHOOL_ZONE)


moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: at(MONDAY, 0) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("grade", "cap"), [(1, None), (2, None), (3, 60), (6, 60), (7, 90), (9, 90), (10, None), (12, None)]
)
def test_the_law_caps_homework_by_grade(grade: int, cap: int | None) -> None:
    assert cap_minutes(grade) == cap


@pytest.mark.parametrize(("grade", "allowed"), [(1, False), (2, False), (3, True), (12, True)])
def test_the_first_two_grades_get_nothing_to_write(grade: int, *, allowed: bool) -> None:
    assert may_be_written(grade) is allowed


@pytest.mark.parametrize(
    ("grade", "school_cap", "allowed"),
    [(5, None, 60), (5, 45, 45), (5, 80, 60), (11, None, None), (11, 120, 120)],
)
def test_a_school_may_allow_less_than_the_law_and_set_what_the_law_leaves_open(
    grade: int, school_cap: int | None, allowed: int | None
) -> None:
    assert allowed_minutes(grade, school_cap) == allowed


def test_a_day_is_over_its_cap_by_what_all_subjects_ask_together() -> None:
    assert not DayLoad(1, "五(1)班", 5, {1: 30.0, 2: 20.0}, 10.0).is_over
    assert DayLoad(1, "五(1)班", 5, {1: 30.0, 2: 20.0}, 10.5).is_over
    assert DayLoad(1, "五(1)班", 5, {1: 30.0, 2: 20.0}, school_cap=45).is_over


def test_minutes_that_add_up_to_the_cap_are_not_over_it() -> None:
    full = DayLoad(1, "五(1)班", 5, {1: 17.7, 2: 11.9, 3: 11.3}, 19.1)
    assert (full.minutes, full.is_over) == (60.0, False)
    assert DayLoad(1, "五(1)班", 5, {1: 17.7, 2: 11.9, 3: 11.3}, 19.2).is_over


def test_a_grade_without_a_figure_is_never_over() -> None:
    assert not DayLoad(1, "高一(1)班", 10, {1: 300.0}).is_over
    assert DayLoad(1, "高一(1)班", 10, {1: 300.0}, school_cap=240).is_over


def test_work_counts_on_the_day_on_which_it_is_due() -> None:
    assert day_of(at(MONDAY, 16), at(TUESDAY, 20)) == TUESDAY


def test_what_is_due_in_the_morning_was_done_the_evening_before() -> None:
    assert day_of(at(MONDAY, 16), at(TUESDAY, 8)) == MONDAY
    assert day_of(at(TUESDAY, 7), at(TUESDAY, 11)) == TUESDAY


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(days=30)))
def test_work_never_counts_before_it_opens_nor_after_it_is_due(opens_at: datetime, lasts: timedelta) -> None:
    due_at = opens_at + lasts
    day = day_of(opens_at, due_at)
    assert opens_at.date() <= day <= due_at.date()
    days = days_until(opens_at, day)
    assert days[-1] == day
    assert 1 <= len(days) <= 7
    assert days[0] >= opens_at.date()
