"""Why nobody is named."""

from core.errors import Conflict, NotFound
from core.i18n import lazy


class NoTeacherHere(NotFound):
    """Somebody who is no teacher of the school."""

    message = lazy("Choose a teacher of your school.")


class HeadsItAlready(Conflict):
    """A teacher who heads the grade already."""

    message = lazy("This teacher heads the grade already.")
