"""A number, right within a tolerance (数值题)."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BadResponse, KeyIsNoNumber, KeyMissing, NotANumber, TooLong, WrongUnit
from library.items.kinds.kind import LONGEST_TEXT, Asked, Judgement, Kind, Shape, judged
from library.items.kinds.shapes import Line, Part
from library.items.models import ItemKind
from library.items.numbers import TYPED, fold_width, read_number
from library.items.numerals import NUMERALS
from library.items.texts import fold_text
from library.items.units import readings_of

_DIGITS = re.compile(r"(\d+)(\.?)(\d*)")


class Unit(Part):
    """The unit that stands beside the box, or that it is to be written with the number."""

    unit: Annotated[Line, Field(max_length=32)] = ""
    asks_unit: bool = False


class Value(Part):
    """A number and how far off an answer may be; with its unit, where the answer has to have one."""

    value: float | str
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    is_relative: bool = False
    """Whether the tolerance is a share of the value."""
    unit: Annotated[Line, Field(max_length=32)] = ""
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    """How many significant digits the answer must have."""


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
        """Refuse a key that is no number, or lacks the unit that is asked for.

        Raises:
            KeyIsNoNumber: value or tolerance is none.
            KeyMissing: the unit is asked for and not in the key.
        """
        for part in ("value", "tolerance"):
            written = asked.correct.get(part, 0 if part == "tolerance" else None)
            if _exact(written) is None:
                raise KeyIsNoNumber(text=str(written if written is not None else "")[:20])
        if asks_unit(asked) != bool(asked.correct.get("unit")):
            raise KeyMissing

    def public(self, asked: Asked) -> dict[str, Any]:
        """The unit that stands beside the box, and whether it has to be written."""
        return {"unit": unit_of(asked), "asks_unit": asks_unit(asked)}

    def right(self, asked: Asked) -> dict[str, Any]:
        """The value, in as many digits as are asked for; a whole number without a point."""
        key = asked.correct.get("value", "")
        value = str(int(key) if isinstance(key, float) and key.is_integer() else key)
        if digits := asked.correct.get("digits"):
            value = rounded(_exact(value) or Fraction(0), digits)
        return {"value": f"{value} {asked.correct.get('unit', '')}".strip()}

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
        if asks_unit(asked):
            if text and not readings_of(text):
                raise NotANumber(text=text[:20])
            return text
        unit = fold_width(unit_of(asked)).replace(" ", "").casefold()
        folded = fold_width(text).strip()
        if unit and folded.casefold().endswith(unit):
            shortened = folded[: -len(unit)].strip()
            text = shortened if read_number(shortened, spelled=True) is not None else text
        if text and read_number(text, spelled=True) is None:
            starts_like_one = text[:1].isdigit()
            raise WrongUnit(unit=unit_of(asked)) if unit and starts_like_one else NotANumber(text=text[:20])
        return text

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """Right within the tolerance, its edges included; with unit and digits, where they are asked for."""
        written = response.get("value")
        digits = asked.correct.get("digits")
        is_right = self._is_near(asked, asked.correct.get("value"), written)
        return judged(Fraction(is_right and (not digits or digits in digits_of(str(written)))))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error's value, within the same tolerance."""
        return self._is_near(asked, typical.get("value"), response.get("value"))

    def _is_near(self, asked: Asked, wanted: object, written: object) -> bool:
        """Whether *written* is *wanted*, within the tolerance of the key and in any unit for its unit."""
        tolerance = _exact(asked.correct.get("tolerance")) or Fraction(0)
        if asks_unit(asked):
            unit = asked.correct.get("unit", "")
            named = str(wanted if wanted is not None else "")
            targets = readings_of(f"{named} {unit}") if _exact(wanted) is not None else readings_of(named)
            return any(
                (one.dimension, one.word) == (other.dimension, other.word)
                and abs(one.value - other.value)
                <= (tolerance * abs(one.value) if asked.correct.get("is_relative") else tolerance * one.step)
                for one in targets
                for other in readings_of(str(written or ""))
            )
        value, target = _exact(written), _exact(wanted)
        if value is None or target is None:
            return False
        most = tolerance * abs(target) if asked.correct.get("is_relative") else tolerance
        return abs(value - target) <= most

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The exact value."""
        del asked
        text = str(response.get("value") or "")
        value = read_number(text, spelled=True)
        return (fold_text(text) if value is None else str(value),)

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The number with the unit that stands beside it."""
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


def asks_unit(asked: Asked) -> bool:
    """Whether the unit has to be written with the number."""
    return bool(asked.interaction.get("asks_unit"))


def typed_pattern(asked: Asked) -> str:
    """What is typed where a number is asked for, as far as a page can tell (of its text in NFKC)."""
    some = rf"[\d{NUMERALS}]"
    if asks_unit(asked):
        return some
    unit = re.escape(fold_width(unit_of(asked)).replace(" ", ""))
    return rf"^(?=.*{some}){TYPED}(?:{unit})?\s*$"


def digits_of(text: str) -> range:
    """How many significant digits a number is written with: final zeros of a whole one may count or not."""
    found = _DIGITS.search(fold_width(text))
    if found is None:
        return range(0)
    whole, point, rest = found[1], found[2], found[3]
    written = f"{whole}{rest or ''}".lstrip("0")
    fewest = written if point else written.rstrip("0")
    return range(max(len(fewest), 1), max(len(written), 1) + 1)


def rounded(value: Fraction, digits: int) -> str:
    """*value* in so many significant digits."""
    with localcontext(Context(prec=digits, rounding=ROUND_HALF_UP)):
        number = Decimal(value.numerator) / Decimal(value.denominator)
        if not number:
            return "0"
        return f"{number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1)):f}"


def _exact(number: object) -> Fraction | None:
    return None if number is None else read_number(str(number), spelled=True)
