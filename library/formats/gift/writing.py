"""Questions as GIFT: what it can say as itself, the rest in a comment."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from library.formats.drafts import rests_of, with_rest
from library.formats.gift.reading import OWN, drafts_of
from library.formats.offered import (
    in_order,
    named,
    number_of,
    ordered,
    paired,
    right_of,
    share_of,
    slips_of,
    with_offered,
)
from library.formats.rest import Rest
from library.formats.writing import html_of
from library.items.kinds.blanks import blanks_of
from library.items.kinds.choice import Choice
from library.items.kinds.numeric import unit_of
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.texts import PieceKind, blanks_in, pieces_of
from library.items.variants import Posed

_SPECIAL = re.compile(r"([:#={}~\\])")
_SPACES = re.compile(r"\s+")


def write(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord], title: str) -> bytes:
    """The questions as a GIFT file."""
    return with_rest(_rendered(records, stimuli, title), drafts_of, records, stimuli)


def rests(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]) -> dict[str, Rest]:
    """What GIFT has no place for, by identifier."""
    return rests_of(_rendered(records, stimuli, ""), drafts_of, records, stimuli)


def _rendered(
    records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord], title: str
) -> Callable[[Mapping[str, Rest]], bytes]:
    def render(by_identifier: Mapping[str, Rest]) -> bytes:
        category = (
            [f"$CATEGORY: {_SPACES.sub(' ', title.strip()).replace('/', '//')}"] if title.strip() else []
        )
        blocks = list(category)
        for one in in_order(records, stimuli):
            if one is None:
                blocks += category
                continue
            rest = f"// {OWN} {by_identifier[one.identifier].said()}"
            blocks.append(f"{rest}\n{_passage(one) if isinstance(one, StimulusRecord) else _question(one)}")
        return ("\n\n".join(blocks) + "\n").encode()

    return render


def _passage(record: StimulusRecord) -> str:
    title = f"::{_escaped(_SPACES.sub(' ', record.title))}::" if record.title.strip() else ""
    return f"{title}[html]{_Said(named(record.pictures)).text(record.text)}"


def _question(record: ItemRecord) -> str:
    asked, said = record.asked, _Said(named(record.pictures))
    tags = "".join(f" [tag:{one.replace(']', chr(92) + ']')}]" for one in record.knowledge_points)
    comment = f"// [id:{record.identifier.replace(']', chr(92) + ']')}]{tags}\n"
    text, answers, tail = _parts(asked, said)
    has_general = bool(asked.explanation) and asked.kind is not ItemKind.ORDER
    general = [f"####{said.text(asked.explanation)}"] if has_general else []
    lines = [*answers, *general]
    inside = "\n".join(["", *lines, ""]) if len(lines) > 1 else "".join(lines)
    return f"{comment}[html]{text} {{{inside}}}{tail}"


class _Said:
    """Texts of a question in GIFT's HTML."""

    def __init__(self, pictures: Mapping[str, PictureRecord]) -> None:
        self.pictures = pictures

    def text(self, text: str) -> str:
        """A text that stands by itself."""
        html = html_of(text, self._picture)
        # What an answer must not begin with, lest it be taken for a weight or a format.
        html = f"&#{ord(html[0])};{html[1:]}" if html[:1] in {"%", "["} else html
        return _escaped(_SPACES.sub(" ", html))

    def bare(self, text: str) -> str:
        """A text where Moodle reads no escapes: its signs are those of HTML."""
        html = html_of(text, self._picture).replace("{", "&#123;").replace("}", "&#125;")
        return _SPACES.sub(" ", html)

    def _picture(self, name: str) -> str:
        one = self.pictures.get(name)
        if one is None:
            return ""
        return f'<img src="data:image/png;base64,{one.data}" alt="{escape(one.alt)}" data-name="{name}">'


Parts = tuple[str, list[str], str]
"""The words, the answers, and what stands after them."""


def _parts(asked: Posed, said: _Said) -> Parts:
    way = _WAYS.get(asked.kind)
    found = way(asked, said) if way else None
    return found or (said.text(with_offered(asked)), [], "")


