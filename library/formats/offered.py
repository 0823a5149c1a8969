"""What writers of all formats ask of a question that is to be shown by another program."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from library.formats.building import number_in
from library.items.kinds.blanks import blanks_of
from library.items.kinds.kind import Asked
from library.items.kinds.numeric import unit_of
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.texts import blanks_in
from library.items.variants import Posed

BLANK = "______"
"""A line to write on, on paper."""


def in_order(
    records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]
) -> Iterator[ItemRecord | StimulusRecord | None]:
    """The questions in their order, what they are about before the first of each; None where that ends."""
    waiting = {one.identifier: one for one in stimuli}
    about = ""
    for record in records:
        if record.stimulus in waiting:
            yield waiting.pop(record.stimulus)
            about = record.stimulus
        elif about and not record.stimulus:
            yield None
            about = ""
        yield record
    yield from waiting.values()


def slips_of(asked: Posed) -> dict[str, str]:
    """What is said to a wrong answer, for those that are one id, text or number."""
    found: dict[str, str] = {}
    for one in asked.misconceptions:
        response = kind_of(asked).record_of_slip(one["response"])
        if isinstance(response, str) and response:
            found.setdefault(response, one["feedback"])
    return found


def right_of(asked: Asked) -> frozenset[str]:
    """The ids of the right choices."""
    return frozenset(asked.correct.get("choices") or ())


def number_of(asked: Asked) -> tuple[float, float] | None:
    """The right number and how far off one may be; None where the key is no plain number."""
    value = number_in(str(asked.correct.get("value", "")))
    tolerance = number_in(str(asked.correct.get("tolerance", 0) or 0))
    if value is None or tolerance is None:
        return None
    return value, tolerance * abs(value) if asked.correct.get("is_relative") else tolerance


def paired(asked: Asked) -> Iterator[tuple[str, str]]:
    """The pairs of a matching question; then what fits nothing, beside an empty text."""
    left, right = asked.interaction.get("left") or [], asked.interaction.get("right") or []
    matches, texts = list(asked.correct.get("matches") or []), {one["id"]: one["text"] for one in right}
    yield from ((one["text"], texts[match]) for one, match in zip(left, matches, strict=False))
    yield from (("", one["text"]) for one in right if one["id"] not in matches)


def ordered(asked: Asked) -> list[str]:
    """The things of an ordering question in their right order."""
    texts = {one["id"]: one["text"] for one in asked.interaction.get("choices") or []}
    return [texts[one] for one in asked.correct.get("order") or []]


def with_offered(asked: Posed) -> str:
    """The words of a question, and all that there is to choose from below, for programs that take a text."""
    return "\n".join([asked.prompt, *kind_of(asked).offered_in_words(asked)])


def room_behind(asked: Posed) -> str:
    """The room for an answer that stands behind the words on paper; nothing where it is elsewhere."""
    match asked.kind:
        case ItemKind.TEXT_ENTRY if not blanks_in(asked.prompt):
            return f" {BLANK}" * blanks_of(asked)
        case ItemKind.NUMERIC:
            return f" {BLANK} {unit_of(asked)}".rstrip()
        case ItemKind.TRUE_FALSE:
            return " (    )"
        case _:
            return ""


def named(pictures: Iterable[PictureRecord]) -> Mapping[str, PictureRecord]:
    """Pictures by their names."""
    return {one.name: one for one in pictures}


def share_of(count: int) -> str:
    """The share of each of *count* right choices, in percent, as Moodle spells it."""
    return f"{100 / max(count, 1):.5f}".rstrip("0").rstrip(".")
