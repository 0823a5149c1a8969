"""Refusals about packages."""

from core.errors import Conflict, TooLarge
from core.i18n import lazy


class DifferentResult(Conflict):
    """The client key stands for another result already."""

    message = lazy("This result was already recorded with other content. Please reload the page.")


class TooMuchToKeep(TooLarge):
    """The package wants to remember more than any does."""

    message = lazy("This package wants to keep more than %(limit)s KB. What was kept before stays.")
