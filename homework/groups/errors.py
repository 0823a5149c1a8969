"""Why a group stays as it is."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class NameNeeded(Invalid):
    """A group without a name."""

    message = lazy("Give the group a name.")


class NobodyChosen(Invalid):
    """A group without a pupil of its class."""

    message = lazy("Choose at least one pupil of the class.")


class NotAClassOfYours(NotAllowed):
    """A class in which the teacher does not teach now."""

    message = lazy("You can make groups only in classes that you teach.")


class GroupChangedMeanwhile(Conflict):
    """Another tab changed the group first."""

    message = lazy("This group was changed elsewhere in the meantime. Look at it, then change it again.")
