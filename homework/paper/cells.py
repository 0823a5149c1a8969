"""What stands in a cell of the grid, and what it says of an answer: pure.

| question | cell |
| --- | --- |
| one choice, several | the letters that the pupil marked |
| true or false | T or F, √ or × |
| anything else | the points that the teacher gives, or R (√) for all and W (×) for none |
| blanks, numbers | also ``=`` and the answer itself, blanks parted by ``;``, for the key to judge |

An empty cell is a question that was left out. Full-width letters and figures are the same as others.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import DomainError
from homework.paper.errors import AnswerUnreadable, NotAChoice, NotPoints, NotSomeChoices, NotTrueOrFalse
from homework.submissions.questions import Question
from library.items.errors import BadResponse
from library.items.kinds.kind import Judgement
from library.items.kinds.table import kind_of
from library.items.marking import mark
from library.items.models import ItemKind

LONGEST_CELL = 500
YES, NO = frozenset("√✓✔对"), frozenset("×✗✘错X")
RIGHT, WRONG = YES | {"R"}, NO | {"W"}
TRUE, FALSE = YES | {"T"}, NO | {"F"}
SEPARATORS = str.maketrans("", "", " ,、;")
ANSWER = "="
_NUMBER = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says: either what the pupil answered, or how many points the teacher gives for it."""

    response: Mapping[str, Any] | None = None
    points: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the question was left out."""
        return self.response is None and self.points is None

    def judged(self, question: Question) -> Judgement:
        """How many points it brings, as a share: by the key, or as the teacher says."""
        if self.points is not None:
            share = self.points / question.points
            return Judgement(share, share == 1)
        return mark(question.asked, self.response or {})


def read_cell(question: Question, typed: str) -> Entry:
    """What *typed* says of the answer to *question*.

    Raises:
        NotAChoice, NotSomeChoices, NotTrueOrFalse, NotPoints, AnswerUnreadable: it says nothing that fits.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return Entry()
    return _READERS.get(question.asked.kind, _points)(question, text)


def all_right(question: Question) -> str:
    """What the key for "all right" puts into a cell."""
    match question.asked.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return "".join(question.asked.correct.get("choices") or ())
        case ItemKind.TRUE_FALSE:
            return "T" if question.asked.correct.get("choices") == ["true"] else "F"
        case _:
            return "√"


def letters_of(question: Question) -> list[str]:
    """The letters that a pupil marks on the sheet; none for what is not chosen from."""
    match question.asked.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return [str(one["id"]) for one in question.asked.interaction["choices"]]
        case ItemKind.TRUE_FALSE:
            return ["T", "F"]
        case _:
            return []


def cells_of(typed: Mapping[str, str], questions: list[Question]) -> dict[str, str]:
    """What of *typed* belongs to the questions, cut to what a cell holds."""
    return {
        key: text
        for one in questions
        if (text := typed.get(key := str(one.id), "").replace("\x00", "").strip()[:LONGEST_CELL])
    }


def read_row(
    questions: list[Question], cells: Mapping[str, str]
) -> tuple[dict[int, Entry], dict[int, DomainError]]:
    """A line of the grid: what each cell says, and what is wrong with those that say nothing."""
    entries, wrong = {}, {}
    for question in questions:
        try:
            entry = read_cell(question, cells.get(str(question.id), ""))
        except DomainError as refusal:
            wrong[question.id] = refusal
        else:
            if not entry.is_empty:
                entries[question.id] = entry
    return entries, wrong


def _one_choice(question: Question, text: str) -> Entry:
    known = {one.upper(): one for one in letters_of(question)}
    chosen = known.get(text.upper())
    if chosen is None:
        raise NotAChoice(letters="".join(known.values()))
    return Entry({"choices": [chosen]})


def _several_choices(question: Question, text: str) -> Entry:
    known = {one.upper(): one for one in letters_of(question)}
    said = set(text.upper().translate(SEPARATORS))
    if not said or said - known.keys():
        raise NotSomeChoices(letters="".join(known.values()))
    return Entry({"choices": [known[one] for one in known if one in said]})


def _true_or_false(question: Question, text: str) -> Entry:
    del question
    if text.upper() in TRUE:
        return Entry({"choices": ["true"]})
    if text.upper() in FALSE:
        return Entry({"choices": ["false"]})
    raise NotTrueOrFalse


def _answer_or_points(question: Question, text: str) -> Entry:
    if not text.startswith(ANSWER):
        return _points(question, text)
    said = text.removeprefix(ANSWER).strip()
    kind = kind_of(question.asked)
    try:
        value = kind.read(question.asked, [one.strip() for one in said.split(";")] if kind.is_many else said)
        return Entry({kind.field: value})
    except BadResponse as refusal:
        raise AnswerUnreadable(reason=str(refusal)) from refusal


def _points(question: Question, text: str) -> Entry:
    if text.upper() in RIGHT:
        return Entry(points=question.points)
    if text.upper() in WRONG:
        return Entry(points=0.0)
    points = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else -1.0
    if not 0 <= points <= question.points:
        raise NotPoints(most=f"{question.points:g}")
    return Entry(points=points)


_READERS: Mapping[ItemKind, Callable[[Question, str], Entry]] = {
    ItemKind.CHOICE: _one_choice,
    ItemKind.MULTIPLE_CHOICE: _several_choices,
    ItemKind.TRUE_FALSE: _true_or_false,
    ItemKind.TEXT_ENTRY: _answer_or_points,
    ItemKind.NUMERIC: _answer_or_points,
}
