"""Why a text is not kept."""

from core.errors import Conflict
from core.i18n import lazy


class TextChanged(Conflict):
    """A colleague saved other words while these were being edited."""

    message = lazy(
        "A colleague saved this text while you were editing. What you typed is still here; "
        "the present version stands below."
    )
