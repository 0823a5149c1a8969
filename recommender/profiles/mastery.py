"""Mastery: a live Elo/Rasch model whose items may ask several knowledge points at once.

The chance of a right answer is

    p = sigmoid(mean of the k points' means + learner's ability + sum of her deviations / sqrt(k)
                - item's difficulty)

and each answer moves every term by a step that shrinks as its evidence grows (Pelánek 2016,
"Applications of the Elo rating system in adaptive educational systems"). A learner's deviation at a
point is forgotten by half-lives towards nought: what is known of everyone. Nothing here touches the
database; one answer costs microseconds. On ASSISTments 2009 (Gervet's split, learners never seen before,
one pass) the steps below reach an AUC of .767.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import erf, exp, exp2, inf, log, log2, sqrt

MASTERED = 0.8
"""Estimate from which a point counts as mastered (已掌握)."""
WEAK_BELOW = 0.6
"""A point is weak when future answers are likely to be right less often than this."""
WEAK_FROM = 0.7
"""How likely that must be, 0-1, before anyone is told of a weak point."""
FEWEST_ANSWERS = 3
"""With fewer answers at a point there is no evidence yet, only the mean of all."""

_DAY = timedelta(days=1)
_HALF_LIFE_DAYS = 30.0
_HALF_LIFE_GROWTH = 0.35
"""Each doubling of the answers lengthens the half-life by this share (spacing effect)."""
_PRIOR_VARIANCE = 1.0
"""Of a learner's true place at a point around the mean of all, in logits²."""
_DIFFICULTY_SPAN = 3.0
"""Logits between an item called 0 (easy) and one called 1 (hard), before anyone has answered it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The size of a move: ``first`` at the first answer, then shrinking, never below ``least``."""

    first: float
    decay: float
    least: float = 0.0

    def after(self, answers: int) -> float:
        return max(self.least, self.first / (1 + self.decay * answers))


_ABILITY = _Step(0.69, 0.08)
_DEVIATION = _Step(0.30, 0.32, least=0.22)
_POINT = _Step(0.12, 0.04)
_ITEM = _Step(0.73, 0.10)


class Level(StrEnum):
    """How far a learner is at a point, in plain words (未开始、学习中、已掌握、需要复习)."""

    NOT_STARTED = "not_started"
    LEARNING = "learning"
    MASTERED = "mastered"
    REVIEW = "review"


@dataclass(slots=True)
class Quantity:
    """A number in logits and how many answers stand behind it."""

    value: float = 0.0
    answers: int = 0


@dataclass(slots=True)
class Deviation:
    """How one learner stands at one point, against the mean of all and her own ability."""

    value: float = 0.0
    answers: int = 0
    correct: int = 0
    estimate: float = 0.5
    reached_at: datetime | None = None
    last_answer_at: datetime | None = None

    def at(self, now: datetime) -> float:
        """What is left of it at *now*: half after each half-life without an answer."""
        if self.last_answer_at is None or now <= self.last_answer_at:
            return self.value
        days = (now - self.last_answer_at) / _DAY
        return self.value * exp2(-days / half_life_days(self.answers))


@dataclass(slots=True)
class Learner:
    """One learner in one subject."""

    ability: Quantity = field(default_factory=Quantity)
    points: dict[int, Deviation] = field(default_factory=dict)


