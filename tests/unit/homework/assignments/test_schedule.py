from datetime import UTC, datetime, timedelta

import pytest

from core.clock import SCHOOL_ZONE
from homework.assignments.schedule import GRACE, is_at_rest, is_late, is_taken, usual_due

DUE = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)


def test_work_is_usually_due_tomorrow_at_eight_in_the_evening_at_school() -> None:
    late_monday = datetime(2026, 9, 7, 15, 30, tzinfo=UTC)
    assert usual_due(late_monday) == datetime(2026, 9, 8, 20, 0, tzinfo=SCHOOL_ZONE)
    # 23:30 UTC on Monday is Tuesday morning in Beijing.
    assert usual_due(datetime(2026, 9, 7, 23, 30, tzinfo=UTC)).day == 9


@pytest.mark.parametrize(
    ("hour", "minute", "rests"),
    [(20, 59, False), (21, 0, False), (21, 1, True), (0, 0, True), (5, 59, True), (6, 0, False)],
)
def test_pupils_rest_from_nine_in_the_evening_until_six(hour: int, minute: int, *, rests: bool) -> None:
    assert is_at_rest(datetime(2026, 9, 8, hour, minute, tzinfo=SCHOOL_ZONE)) is rests


def test_a_slow_line_within_the_grace_costs_nothing() -> None:
    assert not is_late(DUE, DUE + GRACE)
    assert is_late(DUE, DUE + GRACE + timedelta(seconds=1))
    assert is_taken(DUE, DUE + GRACE)
    assert not is_taken(DUE, DUE + GRACE + timedelta(seconds=1))
