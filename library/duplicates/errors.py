"""Why a pair is not judged."""

from core.errors import Conflict
from core.i18n import lazy


class JudgedAlready(Conflict):
    """A colleague was quicker."""

    message = lazy("Somebody has judged this pair already.")
