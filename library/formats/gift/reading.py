"""GIFT files as questions: blocks between empty lines, the answers between braces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from core.errors import DomainError
from library.formats import building
from library.formats.building import Answer, Fields, Number
from library.formats.composing import words_of_html, words_of_plain, words_of_text
from library.formats.drafts import Draft, Drafts, Passage, Told, check_size, excerpt_of, finished, label
from library.formats.encodings import decoded
from library.formats.errors import (
    TooManyQuestions,
    UnbalancedBraces,
    WithoutWords,
)
from library.formats.pictures import Gallery
from library.formats.reading import Fate, Note, Reading
from library.formats.rest import read_rest
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.packages.html import cleaned

NAME = "gift"
OWN = "weike:"
"""What a comment begins with that holds what GIFT has no place for."""
MOST_BLOCKS = 20_000
_ESCAPED = re.compile(r"\\([:#={}~n\\])")
_SIGNS = ":#={}~n\\"
_FIRST = 0xFDD8
_HIDDEN = {sign: chr(_FIRST + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_RAW = {ord(hidden): f"\\{sign}" for sign, hidden in _HIDDEN.items()}
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")
_NAME = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,9})?)%")
_TRUTH = re.compile(r"(t|f|true|false)\s*(?=#|$)", re.IGNORECASE)
_ORDERING = re.compile(r">[ \t]*\d*[ \t]*(?:[A-Z_]+[ \t]*){0,4}(?=\n|$)")
_BRACE = re.compile(r"[{}]")
_STARTS_ANSWERS = re.compile(r"\s*(?:[=~#>]|(?:t|f|true|false)\s*(?:#|$)|$)", re.IGNORECASE)
_SLASH = re.compile(r"(?<!/)/(?!/)")
"""Between categories; a doubled one belongs to a name."""
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_LONGEST_COMMENT = 4_000
_MOST_ANSWERS = 200


@dataclass(slots=True)
class _Block:
    """Lines without an empty one between them."""

    line: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """The questions of a GIFT file.

    Raises:
        BadFile: the file as a whole cannot be read.
    """
    return finished(drafts_of(content))


def drafts_of(content: bytes) -> Drafts:
    """All that stands in a GIFT file, before it is made a record."""
    check_size(content)
    text, notes = decoded(content)
    drafts = Drafts(NAME, content, notes=notes)
    about: Passage | None = None
    for block in _blocks(text):
        if block.lines and block.lines[0].lstrip().startswith("$CATEGORY:"):
            _category(block, drafts)
            about = None
        elif any(line.strip() for line in block.lines):
            found = _read(block, about)
            if isinstance(found, Passage):
                about = found
                drafts.passages.append(found)
            else:
                drafts.questions.append(found)
    return drafts


def _blocks(text: str) -> Iterator[_Block]:
    block, count = _Block(1), 0
    plain_text = _NOT_TEXT.sub("", cleaned(text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = plain_text.split("\n")
    for number, line in enumerate([*lines, ""], start=1):
        plain = line.strip()
        if plain.startswith("//"):
            block.comments.append(plain[2:].strip())
            if block.lines:
                block.lines.append("")
            continue
        if plain and not (block.lines and block.lines[0].lstrip().startswith("$CATEGORY:")):
            if not block.lines:
                block.line = number
            block.lines.append(line)
            continue
        if block.lines:
            count += 1
            if count > MOST_BLOCKS:
                raise TooManyQuestions(limit=MOST_BLOCKS)
            yield block
            block = _Block(number)
        if plain:
            block.line = number
            block.lines.append(line)


def _category(block: _Block, drafts: Drafts) -> None:
    path = block.lines[0].partition(":")[2].strip()
    name = _SLASH.split(path)[-1].replace("//", "/").strip()
    drafts.title = drafts.title or name[:200]
    note = Note(Fate.CHANGED, "$CATEGORY", "category", {"name": name[:200]})
    if note not in drafts.notes:
        drafts.notes.append(note)


def _read(block: _Block, about: Passage | None) -> Draft | Passage:
    told = Told()
    text = _ESCAPED.sub(lambda one: _HIDDEN[one[1]], "\n".join(block.lines)).strip("\n")
    draft = Draft(block.line, excerpt_of("\n".join(block.lines)), told=told, about=about)
    _comments(block, draft)
    named = _NAME.match(text.lstrip())
    begin = len(text) - len(text.lstrip()) + (named.end() if named else 0)
    try:
        answers = _braces(text, begin, block)
        if answers is None:
            return _passage(_shown(named[1]) if named else "", text[begin:], draft)
        if named and draft.rest is None:
            told.dropped("name", "name")
        _question(text[begin : answers[0]], text[answers[0] + 1 : answers[1]], text[answers[1] + 1 :], draft)
    except DomainError as refusal:
        draft.problem = refusal
    return draft


def _comments(block: _Block, draft: Draft) -> None:
    tags = []
    for one in block.comments:
        if one.startswith(OWN):
            draft.rest = read_rest(one.removeprefix(OWN).strip())
            if draft.rest is None:
                draft.told.dropped("weike", "own-damaged")
        else:
            tags += [tag.replace("\\]", "]").strip() for tag in _TAG.findall(one[:_LONGEST_COMMENT])]
    label(draft, tags)


def _braces(text: str, begin: int, block: _Block) -> tuple[int, int] | None:
    """Where the answers begin and end; None where there are no braces.

    Braces inside the words, as of formulas whose author did not escape them, are left to the words.

    Raises:
        UnbalancedBraces: one has no partner.
    """
    groups: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in _BRACE.finditer(text, begin):
        if found[0] == "{":
            opened.append(found.start())
        elif not opened:
            raise UnbalancedBraces(line=_line(text, found.start(), block))
        else:
            start = opened.pop()
            if not opened:
                groups.append((start, found.start()))
    if opened:
        raise UnbalancedBraces(line=_line(text, opened[0], block))
    likely = [one for one in groups if _STARTS_ANSWERS.match(text[one[0] + 1 : one[1]])]
    return (likely or groups)[-1] if groups else None


def _line(text: str, at: int, block: _Block) -> int:
    return block.line + text[:at].count("\n")


def _passage(title: str, text: str, draft: Draft) -> Passage:
    """Words without answers: what the questions after them are about."""
    gallery = Gallery(draft.told, lambda _address: None)
    words = _words(text, "text", draft.told, gallery, _format(text))
    draft.told.changed("description", "description")
    fields = {"title": " ".join(title.split())[:300], "text": words, "pictures": gallery.records}
    return Passage(draft.place, fields, draft.told, draft.rest)


def _question(text: str, answers: str, tail: str, draft: Draft) -> None:
    """Fill in *draft*.

    Raises:
        WithoutKey: nothing is right.
        WithoutWords: nothing is asked.
    """
    told = draft.told
    gallery = Gallery(told, lambda _address: None)
    form = _format(text)
    answers, _marks, general = answers.partition("####")
    reader = _Answers(answers.strip(), told, gallery, form)
    fields = reader.fields(draft.excerpt)
    is_written = fields["kind"] == ItemKind.TEXT_ENTRY.value
    prompt = _words(text, "questiontext", told, gallery, form)
    rest = _words(tail, "questiontext", told, gallery, form) if tail.strip() else ""
    if rest:
        space = " " if tail[:1].isspace() and prompt.isascii() else ""
        gap = " " if text[-1:].isspace() and prompt.isascii() else ""
        prompt = f"{prompt}{gap}{'[[1]]' if is_written else '____'}{space}{rest}"
    if not prompt:
        raise WithoutWords
    fields["prompt"] = prompt
    told.kept("questiontext")
    if general.strip():
        building.explained(fields, _words(general, "generalfeedback", told, gallery, form))
        told.kept("generalfeedback")
    fields["pictures"] = gallery.records
    draft.fields |= fields


@dataclass(slots=True)
class _Answers:
    """What stands between the braces."""

    text: str
    told: Told
    gallery: Gallery
    form: str

    def fields(self, key: str) -> Fields:
        """Kind, interaction and key."""
        self.told.kept("answer")
        if not self.text:
            return {"kind": ItemKind.EXTENDED_TEXT.value}
        if truth := _TRUTH.match(self.text):
            wrong, _sign, right = self.text[truth.end() :].removeprefix("#").partition("#")
            return building.truth(
                is_true=truth[1][0].lower() == "t",
                right=self._text_of(right, "feedback"),
                wrong=self._text_of(wrong, "feedback"),
                told=self.told,
            )
        if self.text.startswith("#"):
            return self._numbers(self.text[1:].strip())
        if ordering := _ORDERING.match(self.text):
            # Moodle reads these lines as they stand.
            lines = self.text[ordering.end() :].translate(_RAW).split("\n")
            things = [one for one in lines if one.strip()]
            return building.sequence([self._text_of(one, "answer") for one in things], key)
        return self._listed(key)

    def _listed(self, key: str) -> Fields:
        parts = self._parts(self.text)
        signs = {sign for sign, _text in parts}
        if signs == {"="} and all("->" in text for _sign, text in parts):
            sides = [text.partition("->") for _sign, text in parts]
            return building.pairs(
                [
                    (self._text_of(left, "answer"), self._text_of(right.partition("#")[0], "answer"))
                    for left, _, right in sides
                ],
                key,
            )
        if "~" in signs:
            return building.choices(
                [self._answer(sign, text) for sign, text in parts], self.told, is_single="=" in signs
            )
        if not signs:
            # Without a sign it is one text that is right.
            parts = [("=", self.text)]
        return building.texts([self._answer(sign, text, is_plain=True) for sign, text in parts], self.told)

    def _parts(self, text: str) -> list[tuple[str, str]]:
        """The answers with the sign before each."""
        places = [one.start() for one in re.finditer(r"[=~]", text)]
        if len(places) > _MOST_ANSWERS:
            self.told.dropped("answer", "many-choices", limit=_MOST_ANSWERS)
            text, places = text[: places[_MOST_ANSWERS]], places[:_MOST_ANSWERS]
        return [(text[at], text[at + 1 : end]) for at, end in pairwise([*places, len(text)])]

    def _answer(self, sign: str, text: str, *, is_plain: bool = False) -> Answer:
        share, text = _share(sign, text.strip())
        answer, _sign, feedback = text.partition("#")
        said = (
            _shown(_FORMAT.sub("", answer, count=1)).strip() if is_plain else self._text_of(answer, "answer")
        )
        return Answer(said, share, self._text_of(feedback, "feedback"))

    def _numbers(self, text: str) -> Fields:
        parts = self._parts(text)
        if not parts or not any(sign == "=" for sign, _text in parts):
            head = text[: text.index("~")] if "~" in text else text
            parts = [("=", head), *(one for one in parts if one[0] == "~")]
        found = []
        for sign, said in parts:
            share, value = _share(sign, said.strip())
            value, _sign, feedback = value.partition("#")
            number = _number(_shown(value), share, self._text_of(feedback, "feedback"))
            if number is not None:
                found.append(number)
            elif feedback.strip():
                self.told.dropped("feedback", "feedback-any")
        return building.number(found, self.told)

    def _text_of(self, text: str, part: str) -> str:
        return _words(text, part, self.told, self.gallery, self.form) if text.strip() else ""


def _share(sign: str, text: str) -> tuple[float, str]:
    """What an answer earns, in percent, and the rest of it."""
    weight = _WEIGHT.match(text)
    if weight:
        return float(weight[1]), text[weight.end() :].strip()
    return (100.0 if sign == "=" else 0.0), text


def _number(text: str, share: float, feedback: str) -> Number | None:
    """``3``, ``3:0.5`` or ``1..5``; None for anything else."""
    if ".." in text:
        low, high = (read_number(one.strip()) for one in text.split("..", 1))
        if low is None or high is None:
            return None
        return Number(float((low + high) / 2), float(abs(high - low) / 2), share, feedback)
    value, _sign, tolerance = text.partition(":")
    found, near = building.number_in(value), building.number_in(tolerance or "0")
    return None if found is None or near is None else Number(found, abs(near), share, feedback)


def _format(text: str) -> str:
    named = _FORMAT.match(text)
    return named[1].lower() if named else "moodle"


def _words(text: str, part: str, told: Told, gallery: Gallery, form: str) -> str:
    """A text in the format that it names, or in that of its question."""
    named = _FORMAT.match(text)
    form, text = (named[1].lower(), text[named.end() :]) if named else (form, text)
    shown = _shown(text.strip())
    if form == "html":
        return words_of_html(shown, told, part, gallery.taken(part))
    if form == "markdown":
        told.changed(part, "markdown")
    if form == "plain":
        return words_of_plain(shown, told, part)
    return words_of_text(shown, told, part, gallery.taken(part))


def _shown(text: str) -> str:
    """*text* with the signs that were escaped."""
    return text.translate(_SHOWN)
