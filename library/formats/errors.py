"""Why a file of questions, or one of its questions, is not taken."""

from core.errors import Invalid
from core.i18n import lazy


class BadFile(Invalid):
    """The file as a whole cannot be read."""

    message = lazy("This file of questions cannot be read.")


class BadQuestion(Invalid):
    """One question cannot be read; the subclass says what is wrong with it."""

    message = lazy("This question cannot be read.")


class CannotSay(Invalid):
    """A question says something that the format has no place for."""

    message = lazy("The format %(format)s has no place for questions of the kind “%(kind)s”.")
