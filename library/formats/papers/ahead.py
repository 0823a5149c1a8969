"""What stands below a line of a paper: it tells what the line itself begins."""

import re
from collections.abc import Iterator, Sequence

from library.formats.papers.lines import Mark, Piece, folded, is_answer_heading, pieces
from library.formats.papers.stems import blank_places

MOST_AHEAD = 40
"""So many lines are looked at to know what a line begins."""
_ANSWER_LINE = re.compile(
    r"\s*(?:\d{1,3}\s*[-~—–至到]+\s*\d{1,3}\s*[题.:、]*\s*[A-H√×]"
    r"|题号(?!\s*:)"
    r"|\d{1,3}\s*[.、:)]\s*[A-H√×]\s+\d{1,3}\s*[.、:)])"
)
_ENDS = frozenset({Mark.EMPTY, Mark.QUESTION, Mark.SECTION, Mark.PART})


def line_below(lines: Sequence[str], number: int) -> str:
    """The next line that is not empty below line *number*, counted from 1."""
    return next((one for one in lines[number:] if one.strip()), "")


def first_of(line: str) -> Piece:
    """What a line announces first."""
    return next(iter(pieces(line)))


def has_choices_below(lines: Sequence[str], number: int) -> bool:
    """Whether choices follow before the next question."""
    for one in _below(lines, number):
        if one[0].mark is Mark.CHOICE:
            return True
        if one[0].mark in {Mark.QUESTION, Mark.SECTION}:
            return False
    return False


def begins_without_number(lines: Sequence[str], number: int) -> bool:
    """Whether choices or an answer follow before an empty line or a number: line *number* is a question."""
    for place, one in enumerate(_below(lines, number - 1), start=number - 1):
        if one[0].mark in _ENDS:
            return False
        if any(piece.mark in {Mark.CHOICE, Mark.FIELD} for piece in one):
            return not is_answer_heading(lines[place])
    return False


def stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether no question has a number before the next heading: the words themselves are the question."""
    for one in _below(lines, number - 1):
        if one[0].mark is Mark.SECTION:
            return True
        if one[0].mark in {Mark.QUESTION, Mark.PART}:
            return False
    return True


def leads_to_question(lines: Sequence[str], number: int, name: int) -> bool:
    """Whether, below line *number*, nothing is asked or answered before the question called *name*."""
    for line in lines[number:]:
        piece = first_of(line)
        if piece.mark is Mark.QUESTION:
            return piece.name.rstrip("?") == str(name)
        if piece.mark not in {Mark.TEXT, Mark.EMPTY}:
            return False
    return False


def begins_answers(lines: Sequence[str], number: int, last: int) -> bool:
    """Whether a list of answers begins in line *number*; *last* is the number of the last question."""
    line = lines[number - 1]
    if _ANSWER_LINE.match(folded(line)):
        return True
    if not is_answer_heading(line):
        return False
    below = line_below(lines, number)
    first = first_of(below)
    is_list = first.mark is Mark.QUESTION and int(first.name.rstrip("?")) <= last
    return is_list or first.mark is Mark.SECTION or bool(_ANSWER_LINE.match(folded(below)))


def goes_on_after_answers(lines: Sequence[str], number: int, last: int) -> bool:
    """Whether, below a list of answers, a further question begins: with a blank, or with choices."""
    first = first_of(lines[number - 1])
    if first.mark is not Mark.QUESTION or first.name != str(last + 1):
        return False
    if blank_places(lines[number - 1]):
        return True
    for one in _below(lines, number):
        if one[0].mark in _ENDS:
            return False
        if any(piece.mark is Mark.CHOICE for piece in one):
            return True
    return False


def _below(lines: Sequence[str], number: int) -> Iterator[list[Piece]]:
    """The pieces of the lines below line *number*, as far as is looked."""
    return (list(pieces(one)) for one in lines[number : number + MOST_AHEAD])
