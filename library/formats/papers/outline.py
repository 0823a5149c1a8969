"""Which lines of a paper belong to which question: read from top to bottom, nothing is passed over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from library.formats.papers.ahead import (
    begins_answers,
    begins_without_number,
    first_of,
    goes_on_after_answers,
    has_choices_below,
    leads_to_question,
    line_below,
    stands_alone,
)
from library.formats.papers.drafts import About, Draft, Stray
from library.formats.papers.errors import NotUnderstood
from library.formats.papers.lines import (
    Mark,
    Piece,
    begins_stimulus,
    folded,
    is_stimulus_label,
    kinds_named,
    names_reading,
    pieces,
    questions_named,
    without_stimulus_label,
)
from library.formats.papers.vocabulary import FURNITURE, Field, Kinds

LONGEST_TITLE = 60
LONGEST_HEADING = 20
LONGEST_TITLE_OF_TEXT = 40
ENDS_OF_SENTENCES = tuple("。！？.!?：:…”；;")
LARGEST_FIRST = 999
"""A larger number at the beginning is rather a year."""
LONGEST_SHOWN = 60
MOST_LEFT_OUT = 10
"""So many numbers may be missing between two questions."""
_PLAIN_NUMBER = re.compile(r"\s*\d{1,3}\s*[.、)](?!\d)")
_LONE_LETTER = re.compile(r"\s*(?:Passage\s+)?[A-E]\s*", re.IGNORECASE)
_LONG_FIELDS = (Field.ANSWER, Field.EXPLANATION)
"""Parts that may have numbered lines of their own."""
_ONE_LINE = (Field.KIND, Field.DIFFICULTY, Field.EASE, Field.MINUTES, Field.SCORE)
"""Parts that end with their line: words below them are the question's again."""


@dataclass(slots=True)
class Outline:
    """What stands in a paper, part by part."""

    title: str = ""
    entries: list[Draft | Stray] = field(default_factory=list)
    beginnings: list[int] = field(default_factory=list)
    """The first line of each entry: with the heading and the text above it that belong to it."""
    answers: list[tuple[int, str]] = field(default_factory=list)
    """The lines of a list of answers at the end, with their numbers."""
    left_out: list[tuple[int, str]] = field(default_factory=list)
    """Lines at the head of a paper that nobody asks: for the name, the class, the time."""

    @property
    def drafts(self) -> list[Draft]:
        """The questions."""
        return [one for one in self.entries if isinstance(one, Draft)]


def outline_of(lines: Sequence[str]) -> Outline:
    """Sort the lines of a paper into questions."""
    reader = _Reader(lines)
    for number, line in enumerate(lines, start=1):
        reader.take(number, line)
    return reader.outline


