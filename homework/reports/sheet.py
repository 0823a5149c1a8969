"""Reports as rows of a spreadsheet, and their figures as everybody writes them."""

import csv
import io
from collections.abc import Iterable, Sequence

from core.i18n import _, localized
from core.spreadsheets import neutral
from homework.corrections.stages import words_of
from homework.reports.queries import ClassReport, PupilRow, WorkReport

DECIMALS = 2


def figure(value: float | None) -> float | None:
    """*value* as every rendering gives it: to hundredths."""
    return None if value is None else round(value, DECIMALS)


def csv_of_work(report: WorkReport) -> str:
    """A line for each question."""
    head = [
        _("Question number"), _("What is asked"), _("Points"), _("Counts"), _("Pupils"),
        _("Pupils who answered"), _("All points"), _("Difficulty"), _("Discrimination"),
        _("Commonest wrong answers"),
    ]  # fmt: skip
    rows = [
        [
            row.question.position,
            neutral(row.question.item_version.prompt),
            row.question.points,
            _("no") if row.question.is_dropped else _("yes"),
            row.pupils,
            row.answered,
            row.right,
            _cell(row.difficulty),
            _cell(row.discrimination),
            neutral(
                " | ".join(f"{words_of(one.asked, one.response)} ({one.pupils})" for one in row.commonest)
            ),
        ]
        for row in report.rows
    ]
    return _written(head, rows)


def csv_of_pupil(rows: Iterable[PupilRow]) -> str:
    """A line for each returned piece of work."""
    head = [
        _("Work"), _("Subject"), _("Due"), _("Returned"), _("Points"), _("Most points"), _("Share of points"),
        _("To correct"), _("With the teacher"), _("Corrections accepted"),
    ]  # fmt: skip
    return _written(
        head,
        [
            [
                neutral(one.task.assignment.title),
                neutral(localized(one.task.assignment.subject)),
                one.task.times.due_at.isoformat(),
                one.task.submission.returned_at.isoformat()
                if one.task.submission and one.task.submission.returned_at
                else "",
                one.task.points,
                one.task.most_points,
                _cell(one.share),
                one.corrections.open,
                one.corrections.waiting,
                one.corrections.accepted,
            ]
            for one in rows
        ],
    )


def csv_of_class(report: ClassReport) -> str:
    """A line for each piece of work."""
    head = [
        _("Work"), _("Subject"), _("Due"), _("Pupils"), _("Handed in"), _("Late"), _("To mark"),
        _("Returned"), _("Share of points"),
    ]  # fmt: skip
    return _written(
        head,
        [
            [
                neutral(one.assignment.title),
                neutral(localized(one.assignment.subject)),
                one.assignment.due_at.isoformat(),
                one.progress.pupils,
                one.progress.handed_in,
                one.progress.late,
                one.progress.unmarked,
                one.progress.returned,
                _cell(one.share),
            ]
            for one in report.rows
        ],
    )


def _cell(value: float | None) -> str:
    rounded = figure(value)
    return "" if rounded is None else f"{rounded:.2f}"


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """With a byte order mark, so that office programs read Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()
