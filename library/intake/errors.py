"""What is refused when questions are imported."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class UnknownFormat(Invalid):
    """Nothing here reads files of this name."""

    message = lazy("The file “%(name)s” is in no format that is read here. These are: %(known)s.")


class NothingSent(Invalid):
    """Neither a text nor a file."""

    message = lazy("Paste your questions, or choose a file.")


class FileGone(Invalid):
    """What was sent is not kept any more."""

    message = lazy("The file is not here any more. Please send it again.")


class ReadAgain(Conflict):
    """Another tab corrected the import meanwhile."""

    message = lazy(
        "These questions were corrected in another tab meanwhile. What you typed is still here; "
        "look at the present text before you save again."
    )


class NotNow(Conflict):
    """The import is not where this could be done to it."""

    message = lazy("This import is not waiting for that. Please look at where it stands now.")


class NothingChosen(Invalid):
    """No question to take."""

    message = lazy("No question is chosen. Choose at least one that can be taken.")


class StandInsGone(Invalid):
    """All that was chosen are questions that others were to stand for, and those are gone."""

    message = lazy(
        "The questions that were to be used instead are no longer in the library, and those of your file "
        "cannot be read yet. Correct them here, or choose others."
    )


class NoText(Invalid):
    """A question that is no text, and so is corrected in its file."""

    message = lazy("This question cannot be corrected here. Correct it in the file and send that again.")


class UsedAlready(Conflict):
    """Others can find the set already."""

    message = lazy(
        "The set is published already, so taking the questions cannot be undone. Withdraw the set instead."
    )


class EditedSince(Conflict):
    """A question says something else now: undoing would lose what was written."""

    message = lazy(
        "A question was edited since, so taking them cannot be undone. Take single ones out of the set."
    )
