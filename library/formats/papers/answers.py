"""Lists of answers at the end of a paper, and answers to several small questions on one line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from library.formats.papers.drafts import Draft, Stray
from library.formats.papers.errors import AnswerOfNothing, AnswersNotUnderstood
from library.formats.papers.lines import Mark, folded, is_answer_heading, pieces
from library.formats.papers.vocabulary import Field

LONGEST_SHOWN = 60
MOST_APART = 5
"""So far apart may be the numbers of two answers on one line."""
_RANGE = re.compile(
    r"(?P<first>\d{1,3})\s*[-~—–至到]+\s*(?P<last>\d{1,3})\s*题?\s*[.:、)]?\s*"
    r"(?P<answers>[A-H√×TF对错✓✗ \t,，;；、]+)"
)
_ONE = re.compile(r"(?:^|(?<=[\s;,、]))(?P<number>\d{1,3})\s*[.、:)]\s*(?!\d{1,3}\s*[.、:)])")
_PART = re.compile(r"(?<![A-Za-z0-9(])\((?P<number>\d{1,2})\)\s*")
_NUMBERS, _ANSWERS = re.compile(r"\s*题号"), re.compile(r"\s*\[?答案\]?")
_CELLS = re.compile(r"[\s|:、]+")


@dataclass(slots=True)
class Answered:
    """What a list says of one question."""

    place: int
    section: int
    answer: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)


def attach(drafts: Sequence[Draft], lines: Sequence[tuple[int, str]]) -> list[Stray]:
    """Give the questions the answers of a list; what fits none of them comes back."""
    read = _List()
    for place, line in lines:
        read.take(place, line)
    by_place = {(one.section, one.number): one for one in drafts}
    by_number: dict[str, list[Draft]] = {}
    for one in drafts:
        by_number.setdefault(one.number, []).append(one)
    first = min((one.section for one in drafts), default=0)
    nothing: dict[int, list[str]] = {}
    for number, answered in read.found:
        same = by_number.get(number, [])
        draft = same[0] if len(same) == 1 else by_place.get((first + answered.section - 1, number))
        if draft is None and same and not answered.section:
            draft = same[0]
        if draft is None:
            nothing.setdefault(answered.place, []).append(number)
            continue
        for part, texts in ((Field.ANSWER, answered.answer), (Field.EXPLANATION, answered.explanation)):
            if any(text.strip() for text in texts):
                draft.fields.setdefault(part, []).extend(texts)
    said = dict(lines)
    strays = {one.place: one for one in read.strays} | {
        place: Stray(place, said[place].strip(), AnswerOfNothing(line=place, number=", ".join(numbers)))
        for place, numbers in nothing.items()
    }
    return [strays[place] for place in sorted(strays)]


class _List:
    """A list of answers while it is read, line by line."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Answered]] = []
        self.strays: list[Stray] = []
        self.numbers: list[str] = []
        """Those of the row above, where the answers stand in a table."""
        self.section = 0
        self.into: list[str] | None = None
        """What goes on in the next line."""

    def take(self, place: int, line: str) -> None:
        """Read the next line."""
        plain = folded(line)
        if not plain.strip() or is_answer_heading(line) or self._is_of_table(place, plain):
            return
        if pairs := list(_of_ranges(plain)):
            self.found += [(number, Answered(place, self.section, [answer])) for number, answer in pairs]
            self.into = None
            return
        piece = next(iter(pieces(line)))
        if piece.mark is Mark.SECTION:
            self.section, self.into = self.section + 1, None
            if _ONE.match(folded(piece.text)):
                self.take(place, piece.text)
        elif piece.mark is Mark.FIELD and self.found:
            last = self.found[-1][1]
            self.into = last.answer if piece.name == Field.ANSWER else last.explanation
            self.into.append(piece.text)
        elif singles := list(_singles(line)):
            self._add(place, singles)
        elif self.into is not None:
            self.into.append(line.strip())
        else:
            problem = AnswersNotUnderstood(line=place, text=line.strip()[:LONGEST_SHOWN])
            self.strays.append(Stray(place, line.strip(), problem))

    def _is_of_table(self, place: int, plain: str) -> bool:
        """Whether a line is a row of numbers, or the row of their answers."""
        if _NUMBERS.match(plain):
            self.numbers = _cells(_NUMBERS.sub("", plain))
            return True
        answers = _ANSWERS.match(plain)
        cells = _cells(plain[answers.end() :]) if answers else []
        if not self.numbers or len(cells) != len(self.numbers):
            return False
        self.found += [
            (number, Answered(place, self.section, [cell]))
            for number, cell in zip(self.numbers, cells, strict=True)
        ]
        self.numbers = []
        return True

    def _add(self, place: int, singles: Sequence[tuple[str, str]]) -> None:
        for number, text in singles:
            answer, explanation = _parted(text)
            one = Answered(place, self.section, [answer], [explanation] if explanation else [])
            self.found.append((number, one))
            self.into = one.explanation or one.answer


