"""Whom a piece of work is given to, class by class, and how long it takes them: rules without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.classes.models import SchoolClass
from homework.assignments.layers import Layer, deepest, is_required


@dataclass(frozen=True, slots=True)
class Part:
    """A group or one pupil, and what they must do."""

    depth: Layer
    group_id: int | None = None
    student_id: int | None = None


@dataclass(slots=True)
class Share:
    """One class: all of it or some parts, and what must be done there."""

    school_class: SchoolClass
    is_whole: bool = False
    depth: Layer = Layer.REQUIRED
    parts: list[Part] = field(default_factory=list)

    @property
    def deepest(self) -> Layer:
        """What those must do who must do most."""
        depths = [one.depth for one in self.parts]
        return deepest([*depths, self.depth] if self.is_whole else depths)


@dataclass(frozen=True, slots=True)
class Worth:
    """The minutes of a piece of work: what is the same for all, and each question with its layer."""

    common: float
    questions: Sequence[tuple[Layer, float]]

    def at(self, depth: Layer) -> float:
        """The minutes of who must work down to *depth*."""
        required = (minutes for layer, minutes in self.questions if is_required(layer, depth))
        return self.common + sum(required)

    def by_class(self, shares: Iterable[Share]) -> dict[int, float]:
        """What counts in the ledger: in each class, the minutes of those who must do most."""
        return {one.school_class.id: self.at(one.deepest) for one in shares}

    def usual(self, shares: Iterable[Share]) -> float:
        """What the work says of itself: for whole classes, else for those to whom it is given."""
        known = list(shares)
        whole = [one.depth for one in known if one.is_whole]
        return self.at(deepest(whole or [one.deepest for one in known]))


def depth_in(depths: Mapping[tuple[str, int], Layer], kind: str, number: int) -> Layer:
    """What the plan says that a class, group or pupil must do."""
    return depths.get((kind, number), Layer.REQUIRED)
