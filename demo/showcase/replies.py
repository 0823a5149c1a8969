"""What pupils send: answers to whatever variant they met, and the whole of their work."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from core.database import db
from demo.population import Learner
from demo.showcase.cast import Cast
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.queries import questions_of
from homework.submissions.models import Submission
from homework.submissions.questions import Question
from homework.submissions.services import Work
from homework.workbook.services import hand_in
from library.items.kinds.table import kind_of
from library.items.variants import Posed
from library.media.pictures import Picture
from library.media.sounds import Sound

RIGHT = 0.7
Response = Mapping[str, Any]


def asked_of(work: Assignment, learner: Learner) -> list[tuple[AssignmentItem, Posed]]:
    """The questions of the work, as the pupil meets them."""
    questions = db.session.scalars(questions_of(work.id))
    return [(one, Question.of(one, learner.id).asked) for one in questions]


def reply(rng: Random, asked: Posed) -> Response:
    """An answer: mostly what the key says, else a typical error, where the question has one."""
    if rng.random() >= RIGHT and asked.misconceptions:
        return dict(rng.choice(asked.misconceptions)["response"])
    return kind_of(asked).right(asked)


def send(  # noqa: PLR0913 -- work has these parts, each named at the call
    cast: Cast,
    work: Assignment,
    learner: Learner,
    responses: Mapping[int, Response],
    *,
    pictures: Mapping[int, tuple[Picture, ...]] | None = None,
    recordings: Mapping[int, tuple[Sound, ...]] | None = None,
    note: str = "",
    now: datetime,
) -> Submission:
    """Let a pupil hand in; what she handed in before stays as it is."""
    done = Work(
        client_key=cast.key(f"{work.client_key}/{learner.id}"),
        responses=responses,
        pictures=pictures or {},
        recordings=recordings or {},
        note=note,
    )
    submission, _is_new = hand_in(work, cast.hat(learner), done, now=now)
    return submission
