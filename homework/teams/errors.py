"""Why a group stays as it is."""

from core.errors import Conflict
from core.i18n import lazy


class TeamFull(Conflict):
    """As many pupils are in the group as the work allows."""

    message = lazy("This group is full: at most %(size)s pupils work together here.")


class InTeamAlready(Conflict):
    """The pupil is in a group of this work."""

    message = lazy("You are in a group already. Leave it first.")


class TeamHasHandedIn(Conflict):
    """The group has handed in, so that only the teacher changes who is in it."""

    message = lazy("This group has handed in already. Ask your teacher if somebody should change groups.")
