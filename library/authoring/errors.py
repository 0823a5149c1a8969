"""Why a question is not kept."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class NotFinished(Invalid):
    """Something is missing or wrong; ``places`` has the sentences by the part of the form."""

    message = lazy("The question is not saved yet. Look at the marked places.")


class NothingAsked(Invalid):
    """No words."""

    message = lazy("Write what is asked.")


class ChoiceWithoutWords(Invalid):
    """Something that is right and says nothing."""

    message = lazy("“%(choice)s” is named in the key but has no words yet.")


class BadMinutes(Invalid):
    """A time that is none."""

    message = lazy("Give the minutes as a number above 0, at most 600.")


class ErrorWithoutAnswer(Invalid):
    """A typical error that no answer shows."""

    message = lazy("Typical error %(number)s: give the answer that shows it.")


class ErrorWithoutWords(Invalid):
    """A typical error about which nothing is said."""

    message = lazy("Typical error %(number)s: write what the pupil is told.")


class PictureWithoutWords(Invalid):
    """A picture that nobody described."""

    message = lazy("Describe the picture “%(name)s” in words, for pupils who do not see it.")


class BadPart(Invalid):
    """A part that is too long, or of another shape."""

    message = lazy("This cannot be kept: %(reason)s")


class QuestionChanged(Conflict):
    """A colleague saved another version while this one was being edited."""

    message = lazy(
        "A colleague saved this question while you were editing. What you typed is still here; "
        "look at the present version below before you save again."
    )


class AskedElsewhere(Conflict):
    """Another set asks the question, and that may not be changed."""

    message = lazy(
        "This question also stands in “%(title)s”, which is not yours to change. "
        "Copy it into your set, and change the copy."
    )
