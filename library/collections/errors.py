"""Why a collection is not changed."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class CollectionChanged(Conflict):
    """Another curator saved the description while this one was being written."""

    message = lazy(
        "Another curator changed this collection while you were editing. What you typed is still here; "
        "look at what it says now before you save again."
    )


class NoteChanged(Conflict):
    """Another curator wrote a note to the same entry meanwhile."""

    message = lazy(
        "Another curator changed this note meanwhile: “%(note)s”. What you typed is still in the field."
    )


class CollectionFull(Invalid):
    """A list of this length is no selection any more."""

    message = lazy("A collection holds at most %(most)s resources.")


class KeepsASearch(Invalid):
    """A collection that keeps a search has no list of its own."""

    message = lazy("This collection is a kept search. Freeze it to put its resources in order.")


class NotYourTier(Invalid):
    """The hat may not publish there."""

    message = lazy("You cannot make collections for this circle.")
