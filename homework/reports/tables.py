"""Reports as tables, to be taken home as CSV and PDF; and their figures as everybody writes them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from accounts.classes.models import SchoolClass
from accounts.people.models import Person
from core.i18n import _, localized
from core.pdf import Column
from core.tables import Cell, Table
from homework.corrections.stages import words_of
from homework.reports.classes import ClassRow
from homework.reports.figures import FEWEST, WEAK_BELOW
from homework.reports.pupils import PupilRow
from homework.reports.work import WorkReport

DECIMALS = 2


def figure(value: float | None) -> float | None:
    """*value* as every rendering gives it: to hundredths."""
    return None if value is None else round(value, DECIMALS)


def table_of_work(report: WorkReport) -> Table:
    """A line for each question."""
    columns = [
        Column(_("Question number"), 0.7, is_number=True),
        Column(_("What is asked"), 4),
        Column(_("Points"), 0.7, is_number=True),
        Column(_("Counts"), 0.6),
        Column(_("Pupils"), 0.7, is_number=True),
        Column(_("Pupils who answered"), 0.8, is_number=True),
        Column(_("All points"), 0.7, is_number=True),
        Column(_("Difficulty"), 0.8, is_number=True),
        Column(_("Discrimination"), 0.8, is_number=True),
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
    columns = [
        Column(_("Work"), 3),
        Column(_("Subject")),
        Column(_("Due"), 1.3),
        Column(_("Returned"), 1.3),
        Column(_("Points"), 0.7, is_number=True),
        Column(_("Most points"), 0.7, is_number=True),
        Column(_("Share of points"), 0.8, is_number=True),
        Column(_("To correct"), 0.8, is_number=True),
        Column(_("With the teacher"), 0.8, is_number=True),
        Column(_("Corrections accepted"), 0.8, is_number=True),
    ]
    lines: Iterator[list[Cell]] = (
        [
            one.task.assignment.title,
            localized(one.task.assignment.subject),
            one.task.times.due_at,
            one.task.submission.returned_at if one.task.submission else None,
            one.task.points,
            one.task.most_points,
            _share(one.share),
            one.corrections.open,
            one.corrections.waiting,
            one.corrections.accepted,
        ]
        for one in rows
    )
    return Table(_("Report on a pupil's homework"), student.name, columns, lines)


def table_of_class(school_class: SchoolClass, rows: Iterable[ClassRow]) -> Table:
    """A line for each piece of work."""
    columns = [
        Column(_("Work"), 3),
        Column(_("Subject")),
        Column(_("Due"), 1.3),
        Column(_("Pupils"), 0.8, is_number=True),
        Column(_("Handed in"), 0.8, is_number=True),
        Column(_("Late"), 0.8, is_number=True),
        Column(_("To mark"), 0.8, is_number=True),
        Column(_("Returned"), 0.8, is_number=True),
        Column(_("Share of points"), 0.8, is_number=True),
    ]
    lines: Iterator[list[Cell]] = (
        [
            one.assignment.title,
            localized(one.assignment.subject),
            one.assignment.due_at,
            one.progress.pupils,
            one.progress.handed_in,
            one.progress.late,
            one.progress.unmarked,
            one.progress.returned,
            _share(one.share),
        ]
        for one in rows
    )
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
