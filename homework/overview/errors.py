"""Why an assignment stays as it is."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class AlreadyHandedIn(Conflict):
    """A pupil has handed in; the assignment cannot disappear under her work."""

    message = lazy("Pupils have already handed in, so this work cannot be withdrawn any more.")


class AlreadyDue(Invalid):
    """A withdrawn assignment whose time is over is not given again."""

    message = lazy("The due time is over. Assign the work anew with a later time.")
