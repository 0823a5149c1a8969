"""Reports as tables, to be taken home as CSV and PDF; and their figures as everybody writes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from accounts.classes.models import SchoolClass
from accounts.people.models import Person
from core.i18n import _, localized
from core.pdf import Column
from core.tables import Cell, Table
from homework.assignments.models import Assignment
from homework.corrections.stages import words_of
from homework.reports.classes import ClassRow
from homework.reports.figures import FEWEST, WEAK_BELOW
from homework.reports.pupils import PupilRow
from homework.reports.work import WorkReport

DECIMALS = 2


class OfWork(Protocol):
    """A row that is about a piece of work."""

    @property
    def assignment(self) -> Assignment:
        """The work."""


Row = TypeVar("Row", bound=OfWork)
Figure = tuple[Column, Callable[[Row], Cell]]
"""A column of figures, and what stands in it for a row."""


def figure(value: float | None) -> float | None:
    """*value* as every rendering gives it: to hundredths."""
    return None if value is None else round(value, DECIMALS)


def table_of_work(report: WorkReport) -> Table:
    """A line for each question."""
    columns = [
        _number(_("Question number"), 0.7),
        Column(_("What is asked"), 4),
        _number(_("Points"), 0.7),
        Column(_("Counts"), 0.6),
        _number(_("Pupils"), 0.7),
        _number(_("Pupils who answered")),
        _number(_("All points"), 0.7),
        _number(_("Difficulty")),
        _number(_("Discrimination")),
        Column(_("Commonest wrong answers"), 3),
    ]
    rows: list[list[Cell]] = [
        [
            row.question.position,
            row.question.item_version.prompt,
            row.question.points,
            _("no") if row.question.is_dropped else _("yes"),
            row.pupils,
            row.answered,
            row.right,
            _share(row.difficulty),
            _share(row.discrimination),
            " | ".join(f"{words_of(one.asked, one.response)} ({one.pupils})" for one in row.commonest),
        ]
        for row in report.rows
    ]
    assignment = report.assignment
    notes = (localized(assignment.subject), *definitions())
    return Table(_("Report on homework"), assignment.title, columns, rows, notes)


def definitions() -> tuple[str, ...]:
    """How the figures of a question are calculated, with the source, for the page and on paper."""
    return (
        _("Difficulty is the mean share of points, from 0 to 1: 1 means that all got everything."),
        _(
            "Discrimination is the correlation, from −1 to 1, between the points for the question and those "
            "for the rest of the work (corrected item–total correlation, Lord and Novick 1968, §15.2)."
        ),
        _(
            "It is told from %(fewest)s pupils on. Below %(weak)s a question hardly tells who knows the "
            "matter (Ebel and Frisbie 1991, p. 232).",
            fewest=FEWEST,
            weak=WEAK_BELOW,
        ),
    )


def table_of_pupil(student: Person, rows: Iterable[PupilRow]) -> Table:
    """A line for each returned piece of work."""
    figures: list[Figure[PupilRow]] = [
        (Column(_("Returned"), 1.3), lambda one: one.returned_at),
        (_number(_("Points"), 0.7), lambda one: one.task.points),
        (_number(_("Most points"), 0.7), lambda one: one.task.most_points),
        (_number(_("Share of points")), lambda one: _share(one.share)),
        (_number(_("To correct")), lambda one: one.corrections.open),
        (_number(_("With the teacher")), lambda one: one.corrections.waiting),
        (_number(_("Corrections accepted")), lambda one: one.corrections.accepted),
    ]
    columns, lines = _over_time(rows, figures)
    return Table(_("Report on a pupil's homework"), student.name, columns, lines)


def table_of_class(school_class: SchoolClass, rows: Iterable[ClassRow]) -> Table:
    """A line for each piece of work."""
    figures: list[Figure[ClassRow]] = [
        (_number(_("Pupils")), lambda one: one.progress.pupils),
        (_number(_("Handed in")), lambda one: one.progress.handed_in),
        (_number(_("Late")), lambda one: one.progress.late),
        (_number(_("To mark")), lambda one: one.progress.unmarked),
        (_number(_("Returned")), lambda one: one.progress.returned),
        (_number(_("Share of points")), lambda one: _share(one.share)),
    ]
    columns, lines = _over_time(rows, figures)
    notes = (localized(school_class.school), meaning_of_share())
    return Table(_("Report on a class's homework"), localized(school_class), columns, lines, notes)


def meaning_of_share() -> str:
    """What a class's share of points is, for the page and on paper."""
    return _(
        "Share of points: the mean over the pupils whose work is returned, of all points that they could get."
    )


def _share(value: float | None) -> Decimal | None:
    rounded = figure(value)
    return None if rounded is None else Decimal(f"{rounded:.2f}")


def _number(head: str, width: float = 0.8) -> Column:
    return Column(head, width, is_number=True)


def _over_time(
    rows: Iterable[Row], figures: Sequence[Figure[Row]]
) -> tuple[list[Column], Iterator[list[Cell]]]:
    """Columns and lines of work: what it is and until when, then the *figures* of each row."""
    columns = [Column(_("Work"), 3), Column(_("Subject")), Column(_("Due"), 1.3)]
    columns += [column for column, _figure_of in figures]
    return columns, (_line(row, figures) for row in rows)


def _line(row: Row, figures: Sequence[Figure[Row]]) -> list[Cell]:
    work = row.assignment
    said = [figure_of(row) for _column, figure_of in figures]
    return [work.title, localized(work.subject), work.due_at, *said]
