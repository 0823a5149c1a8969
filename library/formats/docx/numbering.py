"""Numbers that Word makes by itself, as the text that a reader sees."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase
from xml.etree.ElementTree import Element

from library.formats.docx.names import child, children, value

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_TEN, _HUNDRED = 10, 100


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: Mapping[str, Mapping[int, _Level]]
    """By number of the list, and by depth."""
    family: Mapping[str, str]
    """What counts on together: lists made from one abstract list."""
    restarts: set[str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, number: str, depth: int) -> str:
        """What stands before the next paragraph of a list; empty for points without a number."""
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return ""
        key = number if number in self.restarts else self.family.get(number, number)
        counts = self.counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.format in {"bullet", "none"}:
            return ""
        text = level.text
        for place in range(depth + 1):
            above = self.levels[number].get(place, level)
            text = text.replace(f"%{place + 1}", numeral(counts.get(place, above.start), above.format))
        return text if not text.isalnum() else f"{text}."


def numbering_of(root: Element | None) -> Numbering:
    """The lists that ``word/numbering.xml`` describes."""
    lists = {value(one, "abstractNumId"): one for one in children(root, "abstractNum")}
    abstract = {number: _levels(one) for number, one in lists.items()}
    by_style = {value(child(one, "styleLink")): number for number, one in lists.items()}
    levels: dict[str, Mapping[int, _Level]] = {}
    family: dict[str, str] = {}
    restarts: set[str] = set()
    for one in children(root, "num"):
        number, made_from = value(one, "numId"), value(child(one, "abstractNumId"))
        if style := value(child(lists.get(made_from), "numStyleLink")):
            made_from = by_style.get(style, made_from)
        own = dict(abstract.get(made_from, {}))
        for change in children(one, "lvlOverride"):
            depth = _whole(value(change, "ilvl"))
            own |= _levels(change)
            if (start := child(change, "startOverride")) is not None and depth in own:
                own[depth] = _Level(own[depth].format, own[depth].text, _whole(value(start), 1))
                restarts.add(number)
        levels[number], family[number] = own, made_from
    return Numbering(levels, family, restarts)


def _levels(element: Element) -> dict[int, _Level]:
    return {
        _whole(value(one, "ilvl")): _Level(
            value(child(one, "numFmt"), default="decimal"),
            value(child(one, "lvlText"), default="%1."),
            _whole(value(child(one, "start"), default="1"), 1),
        )
        for one in children(element, "lvl")
    }


def numeral(number: int, form: str) -> str:
    """*number* as a list in the given form counts."""
    return _FORMS.get(form, str)(number)


def _letter(number: int) -> str:
    return ascii_lowercase[(number - 1) % len(ascii_lowercase)]


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 2 * _TEN else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for sign, worth in _ROMAN:
        while number >= worth:
            written, number = written + sign, number - worth
    return written


_FORMS: Mapping[str, Callable[[int], str]] = {
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
}


def _whole(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() else default
