"""Refusals about attempts."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class DifferentAnswer(Conflict):
    """The client key stands for another answer already."""

    message = lazy("This answer was already recorded with other content. Please reload the page.")


class NotAsked(Invalid):
    """The item is not asked in this place."""

    message = lazy("This question is not part of this lesson or exercise.")


class AnswerFirst(NotAllowed):
    """Hints and solutions open after an own attempt."""

    message = lazy("Please try it yourself first; hints open after your first answer.")


class Unanswered(Invalid):
    """There is no answer to mark."""

    message = lazy("Please answer the question first.")
