"""What the values of SCORM say of how a learner stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.packages.standing import Standing, Status, share_of, standing_of


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({}, Standing()),
        ({"cmi.core.lesson_status": "incomplete"}, Standing()),
        ({"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}, Standing(Status.PASSED, 0.8)),
        (
            {"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "3", "cmi.core.score.max": "10"},
            Standing(Status.FAILED, 0.3),
        ),
        ({"cmi.completion_status": "completed", "cmi.success_status": "unknown"}, Standing(Status.COMPLETED)),
        (
            {"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.5"},
            Standing(Status.PASSED, 0.5),
        ),
        ({"cmi.score.scaled": "7"}, Standing(Status.BEGUN, 1.0)),
        ({"cmi.score.scaled": "nan", "cmi.score.raw": "many"}, Standing()),
        ({"cmi.core.lesson_status": "<script>"}, Standing()),
    ],
)
def test_both_vocabularies_are_understood(values: dict[str, str], standing: Standing) -> None:
    assert standing_of(values) == standing


NUMBERS = st.none() | st.floats(-1e6, 1e6)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_share_is_a_share_or_nothing(raw: float | None, low: float | None, high: float | None) -> None:
    share = share_of(raw, low, high)

    assert share is None or 0 <= share <= 1
