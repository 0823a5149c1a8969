from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.profiles.mastery import (
    FEWEST_ANSWERS,
    MASTERED,
    Answer,
    Deviation,
    Learner,
    Level,
    Population,
    Quantity,
    authored_difficulty,
    centre,
    estimate,
    half_life_days,
    learn,
    level,
    logit_of,
    predicted,
    sigmoid,
    weakness,
)

NOON = datetime(2026, 9, 7, 4, tzinfo=UTC)
DAY = timedelta(days=1)
EQUATIONS, FRACTIONS = 1, 2


def answer(
    *points: int, right: bool = True, at: datetime = NOON, item: int = 1, difficulty: float = 0.5
) -> Answer:
    return Answer(item, points or (EQUATIONS,), float(right), right, at, difficulty)


def learner_after(outcomes: Iterable[bool], points: tuple[int, ...] = (EQUATIONS,)) -> Learner:
    learner = Learner()
    for right in outcomes:
        learn(learner, Population(), answer(*points, right=right))
    return learner


histories = st.lists(st.booleans(), max_size=30)


@given(histories, st.integers(0, 400), st.floats(0, 1))
def test_a_right_answer_never_lowers_and_a_wrong_one_never_raises(
    outcomes: list[bool], days: int, difficulty: float
) -> None:
    for right in (True, False):
        learner = learner_after(outcomes)
        at = NOON + days * DAY
        before = estimate(learner, Population(), EQUATIONS, at)
        learn(learner, Population(), answer(right=right, at=at, difficulty=difficulty))
        after = estimate(learner, Population(), EQUATIONS, at)
        assert after >= before if right else after <= before


@given(histories, st.integers(1, 60), st.integers(1, 60))
def test_forgetting_tends_to_the_mean_of_all_and_never_passes_it(
    outcomes: list[bool], first: int, more: int
) -> None:
    deviation = learner_after(outcomes).points.get(EQUATIONS, Deviation())
    soon = deviation.at(NOON + first * DAY)
    later = deviation.at(NOON + (first + more) * DAY)
    assert abs(later) <= abs(soon) <= abs(deviation.value)
    assert later * deviation.value >= 0


def test_after_one_half_life_half_of_a_deviation_is_left() -> None:
    deviation = Deviation(value=1.0, answers=7, last_answer_at=NOON)
    assert deviation.at(NOON + half_life_days(7) * DAY) == pytest.approx(0.5)


@given(histories)
def test_estimates_stay_probabilities_and_abilities_stay_in_range(outcomes: list[bool]) -> None:
    learner = learner_after(outcomes)
    assert 0 < estimate(learner, Population(), EQUATIONS, NOON) < 1
    assert abs(learner.ability.value) < 6


def test_a_long_run_of_right_answers_masters_a_point_and_a_long_run_of_wrong_ones_shows_it_weak() -> None:
    strong, weak = learner_after([True] * 12), learner_after([False] * 12)
    assert estimate(strong, Population(), EQUATIONS, NOON) > 0.85
    assert estimate(weak, Population(), EQUATIONS, NOON) < 0.15
    assert weakness(strong, Population(), EQUATIONS, NOON) == pytest.approx(0, abs=0.1)
    assert weakness(weak, Population(), EQUATIONS, NOON) == pytest.approx(1, abs=0.1)


def test_steps_shrink_as_evidence_grows() -> None:
    novice, veteran = Learner(), Learner(ability=Quantity(0.0, answers=200))
    for learner in (novice, veteran):
        learn(learner, Population(), answer())
    assert novice.ability.value > 5 * veteran.ability.value


def test_an_item_on_two_points_moves_both_and_counts_each_mean_by_half() -> None:
    learner = learner_after([True], (EQUATIONS, FRACTIONS))
    assert set(learner.points) == {EQUATIONS, FRACTIONS}
    everyone = Population(points={EQUATIONS: Quantity(2.0, 9), FRACTIONS: Quantity(0.0, 9)})
    assert predicted(Learner(), everyone, answer(EQUATIONS, FRACTIONS)) == pytest.approx(sigmoid(1.0))


