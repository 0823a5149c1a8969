"""Where a question stands between its return and its accepted correction: rules without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of
from library.items.models import ItemKind


class Verdict(StrEnum):
    """What was said of one version of a correction."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    AGAIN = "again"


class Stage(StrEnum):
    """待订正、待复批、需再订正、已通过、无需再订正."""

    OWED = "owed"
    WAITING = "waiting"
    AGAIN = "again"
    ACCEPTED = "accepted"
    NOT_OWED = "not_owed"
    """It was corrected, and then the answer got all points after all, or the question counts no more."""


OPEN = frozenset({Stage.OWED, Stage.AGAIN})
"""The pupil's turn."""


class Part(StrEnum):
    """What a stretch of text is, seen from the earlier version."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a comparison."""

    part: Part
    text: str


def verdict_of(score: float | None, *, is_correct: bool | None) -> Verdict:
    """What a key says at once; a person says the rest."""
    if score is None:
        return Verdict.WAITING
    return Verdict.ACCEPTED if is_correct else Verdict.AGAIN


def verdict_now(said: Verdict, *, is_by_key: bool, is_correct: bool | None) -> Verdict:
    """What holds of a version that got *said*: a key that was put right since takes what it had refused.

    What was accepted stays so, and so does what a person said.
    """
    return Verdict.ACCEPTED if said is Verdict.AGAIN and is_by_key and is_correct else said


def stage_of(latest: Verdict | None, *, is_accepted: bool = False, is_owed: bool = True) -> Stage:
    """Where a question stands whose last correction got *latest*, None where there is none.

    *is_accepted* says that any version is, *is_owed* that there is something to correct at all.
    """
    if is_accepted or latest is Verdict.ACCEPTED:
        return Stage.ACCEPTED
    if not is_owed:
        return Stage.NOT_OWED
    return Stage.OWED if latest is None else Stage(latest.value)


def is_owed(
    points: float | None, most: float, *, is_answered: bool, is_required: bool, is_dropped: bool
) -> bool:
    """Whether a returned question must be corrected: not all points, or nothing where something was due."""
    if is_dropped:
        return False
    if not is_answered:
        return is_required
    return points is not None and points < most


def compare(before: str, after: str) -> list[Stretch]:
    """The two texts, stretch by stretch: those marked same or gone make *before*, same or new *after*."""
    found = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Stretch(Part.SAME, before[a:b]))
            continue
        if a < b:
            found.append(Stretch(Part.GONE, before[a:b]))
        if c < d:
            found.append(Stretch(Part.NEW, after[c:d]))
    return found


def words_of(asked: Asked, response: Mapping[str, Any]) -> str:
    """What a response says, as one text to compare; photographs and recordings say nothing here."""
    match asked.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return "、".join(_texts(response.get("choices") or ()))
        case ItemKind.TEXT_ENTRY:
            return "；".join(_texts(response.get("blanks") or ()))
        case ItemKind.NUMERIC:
            return str(response.get("value") or "")
        case _:
            return "；".join(kind_of(asked).said(asked, response))


def _texts(values: Iterable[Any]) -> list[str]:
    return [str(one) for one in values]
