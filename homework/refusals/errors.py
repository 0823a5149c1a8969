"""Why a text is not let count."""

from core.errors import Invalid
from core.i18n import lazy


class NotRefused(Invalid):
    """Nobody wrote it, or the key takes it."""

    message = lazy("Nobody's answer says this any more. Load the page again.")
