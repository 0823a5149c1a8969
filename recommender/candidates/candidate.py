"""What may be suggested, and the numbers that speak for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from library.resources.models import ResourceKind


class Reason(StrEnum):
    """Why something is suggested, the most telling first; the sentence's numbers are the evidence."""

    MISSING_PREREQUISITE = "missing_prerequisite"
    WEAK_POINT = "weak_point"
    UNFINISHED = "unfinished"
    SIMILAR = "similar"
    NEXT_IN_TEXTBOOK = "next_in_textbook"


class Source(StrEnum):
    """What a number that enters the score says; each is 0 (nothing) to 1."""

    WEAKNESS = "weakness"
    """How sure it is that one of its points is weak."""
    PREREQUISITE = "prerequisite"
    """How much another weak point hangs on it."""
    UNFINISHED = "unfinished"
    """How far it was begun, or asked for by open homework."""
    SIMILARITY = "similarity"
    """Cosine of its words to those of what was finished lately."""
    TEXTBOOK = "textbook"
    """How near it comes after what the class was taught last."""
    FIT = "fit"
    """How well kind and difficulty suit the purpose; says nothing without one of the others."""


CITED: dict[Reason, Source] = {
    Reason.WEAK_POINT: Source.WEAKNESS,
    Reason.MISSING_PREREQUISITE: Source.PREREQUISITE,
    Reason.UNFINISHED: Source.UNFINISHED,
    Reason.SIMILAR: Source.SIMILARITY,
    Reason.NEXT_IN_TEXTBOOK: Source.TEXTBOOK,
}
"""The number that a reason's sentence stands on."""
_ORDER = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One resource, its case and the evidence for it."""

    resource_id: int
    kind: ResourceKind
    title: str
    points: frozenset[int]
    reason: Reason
    sources: dict[Source, float] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)
    """Everything in the sentence: names, numbers, ids of rows."""

    def without_evidence(self) -> "Candidate":
        """The same candidate had the cited evidence not been there."""
        cited = CITED[self.reason]
        sources = {source: 0.0 if source is cited else value for source, value in self.sources.items()}
        return Candidate(
            self.resource_id, self.kind, self.title, self.points, self.reason, sources, self.evidence
        )


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a resource: the most telling case gives the reason, each source its best number."""
    by_resource: dict[int, list[Candidate]] = {}
    for one in candidates:
        by_resource.setdefault(one.resource_id, []).append(one)
    return [_joined(cases) for cases in by_resource.values()]


def _joined(cases: list[Candidate]) -> Candidate:
    best = min(cases, key=lambda one: (_ORDER[one.reason], -one.sources[CITED[one.reason]]))
    sources: dict[Source, float] = {}
    for one in cases:
        for source, value in one.sources.items():
            sources[source] = max(value, sources.get(source, 0.0))
    points = frozenset(point for one in cases for point in one.points)
    return Candidate(best.resource_id, best.kind, best.title, points, best.reason, sources, best.evidence)
