"""Why nobody reads a second time."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class NothingToRead(Invalid):
    """No work is marked completely, still here, and without a second reader so far."""

    message = lazy(
        "Nothing is there to be read a second time: either no pupil's answers are all marked yet, "
        "or all marked work has a second reader already."
    )


class NobodyToRead(Invalid):
    """Who marks cannot be the second reader as well."""

    message = lazy("Choose a colleague as second reader, not yourself.")


class NobodyElseMarks(Invalid):
    """No colleague could open the work if none is named."""

    message = lazy("Nobody else teaches this subject in these classes. Choose a second reader by name.")


class NotYourReading(NotAllowed):
    """Another teacher is asked to read, or reads already."""

    message = lazy("Another teacher is asked to read this work.")


class ReadAlready(Conflict):
    """The reader is done."""

    message = lazy("This work was read a second time already.")


class NotSettledCompletely(Invalid):
    """Two readers differ about an answer, and nothing is said about that."""

    message = lazy("Say for each difference which points count.")


class NothingToSettle(Conflict):
    """The readers do not differ, or somebody has settled it."""

    message = lazy("There is nothing to settle here any more.")
