"""Why a mark is not made."""

from core.errors import Invalid
from core.i18n import lazy


class TrayFull(Invalid):
    """A tray is for one lesson, not for a library."""

    message = lazy("Your tray holds %(most)s resources already. Make a collection of them, or take some out.")
