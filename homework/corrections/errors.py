"""Why a correction is not taken, or not judged."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class NotReturned(NotAllowed):
    """The work is still with the teacher."""

    message = lazy("You can correct this work when the teacher has returned it.")


class NothingToCorrect(NotAllowed):
    """The question is right, or its correction is accepted."""

    message = lazy("There is nothing to correct in this question.")


class WaitsForTeacher(Conflict):
    """The last correction is not judged yet."""

    message = lazy("Your correction waits for the teacher. You can correct again when it was looked at.")


class NothingCorrected(Invalid):
    """An empty correction."""

    message = lazy("Answer the question before you send the correction.")


class SameAsBefore(Invalid):
    """The same answer as last time."""

    message = lazy("This is the same answer as before. Change it, then send it.")


class DifferentCorrection(Conflict):
    """The client key was used for another correction."""

    message = lazy("This correction was already sent with other content. Please reload the page.")


class JudgedMeanwhile(Conflict):
    """Someone else judged one of the corrections since the page was made."""

    message = lazy("%(by)s has looked at the correction of %(name)s in the meantime. Look at the page again.")


class NoneChosen(Invalid):
    """No correction to judge."""

    message = lazy("Choose at least one correction.")


class CommentMissing(Invalid):
    """Asked again without a word."""

    message = lazy("Say what is to be done differently.")


class NotJudged(Conflict):
    """The key decided about the correction, and no person."""

    message = lazy("No teacher has judged this correction, so there is nothing to take back.")


class CorrectedAgain(Conflict):
    """The pupil has sent the next version of the correction."""

    message = lazy("%(name)s has corrected again since. Judge the new correction instead.")