class _Reader:
    """Where the reading stands."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.outline = Outline()
        self.question: Draft | None = None
        self.part: Draft | None = None
        self.field: Field | None = None
        """The label under which words without a mark go on."""
        self.about: About | None = None
        self.is_in_about = False
        self.kinds: Kinds = ()
        self.section = 0
        self.is_new_section = False
        self.is_reading = False
        """Whether the heading says that texts are read and asked about."""
        self.is_answers = False
        self.pending: int | None = None
        """The first of the lines above the next question that belong to it."""
        self.last = 0
        self.is_numbered = any(_PLAIN_NUMBER.match(folded(one)) for one in lines)
        """Whether questions have plain numbers; else those in brackets are theirs."""

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        if self.is_answers:
            self.is_answers = not goes_on_after_answers(self.lines, number, self.last)
        elif self.last:
            self.is_answers = begins_answers(self.lines, number, self.last)
        if self.is_answers:
            self.outline.answers.append((number, line))
            return
        found = list(pieces(line, letter=self._present().next_letter))
        if self._is_head(number, line, found):
            return
        first = found[0]
        if (first.mark is Mark.QUESTION and not self._is_next(number, first)) or (
            first.mark is Mark.PART and not self._is_part(first)
        ):
            found = [Piece(Mark.TEXT, line.strip())]
        for piece in found:
            self._take_piece(number, piece, line)

    def _take_piece(self, number: int, piece: Piece, line: str) -> None:
        match piece.mark:
            case Mark.SECTION:
                self._take_section(number, piece, line)
            case Mark.QUESTION:
                self._begin(number, piece.name.rstrip("?"))
            case Mark.PART:
                self._begin_part(number, piece.name)
            case Mark.CHOICE:
                self._take_choice(number, piece, line)
            case Mark.FIELD:
                self._take_field(number, piece, line)
            case Mark.TEXT:
                self._take_text(number, piece.text, line)
            case Mark.EMPTY:
                self._add("")

    # Above the questions

    def _is_head(self, number: int, line: str, found: list[Piece]) -> bool:
        """Whether *line*, above all questions, is the paper's title, or what stands beside it."""
        if self.outline.entries or self.section or self.about or self.question:
            return False
        if found[0].mark is not Mark.TEXT or begins_stimulus(line):
            return found[0].mark is Mark.EMPTY
        plain = folded(line).strip().casefold()
        if any(word in plain for word in FURNITURE):
            self.outline.left_out.append((number, line.strip()))
            return True
        below = line_below(self.lines, number)
        mark = first_of(below).mark
        is_title = mark in {Mark.QUESTION, Mark.SECTION, Mark.PART, Mark.TEXT}
        if self.outline.title or len(plain) > LONGEST_TITLE or not (is_title or begins_stimulus(below)):
            return False
        self.outline.title = line.strip()
        return True

    def _take_section(self, number: int, piece: Piece, line: str) -> None:
        kinds = kinds_named(piece.text)
        below = first_of(line_below(self.lines, number)).mark
        asks = begins_stimulus(piece.text)
        is_reading = names_reading(piece.text)
        is_heading = kinds or asks or not piece.text or (is_reading and len(piece.text) <= LONGEST_HEADING)
        if not is_heading and below not in {Mark.QUESTION, Mark.PART, Mark.SECTION}:
            # A question with a Chinese number, as in primary schools.
            self._begin(number, piece.name)
            self._take_text(number, piece.text, line)
            return
        self.section += 1
        self.kinds, self.is_new_section = kinds, True
        self._close()
        self.about = None
        self.is_reading = is_reading
        self.pending = self.pending or number
        if asks:
            self._begin_about(number, piece.text)

    def _begin_about(self, number: int, text: str) -> None:
        self._close()
        self.pending = self.pending or number
        words, last = without_stimulus_label(text), questions_named(text)
        if last is None and words != text.strip() and self._is_title(number, words):
            self.about = About(number, [], title=words)
        else:
            self.about = About(number, [words] if words else [], last)
        self.is_in_about = True

    def _is_title(self, number: int, words: str) -> bool:
        """Whether what follows the label of a text is its title, and the text itself stands below."""
        is_short = 0 < len(words) <= LONGEST_TITLE_OF_TEXT and not words.endswith(ENDS_OF_SENTENCES)
        below = line_below(self.lines, number)
        return is_short and bool(below) and first_of(below).mark is Mark.TEXT

    # Questions

    def _is_next(self, line_number: int, piece: Piece) -> bool:
        """Whether a number begins the next question, and not a step of a solution or a decimal number."""
        number, is_doubtful = int(piece.name.rstrip("?")), piece.name.endswith("?")
        is_long = self.field in _LONG_FIELDS
        if self.last == 0:
            return number == 1 or (not is_doubtful and number <= LARGEST_FIRST)
        if is_doubtful:
            return number == self.last + 1 and self._is_whole()
        if number == self.last + 1 or (number == 1 and self.is_new_section):
            return True
        if number > self.last:
            return number - self.last <= MOST_LEFT_OUT and not is_long
        return has_choices_below(self.lines, line_number) if is_long else self._is_whole()

    def _is_whole(self) -> bool:
        """Whether the present question has what a question needs, so that another may begin."""
        return self.question is None or bool(self.question.choices or self.question.fields)

    def _is_part(self, piece: Piece) -> bool:
        """Whether a number in brackets begins a smaller question, or a question where all are in brackets."""
        number = int(piece.name)
        if not self.is_numbered or self.question is None:
            return self.question is None or number == self.last + 1 or self._is_whole()
        expected = len(self.question.parts) + 1
        if self.field in _LONG_FIELDS:
            said = self._present().said(self.field)
            return (
                self.part is not None
                and number == expected
                and bool(said)
                and not said.startswith(("(", "（"))
            )
        return number == expected

    def _begin(self, number: int, name: str = "") -> None:
        """Begin a question; one without a number is called by that which it would have."""
        if self.about and self.about.last and name.isdecimal() and int(name) > self.about.last:
            self.about = None
        draft = Draft(number, name or str(self.last + 1), self.kinds, self.section, about=self.about)
        self._close()
        self.question = draft
        self.outline.entries.append(draft)
        self.outline.beginnings.append(self.pending or number)
        self.pending, self.is_new_section = None, False
        if name.isdecimal():
            self.last = int(name)

    def _begin_part(self, number: int, name: str) -> None:
        if not self.is_numbered or self.question is None:
            self._begin(number, name)
            return
        self.part = Draft(number, f"{self.question.number}({name})", self.question.kinds)
        self.question.parts.append(self.part)
        self.field = None

    def _close(self) -> None:
        self.question = self.part = self.field = None
        self.is_in_about = False

    # What stands in them

    def _present(self) -> Draft:
        return self.part or self.question or Draft(0, "")

    def _take_choice(self, number: int, piece: Piece, line: str) -> None:
        if self.question is None:
            self._stray(number, line)
            return
        self.field = None
        self._present().choices.append((piece.name, [piece.text]))

    def _take_field(self, number: int, piece: Piece, line: str) -> None:
        name = Field(piece.name)
        if self.question is None and name is Field.STEM:
            self._begin(number)
        if self.question is None:
            self._stray(number, line)
            return
        if name is Field.ANSWER and not self._present().stem and not self._present().choices:
            # The answer in the brackets before the number: the words are still to come.
            self._present().fields[name] = [piece.text]
            return
        if name is Field.STEM:
            self.field = None
            self._present().stem.append(piece.text)
            return
        self.field = None if name in _ONE_LINE else name
        self._present().fields.setdefault(name, []).append(piece.text)

    def _take_text(self, number: int, text: str, line: str) -> None:
        is_passage = self.is_reading and (self.question is None or _LONE_LETTER.fullmatch(folded(line)))
        if not self.is_in_about and ((begins_stimulus(text) and self._may_begin_about(number)) or is_passage):
            self._begin_about(number, text)
        elif self.question is None and not self.is_in_about:
            is_alone = self.is_new_section and bool(self.kinds) and stands_alone(self.lines, number)
            if is_alone or begins_without_number(self.lines, number):
                self._begin(number)
                self._add(text)
            else:
                self._stray(number, line)
        else:
            if self._is_next_without_number(number):
                self._begin(number)
            self._add(text)

    def _may_begin_about(self, number: int) -> bool:
        """Whether a text may be announced here: above all questions, or after a question that is whole."""
        if self.question is None:
            return True
        return not self.lines[number - 2].strip() and (self._is_whole() or self._is_label_between(number))

    def _is_label_between(self, number: int) -> bool:
        """Whether a labelled text stands between two questions whose answers are at the end.

        A question that speaks of a text itself has it below, under the same label.
        """
        stem = "\n".join(self._present().stem)
        return (
            is_stimulus_label(self.lines[number - 1])
            and not names_reading(stem)
            and leads_to_question(self.lines, number, self.last + 1)
        )

    def _is_next_without_number(self, number: int) -> bool:
        """Whether, after an empty line and a whole question, one begins that has no number."""
        is_apart = number > 1 and not self.lines[number - 2].strip()
        question = self.question
        return (
            question is not None
            and is_apart
            and question.is_answered
            and begins_without_number(self.lines, number)
        )

    def _add(self, text: str) -> None:
        if self.is_in_about and self.about:
            self.about.lines.append(text)
        elif self.question is not None:
            present = self._present()
            if self.field is not None:
                present.fields[self.field].append(text)
            elif present.choices:
                present.choices[-1][1].append(text)
            else:
                present.stem.append(text)

    def _stray(self, number: int, line: str) -> None:
        before = self.outline.entries[-1] if self.outline.entries else None
        if isinstance(before, Stray) and before.place == number:
            return
        problem = NotUnderstood(line=number, text=line.strip()[:LONGEST_SHOWN])
        self.outline.entries.append(Stray(number, line.strip(), problem))
        self.outline.beginnings.append(self.pending or number)
        self.pending = None
