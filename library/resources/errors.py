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


class NoDraft(Conflict):
    """Others may have found it, so it is withdrawn, and not deleted."""

    message = lazy("Only a draft can be deleted. What was published is withdrawn.")


class NamedElsewhere(Conflict):
    """Something tells of the draft that must not be lost."""

    message = lazy("This draft has been submitted, reported or used, so it cannot be deleted.")


class WordsMissing(Invalid):
    """A picture that nobody has described."""

    message = lazy(
        "Please write down what the picture shows before you publish it: for pupils who do not see it."
    )
