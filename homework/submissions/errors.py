"""Why work cannot be handed in."""

from core.errors import Conflict, Invalid, NotAllowed, TooLarge
from core.i18n import lazy


class Closed(NotAllowed):
    """The assignment takes no more work."""

    message = lazy("“%(title)s” takes no more work. What you did stays on this device; ask your teacher.")


class NoMoreHandIns(Conflict):
    """The pupil has handed in as often as this work allows."""

    message = lazy("You have handed in this work as often as it allows, so it stands as it is.")


class AnswersSeen(Conflict):
    """The pupil may see the answers, so her work stands as it is."""

    message = lazy("The answers of this work are shown already, so it cannot be handed in again.")


class AlreadyMarked(Conflict):
    """The teacher has begun to mark, so the work stands as it is."""

    message = lazy("Your teacher is already marking this work, so it cannot be handed in again.")


class DifferentWork(Conflict):
    """The key of an earlier hand-in came with other content."""

    message = lazy("This hand-in was already received with other content. Reload the page and hand in again.")


class NothingAnswered(Invalid):
    """Work without a single answer."""

    message = lazy("Nothing is answered yet.")


class UnknownQuestion(Invalid):
    """An answer to a question that is not part of the assignment."""

    message = lazy("An answer belongs to no question of this assignment.")


class KeyNeeded(Invalid):
    """The hand-in carries no key by which a retry could be recognised."""

    message = lazy("The hand-in needs an Idempotency-Key: a UUID that stays the same when it is sent again.")


class AnswersUnreadable(Invalid):
    """The part ``answers`` is not a JSON object of responses by question."""

    message = lazy("The answers could not be read.")


class TooManyFiles(TooLarge):
    """More photos than one hand-in takes."""

    message = lazy("At most %(most)s photos fit into one hand-in.")


class TooManyBytes(TooLarge):
    """Photos that are too large together."""

    message = lazy("The photos are too large together: at most %(most_mb)s MB fit into one hand-in.")


class BadAnswer(Invalid):
    """One of the answers does not fit its question; the sentence says which and why."""

    message = lazy("Question %(question)s: %(reason)s")


class BadPhoto(Invalid):
    """One of the photos was refused; the sentence says which and why."""

    message = lazy("Photo %(number)s of question %(question)s: %(reason)s")


class BadRecording(Invalid):
    """A spoken answer was refused; the sentence says why."""

    message = lazy("The recording of question %(question)s: %(reason)s")


class DraftIsNewer(Conflict):
    """Another tab or device saved a newer draft; its text and time stand in the details."""

    message = lazy("This homework was changed in another tab or on another device. Choose which text stays.")


class HandedInElsewhere(Conflict):
    """The pupil handed the work in from another page since this one was made."""

    message = lazy(
        "You have handed this work in from another tab or device, on %(time)s. What you see here is kept; "
        "hand in again to put it in place of that."
    )


class HandedInMeanwhile(Conflict):
    """Another member handed the group's work in since the page was made; details say who and when."""

    message = lazy(
        "%(by)s has handed this work in meanwhile, on %(time)s. What you see here is kept; hand in again to "
        "put it in place of that."
    )
