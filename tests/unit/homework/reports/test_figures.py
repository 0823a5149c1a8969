"""Difficulty, discrimination, and wrong answers together."""

from math import isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homework.reports.figures import (
    FEWEST,
    Given,
    difficulty,
    discrimination,
    typical_response,
    wrong_answers,
)
from library.items.models import ItemKind, ItemVersion

points = st.lists(st.integers(0, 4), min_size=FEWEST, max_size=40)
totals = st.lists(st.integers(0, 40), min_size=40, max_size=40)


def question(kind: ItemKind, correct: dict[str, Any] | None = None, **wording: Any) -> ItemVersion:  # noqa: ANN401 -- columns
    return ItemVersion(kind=kind, interaction={}, correct=correct or {}, **({"prompt": ""} | wording))


def rows(*got: float, response: dict[str, Any] | None = None) -> list[Given]:
    return [Given(number, float(one), 4.0, True, response or {}) for number, one in enumerate(got)]  # noqa: FBT003


@given(points, totals)
def test_discrimination_is_a_correlation_and_is_not_told_where_there_is_no_difference(
    got: list[int], rest: list[int]
) -> None:
    given_rows = rows(*got)
    whole = {one.student_id: one.points + rest[one.student_id] for one in given_rows}
    found = discrimination(given_rows, whole)
    if len(set(got)) == 1 or len(set(rest[: len(got)])) == 1:
        assert found is None
    else:
        assert found is not None
        assert -1 <= found <= 1
        mirrored = discrimination(
            rows(*(4 - one for one in got)),
            {one.student_id: 4 - one.points + rest[one.student_id] for one in given_rows},
        )
        assert mirrored is not None
        assert isclose(mirrored, -found, abs_tol=1e-9)


def test_a_question_that_goes_with_the_rest_tells_apart_and_its_own_points_do_not_help_it() -> None:
    good = rows(*[4.0] * 5, *[0.0] * 5)
    assert discrimination(good, {one: (30.0 if one < 5 else 10.0) for one in range(10)}) == pytest.approx(1.0)
    # Without the rest being different, a question does not correlate with itself.
    assert discrimination(good, {one.student_id: one.points + 10 for one in good}) is None


def test_with_too_few_pupils_nothing_is_told() -> None:
    few = rows(*range(FEWEST - 1))
    assert discrimination(few, {one.student_id: one.points * 3 for one in few}) is None
    assert difficulty([]) is None


@given(st.lists(st.floats(0, 4), min_size=1))
def test_difficulty_is_a_share(got: list[float]) -> None:
    found = difficulty(rows(*got))
    assert found is not None
    assert -1e-9 <= found <= 1 + 1e-9


def test_wrong_answers_that_say_the_same_stand_together_and_right_ones_do_not_stand_there() -> None:
    said = ["1/2", "1/2", " ½ ", "3", "4"]
    given_rows = [
        Given(number, 4.0 if text == "4" else 0.0, 4.0, is_answered=True, response={"value": text})
        for number, text in enumerate(said)
    ]
    left_out = Given(9, 0.0, 4.0, is_answered=False, response={})
    found = wrong_answers(question(ItemKind.NUMERIC), [*given_rows, left_out])
    assert found[0].pupils >= 2
    assert sum(one.pupils for one in found) == 4
    assert wrong_answers(question(ItemKind.PHOTO), rows(0.0, response={"photos": ["a"]})) == []


def test_of_a_typical_error_only_the_wrong_blanks_are_kept() -> None:
    correct = {"blanks": [["床前明月光"], ["疑是地上霜"]]}
    response = {"blanks": ["床前明月光。", "疑似地上霜"]}
    assert typical_response(question(ItemKind.TEXT_ENTRY, correct), response) == {
        "blanks": ["", "疑似地上霜"]
    }
    assert typical_response(question(ItemKind.CHOICE, {"choices": ["B"]}), {"choices": ["A"]}) == {
        "choices": ["A"]
    }


def test_wrong_answers_to_different_variants_stand_apart() -> None:
    parameters = {"values": [{"name": "a", "least": "1", "most": "9"}]}
    version = question(ItemKind.NUMERIC, {"value": "[[=a]]"}, prompt="[[=a]] + 0", parameters=parameters)
    given_rows = [
        Given(number, 0.0, 4.0, is_answered=True, response={"value": "77"}, seed=seed)
        for number, seed in enumerate((1, 1, 2))
    ]
    found = wrong_answers(version, given_rows)
    assert [(one.asked.seed, one.pupils) for one in found] == [(1, 2), (2, 1)]
