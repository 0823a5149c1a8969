"""Reports as rows, from which the CSV and the PDF are written; and their figures as everybody writes them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import format_datetime

from accounts.people.models import Person
from core.i18n import _, localized
from core.pdf import Column, table_as_pdf
from core.spreadsheets import neutral
from homework.corrections.stages import words_of
from homework.reports.classes import ClassReport
from homework.reports.figures import FEWEST, WEAK_BELOW
from homework.reports.pupils import PupilRow
from homework.reports.work import WorkReport

DECIMALS = 2

Cell = str | int | float | Decimal | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report in rows."""

    title: str
    """What a file of it is called: nobody's name."""
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def figure(value: float | None) -> float | None:
    """*value* as every rendering gives it: to hundredths."""
    return None if value is None else round(value, DECIMALS)


def sheet_of_work(report: WorkReport) -> Sheet:
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
    return Sheet(_("Report on homework"), assignment.title, columns, rows, notes)


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


def sheet_of_pupil(student: Person, rows: Iterable[PupilRow]) -> Sheet:
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
    lines: list[list[Cell]] = [
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
    ]
    return Sheet(_("Report on a pupil's homework"), student.name, columns, lines)


def sheet_of_class(report: ClassReport) -> Sheet:
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
    rows: list[list[Cell]] = [
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
        for one in report.rows
    ]
    school_class = report.school_class
    heading = localized(school_class)
    notes = (localized(school_class.school), meaning_of_share())
    return Sheet(_("Report on a class's homework"), heading, columns, rows, notes)


def meaning_of_share() -> str:
    """What a class's share of points is, for the page and on paper."""
    return _(
        "Share of points: the mean over the pupils whose work is returned, of all points that they could get."
    )


def as_csv(sheet: Sheet) -> str:
    """With a byte order mark, so that office programs read Chinese; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(one.head for one in sheet.columns)
    writer.writerows([_for_programs(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def as_pdf(sheet: Sheet) -> bytes:
    """The same rows on paper, with moments as people write them."""
    rows = [[_for_people(cell) for cell in row] for row in sheet.rows]
    return table_as_pdf(sheet.title, sheet.heading, sheet.notes, sheet.columns, rows)


def _share(value: float | None) -> Decimal | None:
    rounded = figure(value)
    return None if rounded is None else Decimal(f"{rounded:.2f}")


def _for_programs(cell: Cell) -> object:
    match cell:
        case str():
            return neutral(cell)
        case datetime():
            return cell.isoformat()
        case _:
            return cell


def _for_people(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return str(format_datetime(cell, "short"))
        case float():
            return f"{cell:g}"
        case _:
            return str(cell)
