"""The report of a channel as a table that office programs read."""

from collections.abc import Iterable
from typing import Any

from library.channels.words import KIND_NAMES, sentence
from library.packages import sheet


def csv_of(lines: Iterable[Any]) -> str:
    """All lines of a report as CSV; see ``library.packages.sheet``."""
    return sheet.csv_of(lines, KIND_NAMES, sentence)
