"""The words of a question: what a paper writes into them that is no part of the question."""

import re
from dataclasses import dataclass, field

from library.formats.papers.errors import UnevenDollars
from library.formats.papers.lines import folded
from library.formats.papers.vocabulary import FALSE_WORDS, TRUE_WORDS
from library.formats.reading import Fate, Note

_SCORE = re.compile(
    r"\(\s*(?:本小?题|共|每空|每小题)?\s*(?:满分)?\s*(?P<score>\d{1,3}(?:\.\d)?)\s*(?:分|points?|marks?)\s*\)"
)
_SOURCE = re.compile(r"\s*[(\[](?P<source>(?:19|20)\d\d[^()\[\]$]{2,40})[)\]]\s*")
_FILLED = re.compile(r"\$\\underline\{\\text\{(?P<word>[^{}]{1,40})\}\}\$")
_IN_BRACKETS = re.compile(r"\(\s*(?P<answer>[A-H]{1,8}|[√×✓✗✔✘]|对|错|正确|错误|T|F)\s*\)")
_SAID = re.compile(r"故(?:本题)?(?:答案[为是]|选)\s*:?\s*(?P<answer>[^\n。.;]{1,60})")
_WIDE = re.compile(r"(?<=\S)\u3000+(?P<word>[^\u3000\n]{1,30}?)\u3000+(?=\S|$)", re.MULTILINE)
_WIDE_GAP = re.compile(r"(?<=\S)(?:\u3000{2,}| {4,})", re.MULTILINE)
_BLANK = re.compile(r"_{2,}")
_GAP = re.compile(r"\(\s*\)")
EMPTY_BRACKETS = "（　　）"
_DOLLAR = re.compile(r"(?<!\\)\$")


@dataclass(slots=True)
class Stem:
    """The words, and what was found among them."""

    text: str
    source: str = ""
    notes: list[Note] = field(default_factory=list)


def stem_of(text: str) -> Stem:
    """*text* without the points and the examination that a paper notes in it."""
    stem = Stem(text)
    plain = folded(stem.text)
    if found := _SCORE.search(plain):
        stem.text = (stem.text[: found.start()] + stem.text[found.end() :]).strip()
        stem.notes.append(Note(Fate.DROPPED, "score", "set-when-assigned", {"value": found["score"]}))
    if found := _SOURCE.match(folded(stem.text)):
        stem.source = stem.text[found.start("source") : found.end("source")].strip()
        stem.text = stem.text[found.end() :].strip()
    return stem


def answer_in_brackets(text: str, letters: str) -> tuple[str, str] | None:
    """The answer in brackets in the words, and the words without it; *letters* are the choices'."""
    for found in reversed(list(_IN_BRACKETS.finditer(folded(text)))):
        answer = found["answer"]
        is_word = answer.casefold() in TRUE_WORDS | FALSE_WORDS
        if (set(answer) <= set(letters)) if letters else is_word:
            return answer, text[: found.start()] + EMPTY_BRACKETS + text[found.end() :]
    return None


def filled_blanks(text: str) -> tuple[list[str], str] | None:
    """The answers that are underlined in the words, and the words with blanks; None where none are."""
    found = list(_FILLED.finditer(text))
    if not found or _BLANK.search(_FILLED.sub("", text)):
        return None
    return [one["word"].strip() for one in found], _FILLED.sub("____", text)


def answer_at_the_end(explanation: str) -> str:
    """The answer that an explanation ends with, as 故选 and 故答案为 announce it; empty where none is."""
    found = list(_SAID.finditer(folded(explanation)))
    return (
        explanation[found[-1].start("answer") : found[-1].end("answer")].strip(" ．.。；;") if found else ""
    )


def gaps_as_blanks(text: str) -> tuple[list[str], str]:
    """Words between wide spaces, whose line below got lost, and the text with blanks for them."""
    words = [one["word"].strip() for one in _WIDE.finditer(text)]
    if words:
        return words, _WIDE.sub("____", text)
    return [], _WIDE_GAP.sub("____", text)


def blank_places(text: str) -> list[tuple[int, int]]:
    """Where the blanks of *text* stand: its lines, or its empty brackets where it has no lines."""
    plain = folded(text)
    found = list(_BLANK.finditer(plain)) or list(_GAP.finditer(plain))
    return [one.span() for one in found]


def without_room(text: str) -> str:
    """*text* without the empty brackets at its end that are room for a sign."""
    found = list(_GAP.finditer(folded(text)))
    if len(found) != 1 or folded(text)[found[0].end() :].strip(" .。"):
        return text
    return (text[: found[0].start()].rstrip() + text[found[0].end() :]).strip()


def with_numbers(text: str, places: list[tuple[int, int]]) -> str:
    """*text* with ``[[1]]``, ``[[2]]`` … at the *places*."""
    for number, (begin, end) in reversed(list(enumerate(places, start=1))):
        text = f"{text[:begin]}[[{number}]]{text[end:]}"
    return text


def check_formulas(text: str, number: str) -> None:
    """Refuse formulas without an end, and braces that do not match.

    Raises:
        UnevenDollars: there are some.
    """
    parts = _DOLLAR.split(text.replace("$$", "$"))
    is_open = len(parts) % 2 == 0 and re.search(r"[\\^{}]", parts[-1])
    broken = next((one for one in parts[1::2] if _depth(one)), parts[-1] if is_open else "")
    if broken:
        raise UnevenDollars(number=number, formula=broken.strip()[:40])


def _depth(formula: str) -> int:
    """How many braces are open at its end; not 0 either where one closes too early."""
    depth = 0
    for letter in re.sub(r"\\[{}\\]", "", formula):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth < 0:
            return depth
    return depth
