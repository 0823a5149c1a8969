"""Draw questions: as many as are asked for, spread evenly over what they should be about.

A pure rule: the same questions, wishes and seed give the same draw. What is drawn never takes longer than
was asked, and holds no question twice; questions about one text come together or not at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from homework.planning.queries import Ease
from library.items.models import ItemKind

WEIGHT_OF_KINDS = 0.3
"""How much another kind of question is worth, where another knowledge point is worth 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that may be drawn."""

    version_id: int
    item_id: int
    point_ids: frozenset[int]
    kind: ItemKind
    ease: Ease
    minutes: float
    group: int | None = None
    """The text that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a teacher asks for; at least one of *questions*, *minutes* and *eases* is told."""

    point_ids: tuple[int, ...]
    questions: int | None = None
    minutes: float | None = None
    eases: Mapping[Ease, int] = field(default_factory=dict)
    """How many of each difficulty, of these; what is left of *questions* is of any."""

    @property
    def wanted(self) -> int | None:
        """How many questions there should be."""
        if self.questions is not None:
            return self.questions
        return sum(self.eases.values()) if self.eases else None

    @property
    def free(self) -> int:
        """How many of them may be of any difficulty."""
        return max((self.wanted or 0) - sum(self.eases.values()), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What was drawn, in an order to be worked in, and what could not be met."""

    chosen: tuple[Candidate, ...]
    questions_missing: int = 0
    eases_missing: Mapping[Ease, int] = field(default_factory=dict)
    points_missing: tuple[int, ...] = ()
    """Knowledge points of which no question is among them."""

    @property
    def minutes(self) -> float:
        """How long it takes."""
        return sum(one.minutes for one in self.chosen)


def draw(candidates: Iterable[Candidate], wish: Wish, seed: int) -> Draw:
    """Draw for *wish*; another *seed* gives another draw of the same quality."""
    units = _units(candidates)
    Random(f"assembly/{seed}").shuffle(units)  # noqa: S311 -- the same draw for the same seed is the purpose
    taken: list[Candidate] = []
    points: Counter[int] = Counter()
    kinds: Counter[ItemKind] = Counter()
    while fitting := [one for one in units if _fits(one, taken, wish)]:
        best = max(fitting, key=lambda unit: _worth(unit, wish, points, kinds))
        units.remove(best)
        taken += best
        points.update(point for one in best for point in one.point_ids)
        kinds.update(one.kind for one in best)
    eases = Counter(one.ease for one in taken)
    return Draw(
        chosen=tuple(_ordered(taken)),
        questions_missing=max((wish.wanted or 0) - len(taken), 0),
        eases_missing={
            ease: number - eases[ease] for ease, number in wish.eases.items() if number > eases[ease]
        },
        points_missing=tuple(one for one in wish.point_ids if not points[one]),
    )


def _units(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """What is drawn together, in an order that does not depend on how the questions came."""
    units: dict[tuple[str, int], list[Candidate]] = {}
    seen: set[int] = set()
    for one in sorted(candidates, key=lambda each: each.version_id):
        if one.item_id in seen:
            continue
        seen.add(one.item_id)
        name = ("alone", one.version_id) if one.group is None else ("text", one.group)
        units.setdefault(name, []).append(one)
    return list(units.values())


def _fits(unit: Sequence[Candidate], taken: Sequence[Candidate], wish: Wish) -> bool:
    if wish.wanted is not None and len(taken) + len(unit) > wish.wanted:
        return False
    if wish.minutes is not None and sum(one.minutes for one in (*taken, *unit)) > wish.minutes:
        return False
    if not wish.eases:
        return True
    eases = Counter(one.ease for one in (*taken, *unit))
    return sum(max(number - wish.eases.get(ease, 0), 0) for ease, number in eases.items()) <= wish.free


def _worth(unit: Sequence[Candidate], wish: Wish, points: Counter[int], kinds: Counter[ItemKind]) -> float:
    """How much a unit adds: most where it is about what nothing drawn is about yet."""
    wanted = set(wish.point_ids)
    about = {point for one in unit for point in one.point_ids} & wanted
    # A question about a new point and an old one is about a new one.
    fewest = min((points[point] for point in about), default=len(kinds) + 1)
    fewest_of_kind = min(kinds[one.kind] for one in unit)
    return 1 / (1 + fewest) + WEIGHT_OF_KINDS / (1 + fewest_of_kind)


def _ordered(taken: Sequence[Candidate]) -> list[Candidate]:
    """The easy ones first, what is about one text together."""
    eases = list(Ease)
    hardness = {
        one.group: min(eases.index(each.ease) for each in taken if each.group == one.group)
        for one in taken
        if one.group is not None
    }

    def place(one: Candidate) -> tuple[int, int, int]:
        if one.group is None:
            return eases.index(one.ease), 0, one.version_id
        return hardness[one.group], one.group, one.version_id

    return sorted(taken, key=place)
