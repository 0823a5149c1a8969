"""The list of marks as a table, to be taken home as CSV and PDF."""

from collections.abc import Sequence

from core.i18n import _, localized
from core.pdf import Column
from core.tables import Cell, Table
from homework.assignments.models import AssignmentItem
from homework.marklists.pages import Shown
from homework.marklists.queries import MarkRow

MOST_QUESTIONS_ON_PAPER = 20
"""Columns of figures that stay legible on a page; with more, the paper has the sum alone, and says so."""
MOST_HEADS_IN_WORDS = 10
"""Of more questions the columns are too narrow for words above them."""
WAITS = "?"
"""In place of the points that nobody has given yet."""


def table_of_marks(shown: Shown) -> Table:
    """A line for each pupil, a column for each question."""
    return _table(shown, [(one, " ".join(_head_of(one))) for one in shown.marks.questions])


def table_for_paper(shown: Shown) -> Table:
    """The same, as far as there is room for the questions."""
    questions = shown.marks.questions
    if len(questions) <= MOST_HEADS_IN_WORDS:
        return _table(shown, [(one, "\n".join(_head_of(one))) for one in questions])
    if len(questions) <= MOST_QUESTIONS_ON_PAPER:
        headed = [(one, f"{one.position}\n({0 if one.is_dropped else one.points:g})") for one in questions]
        return _table(shown, headed, _("Above each column: the number of the question (its points)."))
    said = _("There is no room for %(number)s questions here. The CSV file has them.", number=len(questions))
    return _table(shown, [], said)


def _table(shown: Shown, headed: Sequence[tuple[AssignmentItem, str]], *more_notes: str) -> Table:
    """*headed* are the questions with the heads of their columns."""
    questions = [one for one, _head in headed]
    columns = [Column(_("Seat"), 0.5, is_number=True), Column(_("Name"), 1.4)]
    if shown.told_classes:
        columns.append(Column(_("Class"), 1.3))
    columns += [
        Column(_("Handed in"), 0.7),
        *(Column(head, 0.6, is_number=True) for _question, head in headed),
        Column(_("Sum"), 0.7, is_number=True),
        Column(_("Feedback on the whole"), 2.2),
    ]
    notes = [localized(shown.assignment.subject)]
    if shown.school_class is not None:
        notes.append(localized(shown.school_class))
    if shown.names.is_blind:
        notes.append(_("Names are hidden until the work is returned."))
    if questions:
        notes.append(_("“?” waits for a mark; where nothing stands, nothing was answered."))
    return Table(
        _("List of marks"),
        _("Marks: %(title)s", title=shown.assignment.title),
        columns,
        [_line(shown, one, questions) for one in shown.marks.rows],
        [*notes, *more_notes],
    )


def _head_of(question: AssignmentItem) -> tuple[str, str]:
    """Its number, and what it is worth, as on the page."""
    number = _("Question %(number)s", number=question.position)
    if question.is_dropped:
        return number, _("Counts no more")
    return number, _("of %(most)s", most=f"{question.points:g}")


def _line(shown: Shown, row: MarkRow, questions: Sequence[AssignmentItem]) -> list[Cell]:
    who: list[Cell] = [row.seat_number, row.name]
    if shown.told_classes:
        who.append(shown.place_of(row))
    points = (_cell(row, one) for one in questions)
    return [*who, _handed_in(row), *points, row.total, row.feedback]


def _handed_in(row: MarkRow) -> str:
    if row.submission is None:
        return _("Excused") if row.is_excused else _("Not handed in")
    return _("Late") if row.submission.is_late else _("yes")


def _cell(row: MarkRow, question: AssignmentItem) -> Cell:
    if question.id not in row.points:
        return None
    points = row.points[question.id]
    return WAITS if points is None else points
