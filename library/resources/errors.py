"""Why a resource is not changed."""

from core.errors import Conflict
from core.i18n import lazy


class ChangedMeanwhile(Conflict):
    """A colleague saved another version while this one was being edited."""

    message = lazy(
        "Someone changed this resource while you were editing. What you typed is still here; "
        "look at the present version before you save again."
    )
