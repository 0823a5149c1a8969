"""A number, right within a tolerance (数值题)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BadResponse, KeyIsNoNumber, NotANumber, TooLong, WrongUnit
from library.items.kinds.kind import LONGEST_TEXT, Asked, Judgement, Kind, Shape, judged
from library.items.kinds.shapes import Line, Part
from library.items.models import ItemKind
from library.items.numbers import fold_width, read_number
from library.items.texts import fold_text


class Unit(Part):
    """The unit that stands beside the box."""

    unit: Annotated[Line, Field(max_length=32)] = ""


class Value(Part):
    """A number and how far off an answer may be."""

    value: float | str
    tolerance: Annotated[float, Field(ge=0)] = 0.0


class Numeric(Kind):
    """A number, with the unit that the question gives (数值题)."""

    name = ItemKind.NUMERIC
    look = "numeric"
    field = "value"
    offers = Unit
    holds = Value
    qti = "textEntryInteraction"
    is_many = False

    def check(self, asked: Asked) -> None:
        """Refuse a key that is no number.

        Raises:
            KeyIsNoNumber: value or tolerance is none.
        """
        for part in ("value", "tolerance"):
            written = asked.correct.get(part, 0 if part == "tolerance" else None)
            if _exact(written) is None:
                raise KeyIsNoNumber(text=str(written if written is not None else "")[:20])

    def public(self, asked: Asked) -> dict[str, Any]:
        """The unit that stands beside the box."""
        return {"unit": unit_of(asked)}

    def right(self, asked: Asked) -> dict[str, Any]:
        """The value."""
        return {"value": str(asked.correct.get("value", ""))}

    def read(self, asked: Asked, raw: object) -> object:
        """The number as it was written, without the unit.

        Raises:
            NotANumber: it cannot be read as one.
            WrongUnit: it is one in another unit.
        """
        if raw is None:
            return ""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise BadResponse
        text = str(raw).strip()
        if len(text) > LONGEST_TEXT:
            raise TooLong(limit=LONGEST_TEXT)
        unit = fold_width(unit_of(asked)).replace(" ", "").casefold()
        folded = fold_width(text).strip()
        if unit and folded.casefold().endswith(unit):
            shortened = folded[: -len(unit)].strip()
            text = shortened if read_number(shortened) is not None else text
        if text and read_number(text) is None:
            starts_like_one = text[:1].isdigit()
            raise WrongUnit(unit=unit_of(asked)) if unit and starts_like_one else NotANumber(text=text[:20])
        return text

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """Right within the tolerance, its edges included."""
        return judged(Fraction(_is_near(asked.correct, response.get("value"))))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error's value, within the same tolerance."""
        key = {"value": typical.get("value"), "tolerance": asked.correct.get("tolerance")}
        return _is_near(key, response.get("value"))

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The exact value."""
        del asked
        text = str(response.get("value") or "")
        value = read_number(text)
        return (fold_text(text) if value is None else str(value),)

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The number with the unit."""
        text = str(response.get("value") or "")
        return [f"{text} {unit_of(asked)}".strip()] if text else []

    def key_of_record(self, value: object) -> dict[str, Any]:
        """From value and tolerance, which is told even where it is none."""
        return {"tolerance": 0.0} | super().key_of_record(value)

    def record_of_slip(self, response: Shape) -> object:
        """The number."""
        return str(response.get("value", ""))

    def slip_of_record(self, value: object) -> dict[str, Any]:
        """From the number, or a whole response."""
        return {"value": value} if isinstance(value, str) else super().slip_of_record(value)


def unit_of(asked: Asked) -> str:
    """The unit that stands beside a number's box, or an empty string."""
    return str(asked.interaction.get("unit") or "")


def _is_near(correct: Mapping[str, Any], written: object) -> bool:
    value, wanted = _exact(written), _exact(correct.get("value"))
    if value is None or wanted is None:
        return False
    return abs(value - wanted) <= (_exact(correct.get("tolerance")) or 0)


def _exact(number: object) -> Fraction | None:
    return None if number is None else read_number(str(number))
