"""The report as rows of a table: the one shape that the page, the CSV and the API show."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from core.i18n import _, localized
from core.spreadsheets import neutral
from spaces.indicators.coverage import share
from spaces.indicators.listing import Listing
from spaces.indicators.queries import Report
from spaces.indicators.rows import Counted


def column_names() -> dict[str, str]:
    """What each count is called, in order."""
    return {
        "students": _("Students"),
        "students_opened": _("Student spaces opened"),
        "students_active": _("Student spaces active"),
        "students_deep": _("Student spaces in deep use"),
        "teachers": _("Teachers"),
        "teachers_opened": _("Teacher spaces opened"),
        "teachers_active": _("Teacher spaces active"),
        "teachers_deep": _("Teacher spaces in deep use"),
        "classes": _("Classes"),
        "classes_with_resources": _("Classes using resources"),
        "taught_lessons": _("Taught lessons"),
        "resources": _("Own resources"),
    }


def figure_name(counted: Counted) -> str:
    """What a figure is called."""
    return {**column_names(), Counted.SHARED_RESOURCES.value: _("Shared resources")}[counted.value]


def csv_of(report: Report) -> str:
    """The report as CSV with a byte order mark, so that office programs read Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = column_names()
    writer.writerow(
        [_("School or class"), *names.values(), _("First day"), _("Last day")],
    )
    days = (report.window.first.isoformat(), report.window.last.isoformat())
    for name, counts in [
        *((localized(part), part.counts) for part in report.parts),
        (_("Total of %(name)s", name=localized(report.organisation)), report.whole),
    ]:
        figures = asdict(counts)
        writer.writerow([neutral(name), *(figures[column] for column in names), *days])
    return "\ufeff" + out.getvalue()


def csv_of_rows(pages: Iterable[Listing]) -> Iterator[str]:
    """The rows behind a figure as CSV, page by page, so that a long list needs no memory."""
    for number, page in enumerate(pages):
        out = io.StringIO()
        writer = csv.writer(out)
        if number == 0:
            out.write("\ufeff")
            writer.writerow([column["label"] for column in page.columns])
        writer.writerows([neutral(row[column["key"]].text) for column in page.columns] for row in page.rows)
        yield out.getvalue()


def percent(part: int, whole: int) -> str:
    """The share in whole percents, or a dash of nothing."""
    found = share(part, whole)
    return "–" if found is None else f"{found:.0%}"
