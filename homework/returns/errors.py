"""Why a return is not taken back."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class UnknownReturn(Invalid):
    """The form does not say which return."""

    message = lazy("Reload the page, then choose again what you take back.")


class NotReturnedNow(Conflict):
    """Nothing of it is returned any more, or it is returned anew."""

    message = lazy(
        "This work was taken back or returned anew in the meantime, so nothing was changed. "
        "You see now how it is."
    )
