"""Why a question set is not changed."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class SetChanged(Conflict):
    """A colleague changed the set meanwhile."""

    message = lazy("Someone changed this set in the meantime. This is how it stands now; please try again.")


class NoSubject(Invalid):
    """A set of no subject, whose questions would have none."""

    message = lazy("Say first of which subject this set is; then questions can be added.")


class OtherQuestions(Conflict):
    """An order that names other questions than the set asks."""

    message = lazy("These are not the questions of this set any more. Please look at it anew.")


class TooManyQuestions(Invalid):
    """More than a set holds."""

    message = lazy("A set has at most %(most)s questions. Begin another one.")


class NothingToUndo(Conflict):
    """The set was changed since."""

    message = lazy("The set was changed again since, so this cannot be undone any more.")
