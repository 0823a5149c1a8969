"""What answers say of a question: pure figures over shares of points.

| figure | meaning | source |
|---|---|---|
| difficulty | mean share of points, 0–1; higher is easier (难度系数 P) | Crocker & Algina 1986, ch. 14 |
| discrimination | corrected item–total correlation, −1 to 1 | Lord & Novick 1968, §15.2 |

The discrimination of a question that is right or wrong is the point-biserial correlation between it and the
rest of the work; where points are shared out it is Pearson's, of which that is a case. The question's own
points are taken out of the total, for with few questions they would correlate with themselves. Below 0.2 a
question hardly tells who knows the matter (Ebel & Frisbie 1991, p. 232). It is told from ten pupils on.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from library.items.kinds.blanks import answers_of, is_same
from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of
from library.items.models import ItemKind, ItemVersion
from library.items.variants import Posed, pose

FEWEST = 10
WEAK_BELOW = 0.2
MOST_WRONG_ANSWERS = 5
NO_DIFFERENCE = 1e-9


@dataclass(frozen=True, slots=True)
class Given:
    """What one pupil got for one question."""

    student_id: int
    points: float
    most: float
    is_answered: bool
    response: Mapping[str, Any]
    seed: int | None = None
    """Which variant of the question it was."""

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.points / self.most


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer without all points that several pupils may have given."""

    asked: Posed
    response: Mapping[str, Any]
    """In the words of the first who gave it."""
    student_ids: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """How many gave it."""
        return len(self.student_ids)


def difficulty(given: Sequence[Given]) -> float | None:
    """The mean share of points; what was due and not answered counts as none. None without pupils."""
    return sum(one.share for one in given) / len(given) if given else None


def discrimination(given: Sequence[Given], totals: Mapping[int, float]) -> float | None:
    """How well the question tells apart who does well in the rest of the work, −1 to 1.

    *totals* maps pupils to their points in the whole work. None with fewer than ten pupils, or where all got
    the same here or in the rest.
    """
    if len(given) < FEWEST:
        return None
    shares = [one.share for one in given]
    rests = [totals.get(one.student_id, 0.0) - one.points for one in given]
    return _correlation(shares, rests)


def wrong_answers(version: ItemVersion, given: Iterable[Given]) -> list[WrongAnswer]:
    """What was answered without getting all points, the same answers together, the commonest first."""
    found: dict[Hashable, tuple[Posed, Mapping[str, Any], list[int]]] = {}
    variants: dict[int | None, Posed] = {}
    for one in given:
        if not one.is_answered or one.points >= one.most:
            continue
        asked = variants.get(one.seed) or variants.setdefault(one.seed, pose(version, one.seed))
        if not kind_of(asked).is_answered(one.response):
            continue  # it stands on paper
        same = kind_of(asked).same(asked, one.response)
        if same is not None:
            found.setdefault((asked.seed, same), (asked, one.response, []))[2].append(one.student_id)
    listed = [WrongAnswer(asked, response, tuple(students)) for asked, response, students in found.values()]
    return sorted(listed, key=lambda one: (-one.pupils, str(one.response)))


def typical_response(asked: Asked, response: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a wrong *response* that makes it wrong: blanks that are right are left open."""
    if asked.kind is not ItemKind.TEXT_ENTRY:
        return dict(response)
    accepted = asked.correct.get("blanks") or []
    return {
        "blanks": [
            "" if any(is_same(kind, one, text) for one in texts) else text
            for text, texts, kind in zip(
                response.get("blanks") or [], accepted, answers_of(asked), strict=False
            )
        ]
    }


def _correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    number = len(ones)
    mean, other_mean = sum(ones) / number, sum(others) / number
    spread = sqrt(sum((one - mean) ** 2 for one in ones))
    other_spread = sqrt(sum((one - other_mean) ** 2 for one in others))
    if spread < NO_DIFFERENCE or other_spread < NO_DIFFERENCE:
        return None
    together = sum((a - mean) * (b - other_mean) for a, b in zip(ones, others, strict=True))
    return max(-1.0, min(1.0, together / (spread * other_spread)))
