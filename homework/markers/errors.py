"""Why markers and names stay as they are."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class NotAMarker(Invalid):
    """Somebody who does not teach the subject in any class that has the work."""

    message = lazy("Choose among the teachers who teach this subject in a class that has the work.")


class NobodyMarks(Invalid):
    """A division among nobody."""

    message = lazy("Choose at least two teachers to divide the marking among.")


class ReasonForNameMissing(Invalid):
    """A name is shown for a reason only."""

    message = lazy("Say why you need the name. The reason is written down.")


class DivisionChangedMeanwhile(Conflict):
    """Somebody else changed who marks."""

    message = lazy("Who marks was changed in the meantime. Look at it and change it again.")
