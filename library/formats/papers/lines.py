"""What a line of a paper announces: a heading, a question, a part of one, a choice, an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from library.formats.papers.vocabulary import (
    ANSWER_LISTS,
    ASKS_BELOW,
    KIND_WORDS,
    LABELS,
    STIMULUS_LABELS,
    STIMULUS_WORDS,
    Field,
    Kinds,
)

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): ord(narrow)
    for wide, narrow in {"　": " ", "\N{NO-BREAK SPACE}": " ", "【": "[", "】": "]"}.items()
}
"""One letter for one, so that places in the folded text are those in the text itself."""
_NUMERAL = "[一二三四五六七八九十]"


class Mark(StrEnum):
    """What a piece of a line announces."""

    EMPTY = "empty"
    SECTION = "section"
    QUESTION = "question"
    PART = "part"
    CHOICE = "choice"
    FIELD = "field"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line, without what announces it."""

    mark: Mark
    text: str
    name: str = ""
    """The question's, part's or section's number, the choice's letter, or the field."""


def folded(text: str) -> str:
    """*text* in half width, letter for letter."""
    return text.translate(_WIDTH)


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


_FIELD_OF = {word.casefold(): field for field, words in LABELS.items() for word in words}
_ALL_LABELS = _any_of(list(_FIELD_OF))
_ON_THE_SAME_LINE = (Field.ANSWER, Field.EXPLANATION, Field.DIFFICULTY, Field.POINTS)
_LATER_LABELS = _any_of([word for one in _ON_THE_SAME_LINE for word in LABELS[one]])
_BRACKETED = re.compile(
    rf"\[\s*(?:小题\s*\d+\s*|\d+\s*题\s*)?(?P<label>{_ALL_LABELS})\s*\d*\s*\]\s*:?\s*", re.IGNORECASE
)
_AT_START = re.compile(rf"\s*(?P<label>{_ALL_LABELS}|解)\s*:\s*", re.IGNORECASE)
_LATER = re.compile(rf"(?<=[\s;,。])(?P<label>{_LATER_LABELS})\s*:\s*", re.IGNORECASE)
_ALONE = re.compile(rf"[\s#*\[]*(?:{_any_of(ANSWER_LISTS)})[\s\]*:]*", re.IGNORECASE)

_NUMBER = re.compile(
    r"\s*(?:\(\s*(?P<given>[A-H√×TF]?)\s*\)\s*)?(?:第\s*(?P<chinese>\d{1,4})\s*题|(?:Question|Q)\s*(?P<english>\d{1,4}))\s*[.:、)]?\s*"
    r"|\s*(?:\(\s*(?P<filled>[A-H√×TF]?)\s*\)\s*)?\[?(?P<plain>\d{1,4})\]?\s*[.、)]\s*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\((?P<number>\d{1,2})\)\s*[.、]?\s*")
_DECIMAL = re.compile(r"\s*\d{1,3}\.\d")

_ROMAN = re.compile(r"\s*(?:[IVX]{1,4}|[Ⅰ-Ⅻ])\s*[.、:]\s*")
"""A heading, if it names a kind or a text: English papers count so."""
_SECTION = re.compile(
    rf"\s*(?:{_NUMERAL}{{1,3}}\s*[、.:]|第\s*(?:{_NUMERAL}{{1,3}}|\d+|[IVX]+)\s*(?:部分|卷|大题|节)[、.:]?"
    r"|(?:Part|Section)\s+(?:[IVX]+|\d+|[A-H])\b[.:]?)\s*",
    re.IGNORECASE,
)
_KIND_LINE = re.compile(
    rf"\s*\[?\s*(?:{_any_of([word for word, _kinds in KIND_WORDS])})(?:题|questions?)?\s*\]?\s*"
    r"(?:\(.*\)|[,，;]?\s*[共每本].*)?\s*[:。]?\s*",
    re.IGNORECASE,
)
_FIRST_CHOICE = re.compile(r"(?:^|(?<=[\s)。?:_]))\(?A\)?\s*[.、:)]\s*")
_RANGE_OF_QUESTIONS = re.compile(
    r"(?P<first>\d{1,3})\s*(?:[-~—–至到]+|and)\s*(?:第)?(?P<last>\d{1,3})\s*(?:小?题)?"
)
_STIMULUS_LABEL = re.compile(
    rf"\s*(?:\({_NUMERAL}\)\s*)?\[?(?:{_any_of(STIMULUS_LABELS)})\s*(?:{_NUMERAL}|\d|[A-H])?\s*(?:\]|\([^)]*\))?\s*(?::|$|(?<=\])\s*)",
    re.IGNORECASE,
)
LONGEST_INSTRUCTION = 120
LAST_LETTER = "H"
_APART = (r"(?:(?<=\s\s)|(?<=[\t;]))", r"(?<=[\s,])", r"(?<![A-Za-z])")
"""What may stand before the letter of a further choice on a line, the clearest first."""


def pieces(line: str, *, letter: str = "A") -> Iterator[Piece]:
    """The pieces of *line* in order; *letter* is that of the choice that would come next."""
    if not line.strip():
        yield Piece(Mark.EMPTY, "")
        return
    places = list(_labels(folded(line)))
    head = line[: places[0][0]] if places else line
    if head.strip():
        yield from _announced(head, letter)
    for number, (_begin, end, field) in enumerate(places):
        until = places[number + 1][0] if number + 1 < len(places) else len(line)
        yield Piece(Mark.FIELD, line[end:until].strip(), field)


