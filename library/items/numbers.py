"""Numbers as pupils write them, read exactly."""

import re
import unicodedata
from fractions import Fraction

from library.items.numerals import NUMERALS, in_digits

LONGEST = 64
"""Characters; longer texts are no number that a question asks for, and would cost time to read."""
HIGHEST_EXPONENT = 30

_SAME = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "负": "-", "負": "-", "正": "+", "⁄": "/", "∕": "/",
        "÷": "/", "。": ".", "点": ".", "點": ".", "×": "*", "·": "*", "，": ",", "\N{NO-BREAK SPACE}": " ",
    }
)  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUPERSCRIPT_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_LATEX_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?")
_SCIENTIFIC = re.compile(r"(.+?)\s*\*\s*10\s*\^\s*\{?\s*([+-]?\d{1,3})\s*\}?")
_MIXED = re.compile(r"([+-]?)\s*(\d+)\s*(?:又|\s)\s*(\d+)\s*/\s*(\d+)")
TYPED = rf"[\d\s.,/%+\-*^(){{}}\\$⁄∕−–—‐‑÷×·。，点點‰e正负負又分之dfrac{NUMERALS}]*"
"""A pattern of all that numbers are typed with, in NFKC and whatever their case, for pages that have no
better judge at hand: it lets some other texts pass, but stops no number."""
_OVER = re.compile(r"(.+?)\s*/\s*(.+)")


def fold_width(text: str) -> str:
    """*text* in NFKC, with ½ read as a fraction of its own and x² as a power, not as ½ = 12 and x2."""
    spaced = "".join(f" {c}" if unicodedata.decomposition(c).startswith("<fraction>") else c for c in text)
    powers = _SUPERSCRIPT_RUN.sub(lambda found: f"^{found[0].translate(_SUPERSCRIPTS)}", spaced)
    return unicodedata.normalize("NFKC", powers)


def read_number(text: str, *, spelled: bool = False) -> Fraction | None:
    r"""The exact value of *text*, or None if it is no number.

    Understood are decimals, fractions (3/4), mixed numbers (1 1/2, 1又1/2), percent and permille
    (25%, 百分之25), powers of ten (3×10^8, 3e8), thousands (12,000), Chinese minus and full-width signs,
    and LaTeX's ``\frac``; if *spelled*, also Chinese words (十二, 三分之一), where a number is asked for.
    """
    if len(text) > LONGEST:
        return None
    plain = fold_width(in_digits(text) if spelled else text).translate(_SAME).strip().strip("$").casefold()
    plain = _LATEX_FRACTION.sub(r" \1/\2", plain).strip()
    return _percent(re.sub(r"^([+-])\s+", r"\1", plain))


def _percent(plain: str) -> Fraction | None:
    for sign, parts in (("百分之", 100), ("千分之", 1000)):
        if sign in plain:
            before, rest = plain.split(sign, 1)
            return (
                _divided(before.strip() + rest.strip(), parts) if before.strip() in {"", "-", "+"} else None
            )
    for sign, parts in (("\\%", 100), ("%", 100), ("‰", 1000)):
        if plain.endswith(sign):
            return _divided(plain.removesuffix(sign).strip(), parts)
    return _quotient(plain)


def _divided(plain: str, parts: int) -> Fraction | None:
    value = _quotient(plain)
    return None if value is None else value / parts


def _quotient(plain: str) -> Fraction | None:
    if found := _MIXED.fullmatch(plain):
        sign, whole, over, under = found.groups()
        if not int(under):
            return None
        value = int(whole) + Fraction(int(over), int(under))
        return -value if sign == "-" else value
    if found := _OVER.fullmatch(plain):
        above, below = _decimal(found[1]), _decimal(found[2])
        return above / below if above is not None and below else None
    return _decimal(plain)


def _decimal(plain: str) -> Fraction | None:
    if found := _SCIENTIFIC.fullmatch(plain):
        value, exponent = _decimal(found[1]), int(found[2])
        return None if value is None or abs(exponent) > HIGHEST_EXPONENT else value * Fraction(10) ** exponent
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        return None
    _, _, exponent_text = plain.partition("e")
    if exponent_text and abs(int(exponent_text)) > HIGHEST_EXPONENT:
        return None
    return Fraction(plain)


def as_typed(number: object) -> str:
    """A number of a key as a person would type it: 3, not 3.0; nothing for None; a text as it stands."""
    if number is None:
        return ""
    if isinstance(number, float) and number.is_integer() and abs(number) < 10**15:
        return str(int(number))
    return str(number)
