"""Why a mark is not taken."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class MarkedMeanwhile(Conflict):
    """Someone else marked the answer since the page was made; what stands there is in the details."""

    message = lazy(
        "%(by)s has given %(points)s points for this answer in the meantime. "
        "Look at that mark; you can change it now."
    )


class PointsOutOfRange(Invalid):
    """Fewer than none, or more than the question is worth."""

    message = lazy("Give between 0 and %(most)s points.")


class NothingToReturn(Invalid):
    """No work is marked completely and still here."""

    message = lazy("Nothing can be returned yet: mark every answer of at least one pupil first.")


class NotCompletelyMarked(Invalid):
    """An answer of this submission has no mark."""

    message = lazy("Not every answer of this pupil is marked yet.")


class NotTheLatest(NotAllowed):
    """The pupil has handed in again, and other work of hers counts."""

    message = lazy("This pupil has handed in again. Mark the work that counts.")


class UnreadableMark(Invalid):
    """No points, or points that are no number."""

    message = lazy("Give the points as a number, such as 2 or 1.5.")


class NothingToTakeBack(Conflict):
    """The answer never had another mark."""

    message = lazy("There is no mark to take back here.")


class WithSecondReader(Conflict):
    """A second teacher is asked to read the work and is not done, or two readers differ."""

    message = lazy(
        "This work is with a second reader. It can be returned when the reader is done and both agree."
    )


class ReturnedAlready(Conflict):
    """Work that is back keeps a mark for every answer."""

    message = lazy("This work is returned, so the mark can be changed but not taken back.")
