"""How good an answer is: normalised discounted cumulative gain (Järvelin & Kekäläinen 2002), at ten."""

import math
from collections.abc import Iterable, Mapping, Sequence

DEPTH = 10


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain of *grades* in the order of an answer: Σ (2^grade - 1) / log2(place + 1)."""
    return float(sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1)))


def ndcg(answer: Sequence[int], grades: Mapping[int, int], depth: int = DEPTH) -> float:
    """How near *answer*, ids best first, comes to the best order there is, from 0 to 1.

    *grades* holds the grade of every document that is of any use. Where none is, the empty answer is right.
    A document that is named twice counts once.
    """
    once = list(dict.fromkeys(answer))[:depth]
    best = gain(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth])
    if not best:
        return 0.0 if once else 1.0
    return gain(grades.get(one, 0) for one in once) / best


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
