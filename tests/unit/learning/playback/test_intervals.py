"""Played stretches: their union never lies, and the clock has the last word."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.playback.intervals import (
    Interval,
    Reason,
    add,
    clock_correction,
    covered_seconds,
    credit,
    gaps,
    merge,
    plausible,
)

NOW = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
LENGTH = 100.0
tenths = st.integers(0, 1000).map(lambda tenth: tenth / 10)
stretches = st.lists(st.tuples(tenths, tenths).map(lambda pair: (min(pair), max(pair))), max_size=20)


def played(
    start: float, end: float, *, wall: float | None = None, rate: float = 1.0, ago: float = 0.0
) -> Interval:
    """A stretch that ended *ago* seconds before now and took *wall* seconds."""
    wall_end = NOW - timedelta(seconds=ago)
    seconds = (end - start) / rate if wall is None else wall
    return Interval(uuid4(), start, end, rate, wall_end - timedelta(seconds=seconds), wall_end)


@given(stretches)
def test_the_union_is_disjoint_and_ascending(some: list[tuple[float, float]]) -> None:
    union = merge(some)
    assert all(start < end for start, end in union)
    assert all(one[1] < other[0] for one, other in pairwise(union))


@given(stretches, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(some: list[tuple[float, float]], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis types it loosely
    one_by_one: list[tuple[float, float]] = []
    for stretch in shuffled:
        one_by_one = add(one_by_one, [stretch])
    assert one_by_one == merge(some)


@given(stretches)
def test_adding_again_what_was_seen_changes_nothing(some: list[tuple[float, float]]) -> None:
    union = merge(some)
    assert add(union, some) == union


@given(stretches)
def test_coverage_is_what_a_grid_of_tenths_counts(some: list[tuple[float, float]]) -> None:
    seen = {tenth for start, end in some for tenth in range(round(start * 10), round(end * 10))}
    assert covered_seconds(some) == pytest.approx(len(seen) / 10)


@given(stretches, st.tuples(tenths, tenths), st.integers(1, 50))
def test_looping_a_stretch_never_raises_coverage_above_its_length(
    before: list[tuple[float, float]], stretch: tuple[float, float], times: int
) -> None:
    start, end = min(stretch), max(stretch)
    grown = covered_seconds(add(before, [(start, end)] * times)) - covered_seconds(before)
    assert grown <= end - start + 1e-9


@given(stretches)
def test_what_is_seen_and_what_is_missing_make_the_whole(some: list[tuple[float, float]]) -> None:
    assert covered_seconds(some) + covered_seconds(gaps(some, LENGTH)) == pytest.approx(LENGTH)


def test_honest_playing_is_plausible() -> None:
    assert plausible(played(0, 15), LENGTH, NOW) is None


def test_double_speed_counts() -> None:
    assert plausible(played(0, 30, rate=2), LENGTH, NOW) is None


@pytest.mark.parametrize("rate", [4, 16])
def test_faster_than_double_speed_does_not_count_even_if_it_is_admitted(rate: float) -> None:
    assert plausible(played(0, 60, rate=rate), LENGTH, NOW) is Reason.TOO_FAST


def test_a_heartbeat_that_claims_a_minute_in_a_second_is_refused() -> None:
    assert plausible(played(0, 60, wall=1), LENGTH, NOW) is Reason.TOO_FAST


def test_stretches_of_no_time_do_not_add_up() -> None:
    assert plausible(played(0, 0.5, wall=0), LENGTH, NOW) is Reason.TOO_FAST


def test_a_sleeping_device_counts_nothing() -> None:
    assert plausible(played(0, 10, wall=3600), LENGTH, NOW) is Reason.PAUSED


def test_a_slow_connection_is_not_a_sleeping_device() -> None:
    assert plausible(played(0, 10, wall=40), LENGTH, NOW) is None


@pytest.mark.parametrize(
    "interval",
    [
        played(-1, 5),
        played(5, 5),
        played(9, 5),
        played(0, 200),
        played(0, float("nan"), wall=10),
        played(0, 10, rate=-1, wall=10),
        played(0, 10, wall=-10),
    ],
)
def test_what_is_no_stretch_of_the_video_is_malformed(interval: Interval) -> None:
    assert plausible(interval, LENGTH, NOW) is Reason.MALFORMED


def test_tomorrow_has_not_been_watched() -> None:
    assert plausible(played(0, 10, ago=-3600), LENGTH, NOW) is Reason.FUTURE


def test_an_outbox_of_last_year_is_too_old() -> None:
    assert plausible(played(0, 10, ago=365 * 86400), LENGTH, NOW) is Reason.TOO_OLD


def test_a_device_clock_that_is_a_year_off_is_corrected_by_its_time_of_sending() -> None:
    year = timedelta(days=365)
    sent_at = NOW + year
    wrong = played(0, 10).shifted(year)
    right = wrong.shifted(clock_correction([wrong], sent_at, NOW))
    assert right.wall_end == NOW
    assert plausible(right, LENGTH, NOW) is None


def test_without_a_time_of_sending_the_future_is_drawn_back_to_now() -> None:
    wrong = played(0, 10, ago=-7200)
    assert wrong.shifted(clock_correction([wrong], None, NOW)).wall_end == NOW


def test_a_clock_that_is_a_little_off_is_believed() -> None:
    assert clock_correction([played(0, 10)], NOW + timedelta(seconds=5), NOW) == timedelta(0)


def test_a_second_tab_that_plays_at_the_same_time_counts_nothing() -> None:
    other = played(50, 60)
    busy = [(other.wall_start.timestamp(), other.wall_end.timestamp())]
    assert credit(played(0, 10), busy) == []


def test_a_second_tab_counts_for_the_time_it_played_alone() -> None:
    interval = played(0, 10)
    begin = interval.wall_start.timestamp()
    assert credit(interval, [(begin - 5, begin + 4)]) == [pytest.approx((4, 10))]


def test_at_double_speed_half_the_wall_time_is_half_the_stretch() -> None:
    interval = played(0, 20, rate=2)
    begin = interval.wall_start.timestamp()
    assert credit(interval, [(begin, begin + 5)]) == [pytest.approx((10, 20))]


@given(stretches, tenths, st.floats(1, 60), st.floats(0.25, 2))
def test_credit_never_exceeds_what_was_played(
    busy: list[tuple[float, float]], start: float, wall: float, rate: float
) -> None:
    interval = played(start, start + wall * rate, rate=rate)
    begin = interval.wall_start.timestamp()
    counted = credit(interval, [(begin + a - 50, begin + b - 50) for a, b in busy])
    assert covered_seconds(counted) <= interval.played_seconds + 1e-6
    assert all(interval.start - 1e-6 <= a and b <= interval.end + 1e-6 for a, b in counted)
