"""Why a group cannot be chosen."""

from core.errors import Conflict, NotAllowed
from core.i18n import lazy


class TeamsAreSet(NotAllowed):
    """Pupils choose no groups here: the teacher says who works with whom, or everybody works alone."""

    message = lazy("Your teacher says who works with whom here.")


class NoTeamThere(Conflict):
    """The group that was chosen is gone, or of another class."""

    message = lazy("This group is not there any more. Choose another one.")