def test_a_point_that_one_more_answer_does_not_ask_stays_as_it_was() -> None:
    learner = learner_after([False, False], (FRACTIONS,))
    before = learner.points[FRACTIONS].value
    learn(learner, Population(), answer(EQUATIONS))
    assert learner.points[FRACTIONS].value == before


def test_the_authors_word_counts_until_others_have_answered() -> None:
    hard = answer(difficulty=1.0)
    assert predicted(Learner(), Population(), hard) == pytest.approx(sigmoid(-authored_difficulty(1.0)))
    proved_easy = Population(items={1: Quantity(-2.0, answers=40)})
    assert predicted(Learner(), proved_easy, hard) == pytest.approx(sigmoid(2.0))


def test_only_the_rebuild_moves_what_all_share() -> None:
    everyone = Population()
    learn(Learner(), everyone, answer())
    assert not everyone.items
    learn(Learner(), everyone, answer(), move_all=True)
    assert everyone.items[1].value < 0 < everyone.points[EQUATIONS].value


def test_centring_changes_no_prediction_and_makes_the_items_of_a_point_nought_on_average() -> None:
    everyone = Population(
        points={EQUATIONS: Quantity(0.5, 9), FRACTIONS: Quantity(-0.2, 9)},
        items={1: Quantity(-1.0, 3), 2: Quantity(-2.0, 1), 3: Quantity(0.4, 2)},
    )
    points = {1: (EQUATIONS,), 2: (EQUATIONS,), 3: (EQUATIONS, FRACTIONS)}
    asked = [answer(*points[item], item=item) for item in points]
    before = [predicted(Learner(), everyone, one) for one in asked]
    centre(everyone, points)
    assert [predicted(Learner(), everyone, one) for one in asked] == pytest.approx(before)
    assert everyone.points[EQUATIONS].value > 0.5


def test_nothing_is_called_weak_on_fewer_than_three_answers() -> None:
    assert weakness(learner_after([False] * (FEWEST_ANSWERS - 1)), Population(), EQUATIONS, NOON) is None
    assert weakness(learner_after([False] * FEWEST_ANSWERS), Population(), EQUATIONS, NOON) is not None


def test_one_wrong_of_three_is_not_weak_though_its_raw_accuracy_is_low_where_all_do_well() -> None:
    everyone = Population(points={EQUATIONS: Quantity(1.5, 900)})
    learner = Learner()
    for right in (True, False, True):
        learn(learner, everyone, answer(right=right))
    found = weakness(learner, everyone, EQUATIONS, NOON)
    assert found is not None
    assert found < 0.3


def test_what_was_mastered_and_is_forgotten_wants_review_and_keeps_its_first_date() -> None:
    learner = learner_after([True] * 5)
    deviation = learner.points[EQUATIONS]
    learner.ability.value = 0.9
    deviation.value, deviation.reached_at = 1.0, NOON
    assert level(deviation, estimate(learner, Population(), EQUATIONS, NOON)) is Level.MASTERED
    later = NOON + 120 * DAY
    assert estimate(learner, Population(), EQUATIONS, later) < MASTERED
    assert level(deviation, estimate(learner, Population(), EQUATIONS, later)) is Level.REVIEW
    assert deviation.reached_at == NOON


def test_levels_without_mastery() -> None:
    assert level(None, 0.9) is Level.NOT_STARTED
    assert level(Deviation(answers=1), 0.9) is Level.LEARNING


@given(st.floats(0.001, 0.999))
def test_sigmoid_undoes_logit(probability: float) -> None:
    assert sigmoid(logit_of(probability)) == pytest.approx(probability)


def test_sigmoid_is_safe_far_out() -> None:
    assert sigmoid(-1000) == 0
    assert sigmoid(1000) == 1
    assert logit_of(0) < logit_of(1)