def _cells(text: str) -> list[str]:
    return [one for one in _CELLS.split(text) if one]


def _of_ranges(plain: str) -> Iterator[tuple[str, str]]:
    """The answers of a line such as ``1-5 ABCDA  6-8 √×√``; none where it is no such line."""
    ranges = list(_RANGE.finditer(plain))
    if not ranges or _RANGE.sub("", plain).strip(" .;,、。"):
        return
    found: list[tuple[str, str]] = []
    for one in ranges:
        first, last = int(one["first"]), int(one["last"])
        apart = [part for part in re.split(r"[\s,，;；、]+", one["answers"].strip()) if part]
        together = list("".join(apart))
        count = last - first + 1
        answers = apart if len(apart) == count else together
        if len(answers) != count:
            return
        found += zip(map(str, range(first, last + 1)), answers, strict=True)
    yield from found


def _singles(line: str) -> Iterator[tuple[str, str]]:
    """The answers of a line such as ``6. 12  7. x=3``: each number is larger than the one before."""
    plain = folded(line)
    starts = list(_ONE.finditer(plain))
    if not starts or plain[: starts[0].start()].strip():
        return
    kept = [starts[0]]
    for one in starts[1:]:
        if 0 < int(one["number"]) - int(kept[-1]["number"]) <= MOST_APART:
            kept.append(one)
    for place, one in enumerate(kept):
        until = kept[place + 1].start() if place + 1 < len(kept) else len(line)
        yield one["number"], line[one.end() : until].strip()


def _parted(text: str) -> tuple[str, str]:
    """An answer, and the explanation that follows it on its line."""
    parts = list(pieces(text))
    if len(parts) > 1 and parts[-1].mark is Mark.FIELD and parts[-1].name == Field.EXPLANATION:
        at = text.rfind(parts[-1].text)
        head = parts[0].text if parts[0].mark in {Mark.TEXT, Mark.FIELD} else text[:at]
        return head, parts[-1].text
    if len(parts) == 1 and parts[0].mark is Mark.FIELD:
        is_answer = parts[0].name == Field.ANSWER
        return (parts[0].text, "") if is_answer else ("", parts[0].text)
    return text, ""


def answers_of_parts(text: str, count: int) -> list[str] | None:
    """The *count* answers of a text such as ``(1) A (2) B``; None where it is not so."""
    plain = folded(text)
    starts: list[re.Match[str]] = []
    for one in _PART.finditer(plain):
        if int(one["number"]) == len(starts) + 1:
            starts.append(one)
    if len(starts) != count or plain[: starts[0].start()].strip():
        return None
    ends = [*(one.start() for one in starts[1:]), len(text)]
    return [text[one.end() : end].strip().rstrip(";；,，") for one, end in zip(starts, ends, strict=True)]