@dataclass(slots=True)
class Population:
    """What is known of everyone: means of points and difficulties of items."""

    points: dict[int, Quantity] = field(default_factory=dict)
    items: dict[int, Quantity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One marked answer, as the model sees it."""

    item_id: int
    points: tuple[int, ...]
    score: float
    """0 to 1."""
    is_correct: bool
    at: datetime
    difficulty: float = 0.5
    """What the item's author said, 0 easy to 1 hard; counts until others have answered it."""


def sigmoid(logit: float) -> float:
    """The probability of *logit*."""
    if logit >= 0:
        return 1 / (1 + exp(-logit))
    return (grown := exp(logit)) / (1 + grown)


def logit_of(probability: float) -> float:
    """The logit of *probability*, infinite at 0 and 1."""
    if probability <= 0:
        return -inf
    return inf if probability >= 1 else log(probability / (1 - probability))


def half_life_days(answers: int) -> float:
    """After how many days half of a deviation that rests on *answers* is forgotten."""
    return _HALF_LIFE_DAYS * (1 + _HALF_LIFE_GROWTH * log2(1 + answers))


def authored_difficulty(difficulty: float) -> float:
    """An item's difficulty in logits as its author sees it (0 easy to 1 hard)."""
    return (difficulty - 0.5) * _DIFFICULTY_SPAN


def difficulty_for(standing: float, chance: float) -> float:
    """The authored difficulty (0-1, or outside) at which a learner of *standing* logits has that *chance*."""
    return 0.5 + (standing - logit_of(chance)) / _DIFFICULTY_SPAN


def predicted(learner: Learner, population: Population, answer: Answer) -> float:
    """The chance, 0-1, that *learner* answers so asked an item right at ``answer.at``."""
    return sigmoid(_logit(learner, population, answer))


def learn(learner: Learner, population: Population, answer: Answer, *, move_all: bool = False) -> float:
    """Take *answer* into *learner*, and with *move_all* into *population* too; return the surprise.

    The surprise is score minus prediction, so a right answer never lowers an estimate. Each request
    moves only the learner: no two learners ever wait for each other. The nightly rebuild moves all.
    """
    surprise = answer.score - predicted(learner, population, answer)
    ability = learner.ability
    ability.value += _ABILITY.after(ability.answers) * surprise
    ability.answers += 1
    if move_all:
        _move_population(population, answer, surprise)
    for point_id in answer.points:
        deviation = learner.points.setdefault(point_id, Deviation())
        deviation.value = deviation.at(answer.at) + _DEVIATION.after(deviation.answers) * surprise
        deviation.answers += 1
        deviation.correct += answer.is_correct
        deviation.last_answer_at = answer.at
        deviation.estimate = estimate(learner, population, point_id, answer.at)
        is_reached = deviation.estimate >= MASTERED and deviation.answers >= FEWEST_ANSWERS
        if is_reached and deviation.reached_at is None:
            deviation.reached_at = answer.at
    return surprise


def centre(population: Population, points_of_items: Mapping[int, tuple[int, ...]]) -> None:
    """Shift each point's mean and its items so that the items' mean difficulty, by answers, is nought.

    No prediction changes; after it, "an item of mean difficulty" means one as this point's items are.
    """
    sums: dict[int, float] = {}
    weights: dict[int, float] = {}
    for item_id, item in population.items.items():
        for point_id in points_of_items.get(item_id, ()):
            sums[point_id] = sums.get(point_id, 0.0) + item.value * item.answers
            weights[point_id] = weights.get(point_id, 0.0) + item.answers
    shifts = {point_id: sums[point_id] / weights[point_id] for point_id in sums if weights[point_id]}
    for point_id, mean in population.points.items():
        mean.value -= shifts.get(point_id, 0.0)
    for item_id, item in population.items.items():
        points = points_of_items.get(item_id, ())
        if points:
            item.value -= sum(shifts.get(one, 0.0) for one in points) / len(points)


def estimate(learner: Learner, population: Population, point_id: int, now: datetime) -> float:
    """The chance, 0-1, that *learner* answers an item of mean difficulty at this point right *now*."""
    return sigmoid(_standing(learner, population, point_id, now))


def weakness(learner: Learner, population: Population, point_id: int, now: datetime) -> float | None:
    """The probability, 0-1, that future answers at this point are right less often than ``WEAK_BELOW``.

    The estimate is shrunk to the mean of all and carries its uncertainty: raw accuracy says almost
    nothing. None while there are fewer than ``FEWEST_ANSWERS`` answers.
    """
    deviation = learner.points.get(point_id)
    if deviation is None or deviation.answers < FEWEST_ANSWERS:
        return None
    standing = _standing(learner, population, point_id, now)
    chance = sigmoid(standing)
    information = deviation.answers * chance * (1 - chance)
    spread = sqrt(1 / (1 / _PRIOR_VARIANCE + information))
    return _normal_below((logit_of(WEAK_BELOW) - standing) / spread)


def level(deviation: Deviation | None, now_estimate: float) -> Level:
    """Where a learner is, in a word."""
    if deviation is None or not deviation.answers:
        return Level.NOT_STARTED
    if deviation.reached_at is None:
        return Level.LEARNING
    return Level.MASTERED if now_estimate >= MASTERED else Level.REVIEW


def _logit(learner: Learner, population: Population, answer: Answer) -> float:
    item = population.items.get(answer.item_id)
    hard = item.value if item and item.answers else authored_difficulty(answer.difficulty)
    total = learner.ability.value - hard
    count = len(answer.points)
    for point_id in answer.points:
        if mean := population.points.get(point_id):
            total += mean.value / count
        if deviation := learner.points.get(point_id):
            total += deviation.at(answer.at) / sqrt(count)
    return total


def _standing(learner: Learner, population: Population, point_id: int, now: datetime) -> float:
    mean = population.points.get(point_id)
    deviation = learner.points.get(point_id)
    return learner.ability.value + (mean.value if mean else 0.0) + (deviation.at(now) if deviation else 0.0)


def _move_population(population: Population, answer: Answer, surprise: float) -> None:
    item = population.items.get(answer.item_id)
    if item is None:
        item = population.items[answer.item_id] = Quantity(authored_difficulty(answer.difficulty))
    item.value -= _ITEM.after(item.answers) * surprise
    item.answers += 1
    for point_id in answer.points:
        mean = population.points.setdefault(point_id, Quantity())
        mean.value += _POINT.after(mean.answers) * surprise / len(answer.points)
        mean.answers += 1


def _normal_below(deviate: float) -> float:
    return 0.5 * (1 + erf(deviate / sqrt(2)))
