from datetime import date

import pytest

from accounts.guardians.consents import age_on, may_personalise
from accounts.guardians.models import ConsentRecord, Purpose

TODAY = date(2026, 9, 7)
CHILD = date(2014, 1, 1)
FOURTEEN_TODAY = date(2012, 9, 7)


def decision(*, is_granted: bool) -> ConsentRecord:
    return ConsentRecord(purpose=Purpose.RECOMMENDATIONS, is_granted=is_granted)


@pytest.mark.parametrize(("born_on", "age"), [(FOURTEEN_TODAY, 14), (date(2012, 9, 8), 13)])
def test_a_year_of_life_is_complete_on_the_birthday(born_on: date, age: int) -> None:
    assert age_on(born_on, TODAY) == age


def test_a_child_needs_a_standing_grant() -> None:
    assert not may_personalise(CHILD, None, TODAY)
    assert may_personalise(CHILD, decision(is_granted=True), TODAY)
    assert not may_personalise(CHILD, decision(is_granted=False), TODAY)


def test_from_fourteen_on_it_is_allowed_until_it_is_refused() -> None:
    assert may_personalise(FOURTEEN_TODAY, None, TODAY)
    assert not may_personalise(FOURTEEN_TODAY, decision(is_granted=False), TODAY)


def test_who_has_no_recorded_birthday_counts_as_a_child() -> None:
    assert not may_personalise(None, None, TODAY)
