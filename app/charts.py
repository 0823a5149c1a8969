"""The arithmetic of charts: round ticks, and lines that stop where a value is missing."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil, floor, log10
from typing import Any

from flask import Flask

_STEPS = (1, 2, 2.5, 5, 10)
_INTERVALS = 4


def ticks(largest: float) -> list[float]:
    """Round numbers from 0 to at least *largest*, about four steps apart.

    >>> ticks(37)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    if largest <= 0:
        return [0.0, 1.0]
    size = 10.0 ** floor(log10(largest / _INTERVALS))
    step = next(size * each for each in _STEPS if size * each * _INTERVALS >= largest)
    return [round(step * number, 10) for number in range(ceil(largest / step) + 1)]


def chart_ticks(series: Sequence[Mapping[str, Any]], *, stacked: bool) -> list[float]:
    """The ticks under which all of *series* fit, on top of each other if *stacked*."""
    columns = zip(*(one["values"] for one in series), strict=True)
    heights = [[value or 0 for value in column] for column in columns]
    return ticks(max((sum(each) if stacked else max(each) for each in heights), default=0))


def chart_runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The stretches of *values* without a gap, each as (place, value).

    >>> chart_runs([1, None, 2, 3])
    [[(0, 1)], [(2, 2), (3, 3)]]
    """
    placed = groupby(enumerate(values), key=lambda pair: pair[1] is None)
    return [[(at, v) for at, v in run if v is not None] for is_gap, run in placed if not is_gap]


def chart_number(value: float) -> str:
    """*value* without needless decimals.

    >>> chart_number(2.0), chart_number(0.25)
    ('2', '0.25')
    """
    return f"{value:.10g}"


def init_app(app: Flask) -> None:
    """Give the chart macro its arithmetic."""
    app.jinja_env.globals.update(chart_ticks=chart_ticks, chart_runs=chart_runs, chart_number=chart_number)
