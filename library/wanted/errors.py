"""Why something is not counted."""

from core.errors import Invalid
from core.i18n import lazy


class NotASearch(Invalid):
    """What was sent is not a search."""

    message = lazy("This is not a search.")
