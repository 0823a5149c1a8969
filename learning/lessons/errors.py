"""Refusals about micro-lessons."""

from core.errors import Conflict, Invalid, NotFound
from core.i18n import lazy


class NotReady(Conflict):
    """The video is not prepared yet, or could not be."""

    message = lazy("The video is not ready yet. Please publish the lesson when it is.")


class ChangedMeanwhile(Conflict):
    """Somebody else saved the lesson after this form was opened."""

    message = lazy("This lesson was changed in the meantime. Please look at the new state and save again.")


class BadCaptions(Invalid):
    """A text that is no WebVTT (or SubRip) captions."""

    message = lazy(
        "The captions cannot be read at line %(line)s. "
        "Each cue needs a line such as “00:05.000 --> 00:08.500”."
    )


class EmptyCaptions(Invalid):
    """Captions without a cue."""

    message = lazy("There is no line of captions in this text.")


class BadChapter(Invalid):
    """A line of the chapter list that is no time and title."""

    message = lazy("Line %(line)s of the chapters needs a time and a title, for example “1:25 An example”.")


class BadMoment(Invalid):
    """A time that is none, or lies behind the end of the video."""

    message = lazy(
        "“%(text)s” is not a moment in this video. Please write minutes and seconds, for example 1:25."
    )


class NoSuchItem(NotFound):
    """A question that the library does not have, or not for this teacher: which, is not told."""

    message = lazy("There is no question with the number %(item)s that you may use.")


class NotForVideos(Invalid):
    """A question that is answered on paper."""

    message = lazy("Question %(item)s is answered on paper, so a video cannot ask it.")
