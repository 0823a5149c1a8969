"""Blanks to fill in (填空题), each with the texts that it takes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BlankWithoutAnswer, KeyMissing, TooManyBlanks
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, texts_in
from library.items.kinds.shapes import Part
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.items.texts import fold_text, same_text

MOST_BLANKS = 20


class Blanks(Part):
    """How many blanks there are."""

    blanks: Annotated[int, Field(ge=1, le=MOST_BLANKS)] | None = None


class Accepted(Part):
    """For each blank the answers that it takes."""

    blanks: Annotated[list[list[str]], Field(max_length=MOST_BLANKS)] = Field(default_factory=list)


class TextEntry(Kind):
    """One or several blanks (填空题)."""

    name = ItemKind.TEXT_ENTRY
    look = "text_entry"
    field = "blanks"
    offers = Blanks
    holds = Accepted
    qti = "textEntryInteraction"

    def check(self, asked: Asked) -> None:
        """Refuse blanks without an accepted answer.

        Raises:
            KeyMissing: there is no blank at all.
            BlankWithoutAnswer: one has no answer.
        """
        accepted = asked.correct.get("blanks") or []
        if not accepted:
            raise KeyMissing
        for number, texts in enumerate(accepted, start=1):
            if not any(texts):
                raise BlankWithoutAnswer(number=number)

    def public(self, asked: Asked) -> dict[str, Any]:
        """How many blanks there are."""
        return {"blanks": blanks_of(asked)}

    def right(self, asked: Asked) -> dict[str, Any]:
        """The first accepted answer of each blank."""
        return {"blanks": [texts[0] for texts in asked.correct.get("blanks") or []]}

    def key(self, asked: Asked) -> list[str]:
        """All accepted answers of each blank."""
        return [" / ".join(texts) for texts in asked.correct.get("blanks") or []]

    def read(self, asked: Asked, raw: object) -> object:
        """One text for each blank.

        Raises:
            TooManyBlanks: more texts than blanks.
        """
        texts, count = texts_in(raw), blanks_of(asked)
        if len(texts) > count:
            raise TooManyBlanks(blanks=count)
        return [text.strip() for text in texts] + [""] * (count - len(texts))

    def typed(self, asked: Asked, values: Sequence[str]) -> dict[str, Any]:
        """What stands in the blanks."""
        return super().typed(asked, values[: blanks_of(asked)])

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of blanks that hold an accepted text."""
        accepted, texts = asked.correct.get("blanks") or [], response.get("blanks") or []
        if not accepted:
            return judged(Fraction(0))
        right = sum(
            bool(text.strip()) and any(same_text(text, one) for one in texts_accepted)
            for texts_accepted, text in zip(accepted, texts, strict=False)
        )
        return judged(Fraction(right, len(accepted)))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error names texts; an empty one fits anything."""
        del asked
        named, texts = typical.get("blanks") or [], response.get("blanks") or []
        return (
            any(named)
            and len(named) <= len(texts)
            and all(not one or same_text(one, text) for one, text in zip(named, texts, strict=False))
        )

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The texts without what makes no difference."""
        del asked
        return tuple(_folded(str(one)) for one in response.get("blanks") or ())

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The texts."""
        del asked
        return [str(one) for one in response.get("blanks") or ()]

    def record_of_key(self, correct: Shape) -> object:
        """The accepted texts of each blank."""
        return [list(texts) for texts in correct.get("blanks") or []]

    def key_of_record(self, value: object) -> dict[str, Any]:
        """From the accepted texts of each blank."""
        return super().key_of_record({"blanks": value} if isinstance(value, list) else value)

    def record_of_slip(self, response: Shape) -> object:
        """The text, where there is one blank."""
        texts = list(response.get("blanks") or [])
        return texts[0] if len(texts) == 1 else dict(response)

    def slip_of_record(self, value: object) -> dict[str, Any]:
        """From the first blank's text, or a whole response."""
        return {"blanks": [value]} if isinstance(value, str) else super().slip_of_record(value)


def blanks_of(asked: Asked) -> int:
    """How many blanks there are to fill in."""
    return int(asked.interaction.get("blanks") or len(asked.correct.get("blanks") or []) or 1)


def _folded(text: str) -> str:
    value = read_number(text)
    return fold_text(text) if value is None else str(value)
