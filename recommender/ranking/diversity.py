"""Ten suggestions that are not ten times the same.

Maximal marginal relevance (Carbonell & Goldstein 1998): each next one is worth its score less its
likeness to what is on the list already.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from recommender.candidates.candidate import Candidate

LAMBDA = 0.7
"""Share of the score against that of difference."""
MOST_PER_POINT = 3
FEWEST_KINDS = 3
LENGTH = 10
Likeness = Callable[[Candidate, Candidate], float]
"""How alike two candidates are, 0-1."""


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], likeness: Likeness, length: int = LENGTH
) -> list[tuple[Candidate, float]]:
    """At most *length* of the candidates with their scores, the best first.

    No two share a title, or kind and knowledge point; at most three are about one point; and ten hold at
    least three kinds where there are three.
    """
    relevance = _unit(scores)
    left = sorted(range(len(candidates)), key=lambda place: -scores[place])
    chosen: list[int] = []
    while left and len(chosen) < length:
        allowed = [place for place in left if _fits(candidates, chosen, place, length)]
        if not allowed:
            break
        best = max(
            allowed,
            key=lambda place: (
                LAMBDA * relevance[place]
                - (1 - LAMBDA)
                * max((likeness(candidates[place], candidates[other]) for other in chosen), default=0.0)
            ),
        )
        chosen.append(best)
        left.remove(best)
    return [(candidates[place], scores[place]) for place in chosen]


def shared_points(one: Candidate, other: Candidate) -> float:
    """Likeness without vectors: points shared of points touched, and half of that for the same kind."""
    touched = one.points | other.points
    share = len(one.points & other.points) / len(touched) if touched else 0.0
    return share * (1.0 if one.kind == other.kind else 0.5)


def _fits(candidates: Sequence[Candidate], chosen: Sequence[int], place: int, length: int) -> bool:
    """Whether the candidate may join: nothing like it is there, its points have room, and so have kinds."""
    one = candidates[place]
    if any(candidates[other].title == one.title for other in chosen):
        return False
    if any(candidates[other].kind == one.kind and candidates[other].points & one.points for other in chosen):
        return False
    counts = Counter(point for other in chosen for point in candidates[other].points)
    if any(counts[point] >= MOST_PER_POINT for point in one.points):
        return False
    kinds = {candidates[other].kind for other in chosen}
    wanted = min(FEWEST_KINDS, len({candidate.kind for candidate in candidates}))
    missing = wanted - len(kinds)
    return one.kind not in kinds or length - len(chosen) > missing


def _unit(scores: Sequence[float]) -> list[float]:
    """The scores moved into 0-1, so that they weigh against likeness."""
    if not scores:
        return []
    low, high = min(scores), max(scores)
    return [(score - low) / (high - low) if high > low else 1.0 for score in scores]
