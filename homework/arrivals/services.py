"""Take a hand-in up, before anybody marks it."""

from datetime import datetime
from random import SystemRandom

from homework.markers.services import number_late
from homework.marking.services import mark_by_machine
from homework.refusals.services import follow as follow_accepted_texts
from homework.submissions.models import Submission


def take_up(submission: Submission, *, now: datetime) -> None:
    """Give a hand-in its number where names are hidden, and what it earns by keys and texts that count.

    Corrected keys hold for it after that, and after what a teacher read on paper.
    """
    number_late(submission, SystemRandom())
    mark_by_machine(submission, now=now)
    follow_accepted_texts(submission, now=now)
