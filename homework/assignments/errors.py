"""Why work cannot be assigned."""

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.i18n import lazy


class NothingAssigned(Invalid):
    """Neither a question nor a lesson."""

    message = lazy("Add at least one question, or a micro-lesson to watch.")


class NoClassChosen(Invalid):
    """Work for nobody."""

    message = lazy("Choose at least one class.")


class NotYourClass(NotAllowed):
    """A class in which the teacher does not teach now."""

    message = lazy("You can assign work only to classes that you teach.")


class NoPupils(Invalid):
    """A class in which nobody is enrolled."""

    message = lazy("%(class_name)s has no pupils yet, so nobody would get this work.")


class DueInThePast(Invalid):
    """The due time is over."""

    message = lazy("The due time is in the past. Choose a later one.")


class TimesOutOfOrder(Invalid):
    """Opening, due time and cut-off do not follow each other."""

    message = lazy("Work opens before it is due, and late work is taken until after the due time.")


class DueAtNight(Invalid):
    """The due time lies in the hours of rest, and the teacher did not confirm it."""

    message = lazy(
        "The due time lies between 21:00 and 06:00, when pupils rest. "
        "Choose an earlier time, or confirm this one."
    )


class NoWrittenHomework(Invalid):
    """Written work for a grade for which the law allows none."""

    message = lazy(
        "%(class_name)s is in grade 1 or 2: the law allows no written homework there. "
        "You can assign a micro-lesson alone."
    )


class OverTheCap(Invalid):
    """More minutes than the law allows, without a reason."""

    message = lazy(
        "%(class_name)s would have %(minutes)s minutes of homework that day; the law allows %(cap)s. "
        "Shorten the work, choose another day, or give a written reason, which is kept."
    )


class QuestionGone(NotFound):
    """A question that is not in the library any more, or not for this teacher: which, is not told."""

    message = lazy("One question is not available and was left out. Please look at the work again.")


class OtherWork(Conflict):
    """The same form was sent twice with different content."""

    message = lazy("This form was already used to assign other work. Open a new form.")
