import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import charts


def test_the_examples_of_the_arithmetic_hold() -> None:
    assert doctest.testmod(charts).failed == 0


@given(st.floats(min_value=1e-6, max_value=1e9, allow_subnormal=False))
def test_ticks_rise_evenly_from_nothing_to_above_the_largest(largest: float) -> None:
    ticks = charts.ticks(largest)
    assert ticks[0] == 0
    assert ticks[-1] >= largest * 0.999999
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] / ticks[1] == pytest.approx(len(ticks) - 1)


def test_stacked_bars_need_room_for_their_sum() -> None:
    series = [{"values": [3, 4]}, {"values": [5, None]}]
    assert charts.chart_ticks(series, stacked=True)[-1] >= 8
    assert charts.chart_ticks(series, stacked=False)[-1] == 6


def test_a_chart_of_nothing_still_has_a_scale() -> None:
    assert charts.chart_ticks([{"values": [None, 0]}], stacked=True) == [0, 1]
    assert charts.chart_ticks([], stacked=True) == [0, 1]
