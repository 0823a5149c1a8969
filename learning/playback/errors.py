"""Refusals about playback."""

from core.errors import Conflict, NotFound
from core.i18n import lazy


class UnknownRegistration(NotFound):
    """No such registration is this person's, and no lesson was named to begin one."""

    message = lazy("This viewing is not known. Please open the lesson again.")


class OtherLesson(Conflict):
    """The registration belongs to another lesson than the one that was named."""

    message = lazy("This viewing belongs to another lesson. Please open the lesson again.")
