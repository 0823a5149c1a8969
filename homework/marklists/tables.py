"""The list of marks as a table, to be taken home as CSV and PDF."""

from collections.abc import Mapping, Sequence

from core.i18n import _, localized
from core.pdf import Column
from core.tables import Cell, Table
from homework.assignments.models import AssignmentItem
from homework.marklists.pages import Shown
from homework.marklists.queries import MarkRow

MOST_QUESTIONS_ON_PAPER = 20
"""Columns of figures that stay legible on a page; with more, the paper has the sum alone, and says so."""
WAITS = "?"
"""In place of the points that nobody has given yet."""


def table_of_marks(shown: Shown) -> Table:
    """A line for each pupil, a column for each question."""
    return _table(shown, shown.marks.questions)


def table_for_paper(shown: Shown) -> Table:
    """The same, as far as there is room for the questions."""
    questions = shown.marks.questions
    if len(questions) <= MOST_QUESTIONS_ON_PAPER:
        return _table(shown, questions)
    said = _("There is no room for %(number)s questions here. The CSV file has them.", number=len(questions))
    return _table(shown, [], said)


def _table(shown: Shown, questions: Sequence[AssignmentItem], *more_notes: str) -> Table:
    classes = {key: localized(one) for key, one in shown.told_classes.items()}
    columns = [Column(_("Seat"), 0.5, is_number=True), Column(_("Name"), 1.4)]
    if classes:
        columns.append(Column(_("Class"), 1.3))
    columns += [
        Column(_("Handed in"), 0.7),
        *(Column(_head_of(one), 0.5, is_number=True) for one in questions),
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
        [_line(one, questions, classes) for one in shown.marks.rows],
        [*notes, *more_notes],
    )


def _head_of(question: AssignmentItem) -> str:
    if question.is_dropped:
        return _("Question %(number)s (counts no more)", number=question.position)
    return _("Question %(number)s (%(most)s points)", number=question.position, most=f"{question.points:g}")


def _line(row: MarkRow, questions: Sequence[AssignmentItem], classes: Mapping[int, str]) -> list[Cell]:
    who: list[Cell] = [row.seat_number, row.name]
    if classes:
        who.append(classes[row.class_id])
    points = (_cell(row, one) for one in questions)
    return [*who, _handed_in(row), *points, row.total, row.feedback]


def _handed_in(row: MarkRow) -> str:
    if row.submission is None:
        return _("Not handed in")
    return _("Late") if row.submission.is_late else _("yes")


def _cell(row: MarkRow, question: AssignmentItem) -> Cell:
    if question.id not in row.points:
        return None
    points = row.points[question.id]
    return WAITS if points is None else points