def _choices(asked: Posed, said: _Said) -> Parts:
    kind, right, slips = kind_of(asked), right_of(asked), slips_of(asked)
    is_single = asked.kind is ItemKind.CHOICE
    lines = []
    for one in kind.offered(asked) if isinstance(kind, Choice) else ():
        is_right = one["id"] in right
        if is_single:
            sign = "=" if is_right else "~"
        else:
            sign = f"~%{share_of(len(right))}%" if is_right else "~%-100%"
        feedback = "" if is_right or one["id"] not in slips else f"#{said.text(slips[one['id']])}"
        lines.append(f"{sign}{said.text(one['text'])}{feedback}")
    return said.text(asked.prompt), lines, ""


def _truth(asked: Posed, said: _Said) -> Parts:
    is_true = right_of(asked) == {"true"}
    wrong = slips_of(asked).get("false" if is_true else "true", "")
    answer = ("TRUE" if is_true else "FALSE") + (f"#{said.text(wrong)}" if wrong else "")
    return said.text(asked.prompt), [answer], ""


def _texts(asked: Posed, said: _Said) -> Parts | None:
    """One blank, in its place inside the words; None for several."""
    if blanks_of(asked) > 1:
        return None
    answers = [f"={_written(one)}" for one in asked.correct["blanks"][0]]
    answers += [f"=%0%{_written(text)}#{said.text(feedback)}" for text, feedback in slips_of(asked).items()]
    if not blanks_in(asked.prompt):
        return said.text(asked.prompt), answers, ""
    pieces = list(pieces_of(asked.prompt))
    at = next(place for place, one in enumerate(pieces) if one.kind is PieceKind.BLANK)
    before, after = (
        "".join(_again(one.kind, one.text) for one in part) for part in (pieces[:at], pieces[at + 1 :])
    )
    return said.text(before), answers, said.text(after)


def _again(kind: PieceKind, text: str) -> str:
    return f"[[picture:{text}]]" if kind is PieceKind.PICTURE else text


def _number(asked: Posed, said: _Said) -> Parts | None:
    """A number, with its unit after the box; None for one that GIFT cannot write."""
    number, slips = number_of(asked), slips_of(asked)
    if number is None:
        return None
    unit = f" {_escaped(escape(unit_of(asked), quote=False))}" if unit_of(asked) else ""
    answers = [f"#{_near(*number)}"]
    if slips:
        wrong = [f"=%0%{_written(text)}:0#{said.text(feedback)}" for text, feedback in slips.items()]
        answers = ["#", f"=%100%{_near(*number)}", *wrong]
    return said.text(asked.prompt), answers, unit


def _pairs(asked: Posed, said: _Said) -> Parts:
    lines = [f"={said.text(left)} -> {said.text(right)}" for left, right in paired(asked)]
    return said.text(asked.prompt), lines, ""


def _sequence(asked: Posed, said: _Said) -> Parts:
    """Moodle hands these blocks to a reader of their own, which knows neither escapes nor other braces."""
    things = [said.bare(one) for one in ordered(asked)]
    head = f">{len(things)} ALL VERTICAL ABSOLUTE_POSITION SHOW"
    return _escaped(said.bare(asked.prompt)), [head, *things], ""


def _near(value: float, tolerance: float) -> str:
    return f"{value:.15g}:{tolerance:.15g}" if tolerance else f"{value:.15g}"


def _written(text: str) -> str:
    """A text as it is to be typed; a star would stand for anything."""
    return _escaped(_SPACES.sub(" ", text).replace("*", "\\*"))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


_WAYS: Mapping[ItemKind, Callable[[Posed, _Said], Parts | None]] = MappingProxyType(
    {
        ItemKind.CHOICE: _choices,
        ItemKind.MULTIPLE_CHOICE: _choices,
        ItemKind.TRUE_FALSE: _truth,
        ItemKind.TEXT_ENTRY: _texts,
        ItemKind.NUMERIC: _number,
        ItemKind.MATCH: _pairs,
        ItemKind.ORDER: _sequence,
    }
)
