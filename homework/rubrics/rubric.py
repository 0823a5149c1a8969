"""A rubric and what it gives: pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from homework.rubrics.errors import (
    CriterionWithoutLevels,
    NoCriteria,
    PointsDiffer,
    TooLarge,
    UnknownLevel,
)

MOST_CRITERIA, MOST_LEVELS, FEWEST_LEVELS = 12, 8, 2
DECIMALS = 2
"""Points are kept to hundredths, as marking does."""

Choice = Mapping[str, str]
"""Criterion id to level id."""


class Rounding(StrEnum):
    """To what the sum of the levels is rounded, half upwards."""

    NONE = "none"
    HALF = "half"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Level:
    """How well a criterion is met."""

    id: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at (指标)."""

    id: str
    title: str
    levels: tuple[Level, ...]
    """The best one first."""

    @property
    def most(self) -> float:
        """The points of its best level."""
        return max((one.points for one in self.levels), default=0.0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A level of each criterion, and what they give together."""

    levels: Choice
    points: float


@dataclass(frozen=True, slots=True)
class Criteria:
    """All criteria of a rubric, and how their sum is rounded."""

    all: tuple[Criterion, ...]
    rounding: Rounding = Rounding.NONE

    @property
    def most(self) -> float:
        """What the best levels give together."""
        return round(sum(one.most for one in self.all), DECIMALS)

    def points_of(self, choice: Choice) -> float | None:
        """What the chosen levels give; None while a criterion has none, or one that is gone."""
        total = 0.0
        for criterion in self.all:
            level = next((one for one in criterion.levels if one.id == choice.get(criterion.id)), None)
            if level is None:
                return None
            total += level.points
        return rounded(total, self.rounding)

    def levels_in(self, choice: Choice) -> list[tuple[Criterion, Level]]:
        """The levels that are chosen, beside their criteria; what the rubric does not have is left out."""
        return [
            (criterion, level)
            for criterion in self.all
            for level in criterion.levels
            if choice.get(criterion.id) == level.id
        ]

    def chosen(self, choice: Choice) -> Chosen | None:
        """The *choice* with its points; None while a criterion has no level.

        Raises:
            UnknownLevel: the rubric does not have such a level.
        """
        self.check_choice(choice)
        points = self.points_of(choice)
        return None if points is None else Chosen(dict(choice), points)

    def check_choice(self, choice: Choice) -> None:
        """Refuse levels that are not there.

        Raises:
            UnknownLevel: one is not.
        """
        known = {criterion.id: {one.id for one in criterion.levels} for criterion in self.all}
        if any(level not in known.get(criterion, set()) for criterion, level in choice.items()):
            raise UnknownLevel

    def as_data(self) -> list[dict[str, Any]]:
        """As it is stored."""
        return [
            {
                "id": one.id,
                "title": one.title,
                "levels": [
                    {"id": level.id, "points": level.points, "words": level.words} for level in one.levels
                ],
            }
            for one in self.all
        ]

    @classmethod
    def of_data(cls, data: Sequence[Mapping[str, Any]], rounding: Rounding) -> "Criteria":
        """From what is stored."""
        return cls(
            tuple(
                Criterion(
                    one["id"],
                    one["title"],
                    tuple(
                        Level(level["id"], float(level["points"]), level["words"]) for level in one["levels"]
                    ),
                )
                for one in data
            ),
            rounding,
        )


def rounded(points: float, rounding: Rounding) -> float:
    """*points* to the next whole or half point, half upwards, or to hundredths."""
    match rounding:
        case Rounding.WHOLE:
            return float(math.floor(points + 0.5))
        case Rounding.HALF:
            return math.floor(points * 2 + 0.5) / 2
        case Rounding.NONE:
            return round(points, DECIMALS)


def check(criteria: Criteria, most: float) -> None:
    """Refuse a rubric that cannot be marked by, for a question that is worth *most* points.

    Raises:
        NoCriteria: it has none.
        TooLarge: it has too many, or too many levels.
        CriterionWithoutLevels: one has no name, or fewer than two levels.
        PointsDiffer: the best levels give more or less than the question is worth.
    """
    if not criteria.all:
        raise NoCriteria
    if len(criteria.all) > MOST_CRITERIA or any(len(one.levels) > MOST_LEVELS for one in criteria.all):
        raise TooLarge(criteria=MOST_CRITERIA, levels=MOST_LEVELS)
    for number, one in enumerate(criteria.all, start=1):
        if not one.title or len(one.levels) < FEWEST_LEVELS or not all(level.words for level in one.levels):
            raise CriterionWithoutLevels(number=number)
    if not math.isclose(criteria.most, most, abs_tol=10**-DECIMALS / 2):
        raise PointsDiffer(sum=f"{criteria.most:g}", most=f"{most:g}")
