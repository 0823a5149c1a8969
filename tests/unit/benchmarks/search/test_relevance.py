import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.search.relevance import gain, mean, ndcg


def test_gain_is_what_is_worked_out_by_hand() -> None:
    # The grades give 7, 0 and 3, and the places divide by 1, by 1.58 and by 2.
    assert gain([3, 0, 2]) == pytest.approx(7 + 0 + 1.5)


def test_ndcg_is_what_is_worked_out_by_hand() -> None:
    grades = {1: 3, 2: 2, 3: 1}
    best = 7 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)
    found = 1 / math.log2(2) + 7 / math.log2(3)
    assert ndcg([3, 1], grades) == pytest.approx(found / best)


def test_the_best_order_is_worth_one_and_nothing_right_is_worth_nothing() -> None:
    grades = {1: 3, 2: 2, 3: 1}
    assert ndcg([1, 2, 3], grades) == 1
    assert ndcg([7, 8], grades) == 0
    assert ndcg([], grades) == 0


def test_only_the_first_ten_count() -> None:
    grades = dict.fromkeys(range(20), 3)
    assert ndcg(list(range(100, 110)) + list(range(10)), grades) == 0
    assert ndcg(list(range(10)), grades) == 1


def test_where_nothing_is_right_only_the_empty_answer_is() -> None:
    assert ndcg([], {}) == 1
    assert ndcg([5], {}) == 0


def test_a_document_that_is_named_twice_counts_once() -> None:
    assert ndcg([1, 1, 1], {1: 3, 2: 3}) == ndcg([1], {1: 3, 2: 3})


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) == 0
    assert mean([1, 2]) == 1.5


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 3), max_size=20), st.permutations(range(31)))
def test_no_answer_is_worth_less_than_nothing_or_more_than_everything(
    grades: dict[int, int], answer: list[int]
) -> None:
    assert 0 <= ndcg(answer, grades) <= 1 + 1e-9
