"""Why a resource does not move on the review ladder."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class UnderReview(Conflict):
    """It was submitted already."""

    message = lazy("This resource is under review already.")


class NotUnderReview(Conflict):
    """Somebody else decided, or its author took it back."""

    message = lazy("This request is decided already. Perhaps a colleague was quicker.")


class AtTheTop(Conflict):
    """There is no level above."""

    message = lazy("This resource stands in the city's collection. There is no level above it.")


class NoReason(Invalid):
    """A decision that others read needs its reason."""

    message = lazy("Please give the reason. Everybody who sees the resource can read it.")


class NotFree(Invalid):
    """Its licence does not allow it to be public."""

    message = lazy(
        "Its licence does not let everybody have it, or is not known. It can join the city's collection."
    )


class AlreadyWithdrawn(Conflict):
    """It is withdrawn."""

    message = lazy("This resource is withdrawn already.")


class NotWithdrawn(Conflict):
    """It is not withdrawn."""

    message = lazy("This resource is not withdrawn.")


class NotPublished(Conflict):
    """What should stand for another must be there itself."""

    message = lazy("The resource that should stand for it is not published.")
