"""Why work that pupils see stays as it is."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class TitleNeeded(Invalid):
    """Work without a title."""

    message = lazy("Give the work a title.")


class EarlierThanTold(Invalid):
    """A time before the one that pupils know."""

    message = lazy("Pupils count on the times that they know: choose a later one, or leave it as it is.")


class LateWorkInThePast(Invalid):
    """Late work would be taken until a time that is over."""

    message = lazy("This time is over already. Choose a later one.")


class AnswersAreOut(Conflict):
    """Pupils have seen the answers, so that it is due no more."""

    message = lazy(
        "Pupils who have handed in see the answers already, so the due time stays. You can take late work "
        "for longer, or give single pupils more time."
    )


class NotOpenYet(Conflict):
    """Pupils do not see the work, so that all of it can be changed."""

    message = lazy("Pupils do not see this work yet. Change it on the page on which it was planned.")
