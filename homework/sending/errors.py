"""Why a file that was sent ahead is not taken."""

from core.errors import Conflict, Invalid, TooLarge
from core.i18n import lazy


class FileNotThere(Conflict):
    """A photo or recording that the work names has not arrived, or was cleared away; details say which."""

    message = lazy("A photo or recording has not arrived yet. It is sent again.")


class TakesNoFiles(Invalid):
    """A file for a question that is answered otherwise."""

    message = lazy("This question takes no photos or recordings.")


class NoFile(Invalid):
    """A request without a file in it."""

    message = lazy("No file has arrived.")


class TooManySent(TooLarge):
    """More than any work has, however often its photos are taken anew."""

    message = lazy("Too many photos and recordings were sent for this work without handing it in.")
