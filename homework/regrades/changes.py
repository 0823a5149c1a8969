"""What a ruling changes, answer by answer: pure, over rows that were read at once."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homework.marking.models import MarkSource
from homework.regrades.rulings import NEEDS_A_KEY, Policy, Ruling, rule
from library.items.kinds.kind import Asked
from library.items.marking import NOT_MARKED, Judgement, is_answered, mark

DECIMALS = 2
"""Points are kept to hundredths, as marking does."""
VERSIONS_APART = 1_000
"""A regrade's marks get versions of their own: a page that a teacher opened before an undo never fits one
that was made after it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer as it stands, with its mark."""

    attempt_id: int
    person_id: int
    item_id: int
    version_id: int
    response: Mapping[str, Any]
    score: float | None
    is_correct: bool | None
    answered_at: datetime
    answer_id: int | None = None
    question_id: int | None = None
    most_points: float = 0.0
    submission_id: int | None = None
    assignment_id: int | None = None
    is_counted: bool = True
    points: float | None = None
    """None where nobody has marked."""
    comment: str = ""
    source: MarkSource | None = None
    marked_by_id: int | None = None
    marked_at: datetime | None = None
    mark_version: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A policy with the question as it has both keys between which it decides."""

    policy: Policy
    earlier: Asked
    corrected: Asked
    overwritten: frozenset[int] = frozenset()
    """Answers whose marks by hand may be replaced."""
    new_version_id: int | None = None
    made_at: datetime | None = None
    """Marks by hand that were given later stay; None while nothing is decided."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after."""

    standing: Standing
    earlier: Judgement
    """To what an undo goes back."""
    earlier_points: float | None
    evidence: Judgement
    points: float | None
    """After; the same as before where the mark stays."""
    wanted: float | None
    """What the ruling would give; another figure than ``points`` where a mark by hand is kept."""
    is_kept: bool = False
    """The mark would be another one, but a teacher gave it by hand and it stays."""
    is_dropped: bool = False

    @property
    def marks(self) -> bool:
        """Whether the mark changes."""
        return self.points != self.earlier_points

    @property
    def shows(self) -> bool:
        """Whether there is something to tell about marks."""
        return self.marks or self.is_kept or self.is_dropped

    @property
    def changes(self) -> bool:
        """Whether anything is written: now, or by an undo."""
        return self.marks or self.writes_mark or self.evidence != self.earlier or self.judges

    @property
    def judges(self) -> bool:
        """Whether the answer itself is judged anew."""
        return self.evidence != Judgement(self.standing.score, self.standing.is_correct)

    @property
    def writes_mark(self) -> bool:
        """Whether the mark's row changes; that of a later hand-in may say already what the ruling says."""
        return (
            self.standing.answer_id is not None and not self.is_kept and self.points != self.standing.points
        )


def changes_by(decision: Decision, standings: Iterable[Standing]) -> Iterator[Change]:
    """What *decision* changes; answers that stay as they are, are left out. Equal answers are judged once.

    What stands on paper is not known here, so no key judges it anew.
    """
    judged: dict[str, tuple[Ruling, Judgement]] = {}
    for one in standings:
        if decision.policy in NEEDS_A_KEY and not is_answered(decision.earlier.kind, one.response):
            continue
        key = json.dumps(one.response, sort_keys=True)
        if key not in judged:
            ruling = rule(
                decision.policy, one.response, earlier=decision.earlier, corrected=decision.corrected
            )
            # Without a key of its own no wording is added, and nobody answers one later.
            by_key = decision.policy in NEEDS_A_KEY
            judged[key] = ruling, mark(decision.earlier, one.response) if by_key else NOT_MARKED
        change = _change(decision, one, *judged[key])
        if change.changes or change.shows:
            yield change


def _change(decision: Decision, one: Standing, ruling: Ruling, by_earlier_key: Judgement) -> Change:
    # Who answered after the key was put right, is judged by the new one; an undo takes her back as well.
    came_later = decision.new_version_id is not None and one.version_id >= decision.new_version_id
    earlier = by_earlier_key if came_later else Judgement(one.score, one.is_correct)
    is_by_hand = one.source is MarkSource.TEACHER
    earlier_points = one.points
    if came_later and not is_by_hand and by_earlier_key.score is not None and one.answer_id is not None:
        earlier_points = round(by_earlier_key.score * one.most_points, DECIMALS)
    points = wanted = earlier_points
    is_kept = False
    if ruling.share is not None and one.answer_id is not None:
        wanted = round(ruling.share * one.most_points, DECIMALS)
        is_kept = is_by_hand and wanted != one.points and not _may_replace(decision, one)
        points = one.points if is_kept else wanted
        if is_kept:
            earlier_points = one.points
    is_dropped = decision.policy is Policy.DROP and one.answer_id is not None
    return Change(one, earlier, earlier_points, ruling.evidence, points, wanted, is_kept, is_dropped)


def _may_replace(decision: Decision, one: Standing) -> bool:
    """Whether the mark by hand is one that the teacher saw and let go."""
    is_newer = decision.made_at is not None and one.marked_at is not None and one.marked_at > decision.made_at
    return one.answer_id in decision.overwritten and not is_newer


def digest_of(changes: Iterable[Change]) -> str:
    """A hash over exactly what would change: what was looked at is what is applied."""
    content = sorted(
        (
            one.standing.attempt_id,
            one.earlier.score,
            one.evidence.score,
            one.earlier_points,
            one.points,
            one.standing.mark_version,
            one.is_kept,
        )
        for one in changes
    )
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
