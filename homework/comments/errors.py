"""Why a comment of the bank stays as it is."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class EmptyComment(Invalid):
    """There is nothing to say."""

    message = lazy("Write the comment first.")


class SameComment(Invalid):
    """It says this already."""

    message = lazy("The comment says this already.")


class CommentChangedMeanwhile(Conflict):
    """It was changed, or used, since the preview was made."""

    message = lazy("The comment or its uses have changed in the meantime. Look at the preview once more.")


class RevisionNotLast(Conflict):
    """The comment was changed again, or this was undone."""

    message = lazy("The comment was changed again since. Undo the later change first.")
