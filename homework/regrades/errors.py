"""Why answers are not marked anew, or not as before."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class KeyMissing(Invalid):
    """A policy that marks by another key, and no such key."""

    message = lazy("Give the right answer first.")


class SameKey(Invalid):
    """The corrected key says what the earlier one said."""

    message = lazy("This is the key that stands already. Change it, or choose another way.")


class NoKeyOfItsOwn(Invalid):
    """A question that people mark has no key to correct."""

    message = lazy(
        "This question is marked by hand, so it has no key. You can give full marks to all, or drop it."
    )


class KeyNotHere(Invalid):
    """A question with variants: its key is worked out anew for each pupil."""

    message = lazy(
        "Each pupil got other numbers, so this question has no single key that could be corrected here. "
        "You can give full marks to all, or drop it."
    )


class BadKey(Invalid):
    """The corrected key does not fit the question."""

    message = lazy("This key does not fit the question: %(reason)s")


class ReasonMissing(Invalid):
    """Those concerned must be told why."""

    message = lazy("Say in one sentence what was wrong. Pupils and guardians will read it.")


class NothingChanges(Invalid):
    """No mark and no profile would be another one."""

    message = lazy("Nobody's marks would change.")


class ChangedSincePreview(Conflict):
    """Answers or marks came in between looking and applying."""

    message = lazy("Answers or marks have changed since you looked. Look at the new preview, then apply it.")


class LaterRegrade(Conflict):
    """The same answers were marked anew once more since."""

    message = lazy("These answers were marked anew once more later. Undo that first.")


class MarkedSince(Conflict):
    """Teachers have marked some of the answers by hand since; that would be lost."""

    message = lazy(
        "This cannot be undone: some of these answers were marked by hand since. "
        "Answers: %(number)s. Those you may see: %(names)s"
    )


class StillRunning(Conflict):
    """It is being applied or undone at this moment."""

    message = lazy("This is still going on. Wait until it is finished.")