def _labels(plain: str) -> Iterator[tuple[int, int, Field]]:
    """Where labels stand in a folded line: begin, end, and what they announce."""
    found = [(one.start(), one.end(), one["label"]) for one in _BRACKETED.finditer(plain)]
    if first := _AT_START.match(plain):
        found.append((first.start(), first.end(), first["label"]))
    found += [(one.start(), one.end(), one["label"]) for one in _LATER.finditer(plain)]
    if not found and _ALONE.fullmatch(plain):
        found.append((0, len(plain), LABELS[Field.ANSWER][0]))
    after = 0
    for begin, end, label in sorted(found):
        if begin >= after:
            after = end
            yield begin, end, _FIELD_OF.get(label.casefold(), Field.EXPLANATION)


def _announced(text: str, letter: str) -> Iterator[Piece]:
    plain = folded(text)
    if (kind := _KIND_LINE.fullmatch(plain)) and not plain.strip().startswith("("):
        yield Piece(Mark.SECTION, kind[0].strip())
    elif section := _SECTION.match(plain) or _roman(plain):
        yield Piece(Mark.SECTION, text[section.end() :].strip(), section[0].strip(" 、.:"))
    elif number := _NUMBER.match(plain):
        name = number["chinese"] or number["english"] or number["plain"]
        doubt = "?" if _DECIMAL.match(plain) else ""
        yield Piece(Mark.QUESTION, "", name + doubt)
        if given := number["given"] or number["filled"]:
            yield Piece(Mark.FIELD, given, Field.ANSWER)
        yield from _after_number(text[number.end() :], name)
    elif part := _IN_BRACKETS.match(plain):
        yield Piece(Mark.PART, "", part["number"])
        yield from _with_choices(text[part.end() :], "A")
    else:
        yield from _with_choices(text, letter)


def _roman(plain: str) -> re.Match[str] | None:
    found = _ROMAN.match(plain)
    return found if found and (kinds_named(plain) or names_reading(plain)) else None


def _after_number(text: str, number: str) -> Iterator[Piece]:
    part = _IN_BRACKETS.match(folded(text))
    if part and part["number"] == "1" and number != "1":
        yield Piece(Mark.PART, "", "1")
        text = text[part.end() :]
    yield from _with_choices(text, "A")


def _with_choices(text: str, letter: str) -> Iterator[Piece]:
    """The words of *text*, then the choices that follow in it, from *letter* on."""
    cuts = list(_choices(folded(text), letter))
    if letter == "A" and len(cuts) == 1 and cuts[0][0] > 0:
        cuts = []  # a lone A inside a sentence is no choice
    head = text[: cuts[0][0]] if cuts else text
    if head.strip() or not cuts:
        yield Piece(Mark.TEXT, head.strip())
    for number, (_begin, end, name) in enumerate(cuts):
        until = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        yield Piece(Mark.CHOICE, text[end:until].strip().rstrip(";；"), name)


def _choices(plain: str, letter: str) -> Iterator[tuple[int, int, str]]:
    """Where choices begin in a folded text, letter after letter."""
    at, is_first = 0, True
    while letter <= LAST_LETTER:
        found = _choice(plain, letter, at, is_first=is_first)
        if found is None and is_first and letter != "A":
            # A line that begins with another letter than the next is told of, not swallowed.
            if not (other := re.match(r"\s*\(?([A-H])\)?\s*[.、:)]\s*(?=\S)", plain)) or other[1] == letter:
                return
            letter = other[1]
            found = (0, other.end())
        if found is None:
            return
        yield found[0], found[1], letter
        at, letter, is_first = found[1], chr(ord(letter) + 1), False


def _choice(plain: str, letter: str, at: int, *, is_first: bool) -> tuple[int, int] | None:
    mark = rf"(?:\({letter}\)\s*|{letter}\)\s*|{letter}\s*[.、:]\s*|{letter}\t\s*)"
    if is_first:
        begin = re.compile(rf"\s*{mark}").match(plain, at)
        if begin is None and letter == "A":
            begin = re.compile(rf"(?<=[\s)。?:_]){mark}").search(plain, at)
        return (begin.start(), begin.end()) if begin else None
    for before in _APART:
        if found := re.compile(f"{before}{mark}").search(plain, at):
            return found.start(), found.end()
    return None


def kinds_named(text: str) -> Kinds:
    """The kinds that a heading, or the label of a kind, names; none where it names none."""
    plain = folded(text).casefold()
    return next((kinds for word, kinds in KIND_WORDS if word in plain), ())


def names_reading(text: str) -> bool:
    """Whether a heading says that texts are read and asked about."""
    plain = folded(text).casefold()
    return any(word in plain for word in (*STIMULUS_WORDS, "reading"))


def is_stimulus_label(text: str) -> bool:
    """Whether a line begins with the label of a text that questions are about."""
    return _STIMULUS_LABEL.match(folded(text)) is not None


def begins_stimulus(text: str) -> bool:
    """Whether a line without a number announces what the next questions are about."""
    plain = folded(text).casefold()
    if _STIMULUS_LABEL.match(plain):
        return True
    asks = any(word in plain for word in STIMULUS_WORDS) and any(word in plain for word in ASKS_BELOW)
    return asks and len(plain) <= LONGEST_INSTRUCTION


def without_stimulus_label(text: str) -> str:
    """What follows the label of a stimulus on its line; the whole line where it has none."""
    label = _STIMULUS_LABEL.match(folded(text))
    return text[label.end() :].strip() if label else text.strip()


def questions_named(text: str) -> int | None:
    """The last of the questions that an instruction names, such as 8 of “questions 5-8”."""
    found = list(_RANGE_OF_QUESTIONS.finditer(folded(text)))
    return int(found[-1]["last"]) if found else None


def is_answer_heading(line: str) -> bool:
    """Whether a line says no more than that answers follow."""
    return bool(_ALONE.fullmatch(folded(line)))
