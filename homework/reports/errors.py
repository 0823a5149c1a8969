"""Why a wrong answer does not become a typical error."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class FeedbackMissing(Invalid):
    """A typical error without a word to the pupil."""

    message = lazy("Say what is behind this error; pupils who make it will read it.")


class NotAWrongAnswer(Invalid):
    """Nobody gave this answer, or it is right."""

    message = lazy("Nobody gave this wrong answer.")


class KnownAlready(Conflict):
    """The item has this typical error already."""

    message = lazy("This is a typical error of the question already.")


class VariesByPupil(Invalid):
    """One answer says nothing of the others: each pupil has numbers of her own."""

    message = lazy(
        "Each pupil has other numbers in this question, so no single answer is a typical error of it."
    )
