"""Why work cannot be assigned."""

from collections.abc import Iterable, Sequence

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.i18n import _, lazy
from homework.load.limits import DayLoad


class NothingAssigned(Invalid):
    """Neither a question nor a lesson, nor anything else to do."""

    message = lazy(
        "Add at least one question or a micro-lesson, or say in the instructions what is to be done "
        "and how many minutes it takes."
    )


class NothingAsked(Invalid):
    """A question on paper without words."""

    message = lazy("Write in question %(number)s what pupils are to do on paper.")


class NoClassChosen(Invalid):
    """Work for nobody."""

    message = lazy("Choose at least one class, group or pupil.")


class NotYourClass(NotAllowed):
    """A class in which the teacher does not teach now."""

    message = lazy("You can assign work only to classes that you teach.")


class NoPupils(Invalid):
    """Classes or groups in which nobody is; each is named."""

    message = lazy("Nobody would get this work in %(names)s: there are no pupils yet.")

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(names=_(", ").join(names))


class DueInThePast(Invalid):
    """The due time is over."""

    message = lazy("The due time is in the past. Choose a later one.")


class TooFarAhead(Invalid):
    """A time of another age: a slip in its year."""

    message = lazy("A time may lie at most two years ahead. Look at the year.")


class DueTooFarAhead(TooFarAhead):
    """The due time is one."""


class CutOffTooFarAhead(TooFarAhead):
    """The time until which late work is taken is one."""


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
    """Written work for grades for which the law allows none; each class is named."""

    message = lazy(
        "The law allows no written homework in grades 1 and 2: %(classes)s. "
        "You can assign a micro-lesson, or something without writing, such as reading aloud."
    )

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(classes=_(", ").join(names))


class OverTheCap(Invalid):
    """More minutes than are allowed, without a reason; each class is named."""

    message = lazy(
        "That day would hold more homework than is allowed: %(classes)s. "
        "Shorten the work, choose another day, or give a reason, which the head of the grade reads."
    )

    def __init__(self, over: Sequence[DayLoad]) -> None:
        said = [
            # "61", but "60.4": rounded to 60 it would be told to be more than the 60 that are allowed.
            _(
                "%(class_name)s %(minutes)s minutes (at most %(cap)s)",
                class_name=one.class_name,
                minutes=f"{one.minutes:g}",
                cap=one.cap,
            )
            for one in over
        ]
        super().__init__(classes=_("; ").join(said))


class QuestionGone(NotFound):
    """A question that is not in the library any more, or not for this teacher: which, is not told."""

    message = lazy("One question is not available and was left out. Please look at the work again.")


class OtherWork(Conflict):
    """The same form was sent twice with different content."""

    message = lazy("This form was already used to assign other work. Open a new form.")


class NotYourGroup(NotAllowed):
    """A group that the teacher does not keep, or in a class that he no longer teaches."""

    message = lazy("One of the groups is not yours any more. Choose the groups again.")


class NotYourPupil(NotAllowed):
    """A pupil who is in none of the teacher's classes."""

    message = lazy("You can assign work only to pupils of your classes.")


class HandInsNeeded(Invalid):
    """A limited number of hand-ins without a number."""

    message = lazy("Say how often pupils may hand in: a number from 2 to 20.")


class TeamSizeNeeded(Invalid):
    """Groups that pupils form, without a size."""

    message = lazy("Say how many pupils form a group at most: a number from 2 to 12.")


class NoGroupsKept(Invalid):
    """Group work for classes in which the teacher keeps no group; each is named."""

    message = lazy(
        "You keep no groups in %(classes)s yet. Make them under Homework → Groups, or let pupils form groups."
    )

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(classes=_(", ").join(names))


class OpenAlready(Conflict):
    """Pupils see the work, so its questions stay as they are."""

    message = lazy(
        "Pupils see this work already, so it cannot be changed any more. You can withdraw it, or give single "
        "pupils another time."
    )


class ChangedMeanwhile(Conflict):
    """The work was changed in another tab first."""

    message = lazy("This work was changed elsewhere in the meantime.")


class WithdrawnWork(Conflict):
    """The work is withdrawn."""

    message = lazy("This work is withdrawn. Give it again before you change it.")


class ReasonNeeded(Invalid):
    """An exception without a reason."""

    message = lazy("Say why, in a few words. The pupil and her guardians read it.")


class NoException(Invalid):
    """An exception that changes nothing."""

    message = lazy("Choose a later due time, or excuse the pupil.")


class NotGivenToPupil(NotFound):
    """A pupil whom the work is not given to."""

    message = lazy("This pupil was not given this work.")


class AnswersOtherwise(Conflict):
    """Answers that a rule shows by itself cannot be shown by hand."""

    message = lazy("The answers of this work are shown by its rule, not by hand.")
