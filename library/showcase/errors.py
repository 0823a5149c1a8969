"""Why a public page is not shown."""

from core.errors import NotFound
from core.i18n import lazy


class DoorClosed(NotFound):
    """This city shows its library to those who sign in only."""

    message = lazy("There is no public library here.")
