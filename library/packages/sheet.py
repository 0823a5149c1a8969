"""The report of an import as a table that office programs read."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core.i18n import _
from core.spreadsheets import neutral
from library.packages.words import OUTCOME_NAMES, PART_NAMES, sentence


def csv_of(
    lines: Iterable[Any], kind_names: Mapping[Any, Any] = PART_NAMES, say: Callable[..., str] = sentence
) -> str:
    """All lines of a report as CSV, with a byte order mark, so that office programs read Chinese.

    *kind_names* and *say* are the words of the room whose report it is.
    """
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
                str(kind_names[line.kind]),
                str(OUTCOME_NAMES[line.outcome]),
                neutral(say(line.note, line.detail)),
                line.resource_id or "",
            ]
        )
    return out.getvalue()
