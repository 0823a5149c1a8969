"""What levels give, what another rubric changes, and which rubrics nobody can mark by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homework.rubrics import errors
from homework.rubrics.changes import Fate, Judged, changes_by
from homework.rubrics.forms import CriterionRow, LevelRow, RubricForm, read_criteria
from homework.rubrics.rubric import Criteria, Criterion, Level, Rounding, check, rounded


def criteria(*best: float, rounding: Rounding = Rounding.NONE) -> Criteria:
    """One criterion for each of *best* points, with a level for these, one for half and one for none."""
    return Criteria(
        tuple(
            Criterion(
                f"c{number}",
                f"指标{number}",
                (
                    Level(f"c{number}a", most, "好"),
                    Level(f"c{number}b", most / 2, "中"),
                    Level(f"c{number}c", 0.0, "无"),
                ),
            )
            for number, most in enumerate(best)
        ),
        rounding,
    )


def judged(levels: dict[str, str], chosen: float, points: float | None = None) -> Judged:
    mark = chosen if points is None else points
    return Judged(
        1, 1, 1, 1, 1, is_returned=False, levels=levels, chosen_points=chosen, points=mark, version=1
    )


def test_the_chosen_levels_give_their_sum_and_a_missing_one_gives_nothing() -> None:
    rubric = criteria(3.0, 2.0)
    assert rubric.points_of({"c0": "c0b", "c1": "c1a"}) == 3.5
    assert rubric.points_of({"c0": "c0b"}) is None
    assert rubric.points_of({"c0": "c0b", "c1": "gone"}) is None
    with pytest.raises(errors.UnknownLevel):
        rubric.check_choice({"c0": "c1a"})


@pytest.mark.parametrize(
    ("rounding", "expected"), [(Rounding.NONE, 2.25), (Rounding.HALF, 2.5), (Rounding.WHOLE, 2.0)]
)
def test_the_sum_is_rounded_as_the_rubric_says(rounding: Rounding, expected: float) -> None:
    assert rounded(2.25, rounding) == expected


@given(st.floats(0, 100), st.sampled_from(Rounding))
def test_rounding_moves_by_half_a_step_at_most_and_stays_put_when_repeated(
    points: float, rounding: Rounding
) -> None:
    once = rounded(points, rounding)
    assert abs(once - points) <= 0.5 + 1e-9
    assert rounded(once, rounding) == once


@pytest.mark.parametrize(
    ("rubric", "refusal"),
    [
        (Criteria(()), errors.NoCriteria),
        (criteria(3.0, 1.0), errors.PointsDiffer),
        (
            Criteria((Criterion("c", "", (Level("a", 5.0, "好"), Level("b", 0.0, "无"))),)),
            errors.CriterionWithoutLevels,
        ),
        (Criteria((Criterion("c", "指标", (Level("a", 5.0, "好"),)),)), errors.CriterionWithoutLevels),
        (criteria(*[5 / 13] * 13), errors.TooLarge),
    ],
)
def test_a_rubric_that_nobody_can_mark_by_is_refused(rubric: Criteria, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check(rubric, 5.0)


def test_its_best_levels_give_what_the_question_is_worth() -> None:
    check(criteria(3.0, 2.0), 5.0)
    with pytest.raises(errors.PointsDiffer, match="4"):
        check(criteria(2.0, 2.0), 5.0)


def test_another_rubric_recalculates_keeps_what_was_set_by_hand_and_asks_where_a_level_is_gone() -> None:
    full = {"c0": "c0a", "c1": "c1a"}
    rows = [
        judged(full, 5.0),
        judged(full, 5.0, points=4.0),
        judged({"c0": "gone", "c1": "c1a"}, 5.0),
        judged({"c0": "c0c", "c1": "c1c"}, 0.0),
    ]
    changes = changes_by(criteria(4.0, 2.0), rows)
    assert [(one.fate, one.points) for one in changes] == [
        (Fate.RECALCULATED, 6.0),
        (Fate.BY_HAND, 4.0),
        (Fate.LEVEL_GONE, 5.0),
    ]


def test_what_is_typed_becomes_a_rubric_without_its_empty_rows() -> None:
    typed = RubricForm(
        [
            CriterionRow(
                "c",
                " 论点 ",
                [LevelRow("b", "0", "没有"), LevelRow("a", "1,5".replace(",", "."), "明确"), LevelRow("x")],
            ),
            CriterionRow("empty", "", [LevelRow("y")]),
        ]
    )
    [only] = read_criteria(typed).all
    assert (only.title, [one.id for one in only.levels]) == ("论点", ["a", "b"])
    typed.criteria[0].levels[0].points = "很多"
    with pytest.raises(errors.UnreadableLevel, match="1"):
        read_criteria(typed)
