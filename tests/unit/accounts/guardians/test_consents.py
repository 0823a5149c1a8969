from datetime import date

import pytest

from accounts.guardians.consents import age, may_personalise
from accounts.guardians.models import ConsentRecord

TODAY = date(2026, 9, 7)
STUDENT, GUARDIAN = 1, 2
THIRTEEN, FOURTEEN = date(2012, 9, 8), date(2012, 9, 7)


def decision(*, is_granted: bool, by: int) -> ConsentRecord:
    return ConsentRecord(student_id=STUDENT, is_granted=is_granted, decided_by_id=by)


GRANTED_BY_GUARDIAN = decision(is_granted=True, by=GUARDIAN)
GRANTED_BY_STUDENT = decision(is_granted=True, by=STUDENT)
REFUSED = decision(is_granted=False, by=GUARDIAN)


@pytest.mark.parametrize(
    ("born_on", "latest", "is_allowed"),
    [
        (THIRTEEN, None, False),
        (THIRTEEN, GRANTED_BY_GUARDIAN, True),
        (THIRTEEN, GRANTED_BY_STUDENT, False),
        (THIRTEEN, REFUSED, False),
        (FOURTEEN, None, True),
        (FOURTEEN, GRANTED_BY_STUDENT, True),
        (FOURTEEN, REFUSED, False),
        (None, None, False),
        (None, GRANTED_BY_GUARDIAN, True),
    ],
)
def test_a_child_needs_a_guardians_grant_and_a_youth_only_no_refusal(
    born_on: date | None, latest: ConsentRecord | None, *, is_allowed: bool
) -> None:
    assert may_personalise(born_on, latest, TODAY) is is_allowed


def test_years_are_completed_on_the_birthday() -> None:
    assert age(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age(date(2012, 2, 29), date(2026, 3, 1)) == 14
