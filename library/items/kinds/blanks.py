"""Blanks to fill in (填空题), each with the texts that it takes."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from library.items.algebra.equality import same_formula
from library.items.algebra.sameness import same_form, same_value
from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import statements_in
from library.items.algebra.tokens import as_typed
from library.items.algebra.tree import TooLarge, Unfinished, Unreadable
from library.items.errors import (
    BlankWithoutAnswer,
    KeyIsNoFormula,
    KeyIsNoNumber,
    KeyIsQuantity,
    KeyIsTooLarge,
    KeyIsUnfinished,
    KeyMissing,
    TooManyBlanks,
)
from library.items.kinds.inline import check_blanks_in
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, texts_in
from library.items.kinds.shapes import Part
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.items.texts import blanks_in, fold_text, same_text
from library.items.units import quantity_in, readings_of, same_quantity

MOST_BLANKS = 20


class AnswerKind(StrEnum):
    """What is written into a blank, and so when two answers are the same."""

    TEXT = "text"
    """Width, case, spaces and closing punctuation make no difference; nor does it how a number is written."""
    EXACT = "exact"
    """Letters as they are written: Mg is not mg. Width, spaces and closing punctuation make no difference."""
    NUMBER = "number"
    """A number, however it is written: 1/2, 0.5, 50 %."""
    QUANTITY = "quantity"
    """A number with a unit: 5 km, 5000 米."""
    EXPRESSION = "expression"
    """A formula with the same value, or that says the same: 2x+3, 3+2x; x>2, 2<x; x=1 或 x=-1, x=±1."""
    FORM = "form"
    """A formula in the same form, but for the order in sums and products: (x+1)(x-1), (x-1)(1+x)."""


class Blanks(Part):
    """How many blanks there are, and what each takes; texts, where that is not said."""

    blanks: Annotated[int, Field(ge=1, le=MOST_BLANKS)] | None = None
    answers: Annotated[list[AnswerKind], Field(max_length=MOST_BLANKS)] = Field(default_factory=list)


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
        """Refuse blanks without an accepted answer, or with one that is not of its kind.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        accepted = asked.correct.get("blanks") or []
        if not accepted:
            raise KeyMissing
        if blanks_in(asked.prompt):
            check_blanks_in(asked, len(accepted))
        for number, (texts, kind) in enumerate(zip(accepted, answers_of(asked), strict=False), start=1):
            if not any(texts):
                raise BlankWithoutAnswer(number=number)
            for text in texts:
                _check_accepted(text, kind)

    def public(self, asked: Asked) -> dict[str, Any]:
        """How many blanks there are, and what each takes."""
        return {"blanks": blanks_of(asked), "answers": self.answers(asked)}

    def answers(self, asked: Asked) -> list[str]:
        """What each blank takes, for templates."""
        return [kind.value for kind in answers_of(asked)]

    def stands_in_text(self, asked: Asked) -> bool:
        """Where the words say so."""
        return bool(blanks_in(asked.prompt))

    def right(self, asked: Asked) -> dict[str, Any]:
        """The first accepted answer of each blank."""
        return {"blanks": [texts[0] for texts in asked.correct.get("blanks") or []]}

    def key(self, asked: Asked) -> list[str]:
        """All accepted answers of each blank."""
        return [
            " / ".join(_shown(text, kind) for text in texts)
            for texts, kind in zip(asked.correct.get("blanks") or [], answers_of(asked), strict=False)
        ]

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
        right = self.right_blanks(asked, response)
        return judged(Fraction(sum(right), len(right)) if right else Fraction(0))

    def right_blanks(self, asked: Asked, response: Shape) -> list[bool]:
        """Of each blank with a key, whether it holds an accepted text."""
        accepted = asked.correct.get("blanks") or []
        texts = [*(response.get("blanks") or []), *[""] * len(accepted)]
        return [
            bool(text.strip()) and any(is_same(kind, one, text) for one in texts_accepted)
            for texts_accepted, text, kind in zip(accepted, texts, answers_of(asked), strict=False)
        ]

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error names texts; an empty one fits anything."""
        named, texts = typical.get("blanks") or [], response.get("blanks") or []
        return (
            any(named)
            and len(named) <= len(texts)
            and all(
                not one or is_same(kind, one, text)
                for one, text, kind in zip(named, texts, answers_of(asked), strict=False)
            )
        )

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The texts without what makes no difference."""
        texts = [str(one) for one in response.get("blanks") or ()]
        kinds = answers_of(asked) + [AnswerKind.TEXT] * len(texts)
        return tuple(folded(kind, text) for kind, text in zip(kinds, texts, strict=False))

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The texts, formulas as such."""
        texts = [str(one) for one in response.get("blanks") or ()]
        return [_shown(text, kind) for text, kind in zip(texts, answers_of(asked), strict=False)]

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


def taking(kinds: Sequence[AnswerKind]) -> dict[str, Any]:
    """The interaction of blanks that take answers of these *kinds*; of texts nothing need be said."""
    is_said = any(one is not AnswerKind.TEXT for one in kinds)
    return {"blanks": len(kinds)} | ({"answers": [one.value for one in kinds]} if is_said else {})


def words_kind(*, minds_case: bool) -> AnswerKind:
    """What a blank for words takes, as other programs say it: capitals count or not."""
    return AnswerKind.EXACT if minds_case else AnswerKind.TEXT


def answers_of(asked: Asked) -> list[AnswerKind]:
    """What each blank takes."""
    said = [AnswerKind(one) for one in asked.interaction.get("answers") or ()]
    count = max(blanks_of(asked), len(asked.correct.get("blanks") or []))
    return (said + [AnswerKind.TEXT] * count)[:count]


def is_same(kind: AnswerKind, accepted: str, written: str) -> bool:
    """Whether what was *written* is what is *accepted*."""
    match kind:
        case AnswerKind.TEXT:
            return same_text(accepted, written)
        case AnswerKind.EXACT:
            return folded(kind, accepted) == folded(kind, written)
        case AnswerKind.NUMBER:
            value = read_number(written, spelled=True)
            return value is not None and value == read_number(accepted, spelled=True)
        case AnswerKind.QUANTITY:
            return same_quantity(accepted, written)
        case AnswerKind.EXPRESSION:
            return same_formula(accepted, written, same_value)
        case AnswerKind.FORM:
            return same_formula(accepted, written, same_form)


def folded(kind: AnswerKind, text: str) -> str:
    """*text* without what makes no difference in a blank of this kind.

    Case does where it tells letters apart: x from X in a formula, mW from MW in a unit.
    """
    if kind is AnswerKind.EXACT:
        return fold_text(text, keeps_case=True)
    value = read_number(text, spelled=kind is AnswerKind.NUMBER)
    if value is not None:
        return str(value)
    return fold_text(text, keeps_case=kind not in {AnswerKind.TEXT, AnswerKind.NUMBER})


def _shown(text: str, kind: AnswerKind) -> str:
    return in_dollars(text) if text and kind in {AnswerKind.EXPRESSION, AnswerKind.FORM} else text


def _check_accepted(text: str, kind: AnswerKind) -> None:
    if kind is AnswerKind.NUMBER and read_number(text, spelled=True) is None:
        raise KeyIsNoNumber(text=text[:20])
    if kind is AnswerKind.QUANTITY and not readings_of(text):
        raise KeyIsNoNumber(text=text[:20])
    if kind in {AnswerKind.EXPRESSION, AnswerKind.FORM}:
        if quantity_in(text):
            raise KeyIsQuantity(text=text[:40])
        try:
            statements_in(text)
        except Unfinished as error:
            raise KeyIsUnfinished(text=text[:40]) from error
        except TooLarge as error:
            raise KeyIsTooLarge(text=text[:40]) from error
        except Unreadable as error:
            raise KeyIsNoFormula(text=text[:40], place=as_typed(str(error))) from error
