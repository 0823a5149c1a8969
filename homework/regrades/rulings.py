"""What a wrong key means for an answer: pure rules, one for each policy.

| policy | marks | what the answer says of the pupil |
|---|---|---|
| accept both | by the key that is better for the pupil | the same |
| full marks | all points | nothing: with a wrong key it proves neither knowledge nor error |
| drop | stay, and count for nothing | nothing |
| mark by the new key | by the new key alone | the same |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from library.items.kinds.kind import Asked
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.marking import NOT_MARKED, Judgement, mark
from library.items.models import ItemVersion


class Policy(StrEnum):
    """What is done for those whose answers a wrong key has marked."""

    ACCEPT_BOTH = "accept_both"
    FULL = "full"
    DROP = "drop"
    REMARK = "remark"


NEEDS_A_KEY = frozenset({Policy.ACCEPT_BOTH, Policy.REMARK})


def has_key(version: ItemVersion) -> bool:
    """Whether the key of *version* can be corrected on the page; that of a variant is worked out."""
    return version.kind in MARKED_BY_MACHINE and not version.parameters


def is_same_but_for_key(version: ItemVersion, other: ItemVersion) -> bool:
    """Whether two wordings offer the same and take something else: what is right can then be marked anew."""
    same = (version.kind, version.interaction) == (other.kind, other.interaction)
    return same and version.correct != other.correct and has_key(version) and has_key(other)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an answer earns now."""

    evidence: Judgement
    """What it says of the pupil, for her profile."""
    share: float | None
    """Of the question's points, 0 to 1; None where the mark stays as it is."""


def rule(policy: Policy, response: Mapping[str, Any], *, earlier: Asked, corrected: Asked) -> Ruling:
    """What *response* earns under *policy*, by the question with its wrong key and with the right one."""
    match policy:
        case Policy.ACCEPT_BOTH:
            by_both = (mark(one, response) for one in (earlier, corrected))
            return _by_key(max(by_both, key=_worth))
        case Policy.REMARK:
            return _by_key(mark(corrected, response))
        case Policy.FULL:
            return Ruling(NOT_MARKED, 1.0)
        case Policy.DROP:
            return Ruling(NOT_MARKED, None)


def _by_key(judgement: Judgement) -> Ruling:
    return Ruling(judgement, judgement.score)


def _worth(judgement: Judgement) -> float:
    return -1.0 if judgement.score is None else judgement.score
