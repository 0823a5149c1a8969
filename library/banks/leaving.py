"""Which questions of a resource may leave with a person, and what each format has no place for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.people.models import Hat
from library.banks.errors import NoQuestionsHere, StaysHere
from library.formats.rest import Rest
from library.formats.word.writing import left_as_latex
from library.interchange.exports import export
from library.interchange.outgoing import LeftOut
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from library.resources.licences import licence_of, may_be_exported
from library.resources.models import Resource, ReviewState, Tier

_MIXED = frozenset({ItemKind.MATCH, ItemKind.ORDER})
"""Kinds whose things other programs mix as they like: the order of ours is no loss there."""
_ABOUT = frozenset({"difficulty", "minutes", "source", "licence"})


@dataclass(frozen=True, slots=True)
class Leaving:
    """The questions that leave, and how many stay for the sake of their own licence."""

    records: Sequence[ItemRecord]
    numbers: Sequence[int]
    """Of each, its place in the resource."""
    stimuli: Sequence[StimulusRecord]
    kept_here: Sequence[int] = field(default=())
    """The numbers of those that stay."""


def reason_to_stay(resource: Resource, hat: Hat) -> LeftOut | None:
    """Why a resource's questions do not leave with *hat*; None if they do. What is one's own may be taken."""
    if resource.created_by_id == hat.person_id or may_be_exported(resource):
        return None
    if resource.review_state is not ReviewState.PUBLISHED:
        return LeftOut.NOT_PUBLISHED
    if resource.tier is Tier.PERSONAL:
        return LeftOut.PERSONAL
    return LeftOut.LICENCE_FORBIDS if licence_of(resource.licence) else LeftOut.LICENCE_UNKNOWN


def leaving(resource: Resource, hat: Hat) -> Leaving:
    """The questions of *resource* that may leave with *hat*.

    Raises:
        StaysHere: the resource stays.
        NoQuestionsHere: there are none, or none that may leave.
        BadLine: something in the resource, such as a picture, is lost.
    """
    if reason_to_stay(resource, hat) is not None:
        raise StaysHere
    exported = next(export([resource]))
    if exported.problem is not None:
        raise exported.problem
    items = exported.record.items if exported.record else []
    is_own = resource.created_by_id == hat.person_id
    going = [is_own or _is_free(one) for one in items]
    numbered = [(place, one) for place, (one, goes) in enumerate(zip(items, going, strict=True), 1) if goes]
    if not numbered or exported.record is None:
        raise NoQuestionsHere
    about = {one.stimulus for _place, one in numbered}
    return Leaving(
        [one for _place, one in numbered],
        [place for place, _one in numbered],
        [one for one in exported.record.stimuli if one.identifier in about],
        [number for number, goes in enumerate(going, start=1) if not goes],
    )


def unsaid(going: Leaving, rests: Mapping[str, Rest]) -> dict[str, list[int]]:
    """What other programs do not show, and of which questions: numbers, by a code that has its words."""
    found: dict[str, list[int]] = {}
    for number, record in zip(going.numbers, going.records, strict=True):
        for code in _codes(record, rests[record.identifier]):
            found.setdefault(code, []).append(number)
    return found


def unprinted(going: Leaving) -> dict[str, list[int]]:
    """The same for a paper in Word."""
    found: dict[str, list[int]] = {}
    for number, record in zip(going.numbers, going.records, strict=True):
        codes = ["parameters"] if record.parameters.values else []
        codes += ["spoken"] if record.kind is ItemKind.SPOKEN else []
        codes += ["latex"] if left_as_latex(record.asked) else []
        for code in codes:
            found.setdefault(code, []).append(number)
    return found


def _codes(record: ItemRecord, rest: Rest) -> list[str]:
    parts = set(rest.parts)
    codes = []
    if "parameters" in parts:
        codes.append("parameters")
    if "kind" in parts:
        codes.append("kind")
    elif "parameters" not in parts and parts & {"interaction", "correct"} and record.kind not in _MIXED:
        codes.append("details")
    codes += [name for name in ("hints", "misconceptions", "knowledge_points") if name in parts]
    return [*codes, "about"] if parts & _ABOUT else codes


def _is_free(record: ItemRecord) -> bool:
    """Whether a question's own licence, where it names one, lets it be passed on."""
    licence = licence_of(record.licence)
    return not record.licence or (licence is not None and licence.is_free_to_pass_on)
