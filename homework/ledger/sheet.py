"""The ledger as rows of a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from core.i18n import _, localized
from core.spreadsheets import neutral
from homework.ledger.week import ClassWeek


def csv_of(weeks: Iterable[ClassWeek]) -> str:
    """A line for each piece of homework, with a byte order mark, so that office programs read Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            _("Class"),
            _("Grade"),
            _("School day"),
            _("Subject"),
            _("Title"),
            _("Minutes"),
            _("Written"),
            _("Median of what pupils took, minutes"),
            _("Pupils who told it"),
            _("Minutes of the day"),
            _("Allowed minutes"),
        ]
    )
    for week in weeks:
        for line in week.lines:
            writer.writerow(
                [
                    neutral(localized(week.school_class)),
                    week.school_class.grade,
                    line.day.isoformat(),
                    neutral(localized(line.subject)),
                    neutral(line.title),
                    f"{line.minutes:g}",
                    _("yes") if line.is_written else _("no"),
                    "" if line.actual_minutes is None else f"{line.actual_minutes:g}",
                    line.actual_pupils or "",
                    f"{week.minutes(line.day):g}",
                    "" if week.cap is None else week.cap,
                ]
            )
    return "\ufeff" + out.getvalue()
