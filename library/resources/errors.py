"""Why a resource is not changed."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class ChangedMeanwhile(Conflict):
    """A colleague saved another version while this one was being edited."""

    message = lazy(
        "Someone changed this resource while you were editing. What you typed is still here; "
        "look at the present version before you save again."
    )


class FileNotReady(Conflict):
    """The file of the resource is still being read, or cannot be."""

    message = lazy(
        "The file is not ready yet, so the resource cannot be published. Please look at its state above."
    )


class WordsMissing(Invalid):
    """A picture that nobody has described."""

    message = lazy(
        "Please write down what the picture shows before you publish it: for pupils who do not see it."
    )
