"""The report of a channel as a table that office programs read."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from core.i18n import _
from library.channels.words import KIND_NAMES, sentence
from library.packages.sheet import neutral
from library.packages.words import OUTCOME_NAMES


def csv_of(lines: Iterable[Any]) -> str:
    """All lines of a report as CSV, with a byte order mark, so that office programs read Chinese."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(
        [_("Place in the list"), _("Part"), _("Kind"), _("Outcome"), _("What happened"), _("Resource")]
    )
    for line in lines:
        writer.writerow(
            [
                line.key,
                neutral(line.title),
                str(KIND_NAMES[line.kind]),
                str(OUTCOME_NAMES[line.outcome]),
                neutral(sentence(line.note, line.detail)),
                line.resource_id or "",
            ]
        )
    return out.getvalue()
