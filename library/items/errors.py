"""What is refused about items and responses."""

from core.errors import Invalid
from core.i18n import lazy


class BadResponse(Invalid):
    """The response does not fit the question; an unanswered one does."""

    message = lazy("This answer does not fit the question.")


class UnknownChoice(BadResponse):
    """A choice that the question does not offer."""

    message = lazy("The question does not offer the choice “%(choice)s”.")


class OneChoiceOnly(BadResponse):
    """Several choices where one is asked for."""

    message = lazy("Please choose one answer only.")


class TooManyBlanks(BadResponse):
    """More texts than the question has blanks."""

    message = lazy("The question has %(blanks)s blanks, but more were filled in.")


class TooLong(BadResponse):
    """A text that no answer needs."""

    message = lazy("An answer may have at most %(limit)s characters.")


class NotANumber(BadResponse):
    """A text that cannot be read as a number."""

    message = lazy("“%(text)s” is not a number. Write a number such as 3.5, −2 or 3/4, without words.")


class WrongUnit(BadResponse):
    """A number in another unit than the one that the question gives."""

    message = lazy("Please give the number in “%(unit)s”; the unit already stands beside the box.")
