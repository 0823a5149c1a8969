"""Why an annotation is not taken."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class BadShape(Invalid):
    """What was drawn is no shape that the page knows."""

    message = lazy("This annotation cannot be read. Reload the page and draw it again.")


class BadNotes(Invalid):
    """What was sent is no list of annotations."""

    message = lazy("The annotations could not be read. Reload the page; what was saved stands there.")


class TooManyNotes(Conflict):
    """More than anybody could still read."""

    message = lazy("A page takes at most %(limit)s annotations. Take some away first.")


class VoiceMissing(Invalid):
    """Nothing was recorded."""

    message = lazy("Nothing was recorded. Please try again.")
