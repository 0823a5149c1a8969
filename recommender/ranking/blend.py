"""One score a candidate: a weighted sum of standardised source numbers.

Each source is standardised over the candidates at hand, joined by a handful of imagined ones that have
nothing to say for themselves: so a source still counts when all candidates share it, and taking a
candidate's number away always lowers its score (the reason that is shown is a reason that counted).
"""

from collections.abc import Sequence
from math import sqrt

from recommender.candidates.candidate import Candidate, Source

WEIGHTS: dict[Source, float] = {
    Source.WEAKNESS: 1.0,
    Source.PREREQUISITE: 0.5,
    Source.UNFINISHED: 0.8,
    Source.SIMILARITY: 0.5,
    Source.TEXTBOOK: 0.4,
    Source.FIT: 0.35,
}
"""How much a standard deviation of each source is worth. Set by judgement until shown suggestions can be
judged by what was learnt from them; then learnt from those."""
_SILENT = 5
"""Imagined candidates whose every number is 0."""
_LEAST_SPREAD = 0.1


def scores(candidates: Sequence[Candidate]) -> list[float]:
    """The score of each candidate, in order; comparable within one list only."""
    standards = {source: _standard([one.sources.get(source, 0.0) for one in candidates]) for source in Source}
    return [score(one, standards) for one in candidates]


def score(candidate: Candidate, standards: dict[Source, tuple[float, float]]) -> float:
    """The candidate's score against each source's (mean, spread)."""
    total = 0.0
    for source, (mean, spread) in standards.items():
        total += WEIGHTS[source] * (candidate.sources.get(source, 0.0) - mean) / spread
    return total


def _standard(values: Sequence[float]) -> tuple[float, float]:
    count = len(values) + _SILENT
    mean = sum(values) / count
    square = sum(value * value for value in values) / count - mean * mean
    return mean, max(_LEAST_SPREAD, sqrt(max(0.0, square)))
