"""What happens below and changes what is suggested: each only asks for the learners' lists anew."""

from datetime import timedelta

from core.jobs.services import enqueue
from homework.marking.events import Returned
from homework.regrades.events import MarkedAnew
from learning.attempts.events import Answered
from learning.attempts.models import AttemptContext
from learning.playback.events import Watched
from library.merges.events import PointsMerged, PointsParted
from recommender.recommendations.tasks import follow_points, follow_regrade, refresh, refresh_after_homework

AFTER_HOMEWORK = timedelta(minutes=2)
"""A whole grade hands in within a minute: its receipts come first, and then one job learns from all of it."""


def when_answered(event: Answered) -> None:
    """An answer moves mastery."""
    if event.context == AttemptContext.HOMEWORK:
        enqueue(refresh_after_homework, key=refresh_after_homework.name, delay=AFTER_HOMEWORK, arguments={})
    else:
        _ask(event.person_id)


def when_watched(event: Watched) -> None:
    """What was watched is begun, or done."""
    _ask(event.person_id)


def when_returned(event: Returned) -> None:
    """Marks given by hand are new evidence."""
    _ask(event.student_id)


def when_points_change(event: PointsMerged | PointsParted) -> None:
    """Questions ask another point than before: who stands there is profiled anew from the same answers."""
    enqueue(follow_points, arguments={"merged_id": event.merged_id, "kept_id": event.kept_id})


def when_marked_anew(event: MarkedAnew) -> None:
    """Answers say something else of those who gave them."""
    enqueue(follow_regrade, arguments={"regrade_id": event.regrade_id, "item_id": event.item_id})


def _ask(person_id: int) -> None:
    enqueue(refresh, key=f"recommender.refresh:{person_id}", arguments={"person_id": person_id})
