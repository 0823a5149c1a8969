"""Which part of the form a refusal is about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from core.errors import DomainError
from library.authoring import errors
from library.authoring.typed import Typed, minutes_of
from library.items import errors as items

MOST_MINUTES = 600
PLACES: Mapping[str, str] = {
    "prompt": "prompt",
    "interaction": "choices",
    "correct": "key",
    "misconceptions": "slips",
    "parameters": "variants",
    "pictures": "pictures",
    "hints": "hints",
    "explanation": "explanation",
    "minutes": "minutes",
    "source": "source",
    "licence": "source",
    "knowledge_points": "points",
}
"""Part of the form by field of a record."""
PLACES_OF_REFUSALS: Mapping[type[DomainError], str] = {
    items.TooFewChoices: "choices",
    items.SameChoice: "choices",
    items.BlanksDoNotFit: "prompt",
    items.PictureMissing: "pictures",
    items.PictureUnknown: "pictures",
    items.PictureLost: "pictures",
    items.BadParameters: "variants",
    items.NoVariant: "variants",
    items.VariantIsWrong: "variants",
}
"""Where it is not the key that is wrong."""

Places = Mapping[str, list[str]]


def missing_in(typed: Typed) -> Iterator[tuple[str, DomainError]]:
    """What a question lacks before its kind is asked, each with the part of the form."""
    if not typed.prompt:
        yield "prompt", errors.NothingAsked()
    yield from _missing_words(typed)
    for number, one in enumerate(typed.correct.get("regions") or [], start=1):
        if not one["coords"]:
            yield "key", items.RegionUnreadable(number=number)
    for number, one in enumerate(typed.misconceptions, start=1):
        if not one["feedback"]:
            yield "slips", errors.ErrorWithoutWords(number=number)
        elif not typed.rule.is_answered(one["response"]):
            yield "slips", errors.ErrorWithoutAnswer(number=number)
    minutes = minutes_of(typed.minutes)
    if minutes is None or not 0 < minutes <= MOST_MINUTES:
        yield "minutes", errors.BadMinutes()


def _missing_words(typed: Typed) -> Iterator[tuple[str, DomainError]]:
    for member in ("choices", "left", "right"):
        for one in typed.interaction.get(member) or []:
            if not one["text"].strip():
                yield "choices", errors.ChoiceWithoutWords(choice=one["id"])
    for picture in typed.pictures:
        if not picture["alt"].strip():
            yield "pictures", errors.PictureWithoutWords(name=picture["name"])


def places_of(refusal: ValidationError) -> Places:
    """What a record refuses, in sentences by the part of the form."""
    found: dict[str, list[str]] = defaultdict(list)
    for error in refusal.errors(include_url=False):
        cause = _cause(error)
        if cause is not None:
            found[place_of(cause, error["loc"])].append(str(cause))
        else:
            reason = error["msg"].removeprefix("Value error, ")
            found[_place(error["loc"])].append(str(errors.BadPart(reason=reason[:200])))
    return found


def place_of(refusal: DomainError, loc: tuple[int | str, ...] = ()) -> str:
    """The part of the form that a refusal is about."""
    known = PLACES_OF_REFUSALS.get(type(refusal))
    return known or (_place(loc) if loc else "key")


def _place(loc: tuple[int | str, ...]) -> str:
    return PLACES.get(str(loc[0]), "prompt") if loc else "key"


def _cause(error: Any) -> DomainError | None:  # noqa: ANN401 -- pydantic's
    """The refusal behind a validator's error."""
    raised = error.get("ctx", {}).get("error")
    cause = getattr(raised, "__cause__", None)
    return cause if isinstance(cause, DomainError) else None
