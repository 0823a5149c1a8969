"""The questions that a video stops for, as parts that the player puts into its dialog."""

from uuid import uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from learning.attempts import queries as attempts
from learning.attempts.asking import asked_of
from learning.attempts.client_keys import read_client_key
from learning.attempts.errors import Unanswered
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import NewAttempt, record_attempt
from learning.lessons import queries as lessons
from learning.lessons.models import Checkpoint, MicroLesson
from learning.lessons.policy import may_learn
from learning.playback import queries, services
from library.items.errors import BadResponse
from library.items.marking import is_answered, misconception_of
from library.items.models import ItemVersion
from library.items.queries import current_versions
from library.items.responses import parse_response
from library.items.variants import Posed

bp = Blueprint("playback", __name__)

FIELD_PREFIX = "answer"
TRIES_BEFORE_THE_KEY = 2
"""After so many own answers the solution opens, right or not."""


@bp.get("/lessons/<int:lesson_id>/questions/<int:checkpoint_id>")
@allow(may_learn)
def question(lesson_id: int, checkpoint_id: int) -> ResponseReturnValue:
    """A question of a lesson, to be answered."""
    lesson, checkpoint = _asked(lesson_id, checkpoint_id)
    return _question_part(lesson, checkpoint, _posed(lesson, checkpoint))


@bp.post("/lessons/<int:lesson_id>/questions/<int:checkpoint_id>")
@allow(may_learn)
def answer(lesson_id: int, checkpoint_id: int) -> ResponseReturnValue:
    """Mark an answer, and say what it shows; the key opens when the question is solved or tried twice."""
    hat = current_hat()
    with transaction():
        now = clock.now()
        lesson, checkpoint = _asked(lesson_id, checkpoint_id)
        version = _posed(lesson, checkpoint)
        try:
            response = parse_response(version, request.form, FIELD_PREFIX)
        except BadResponse as refusal:
            return _question_part(lesson, checkpoint, version, error=str(refusal)), 422
        if not is_answered(version.kind, response):
            error = str(Unanswered())
            return _question_part(lesson, checkpoint, version, error=error), 422
        new = NewAttempt(
            question=version,
            response=response,
            context=AttemptContext.LESSON,
            context_id=lesson.id,
            client_key=read_client_key(request.form.get("client_key")),
            hints_used=request.form.get("hints_used", 0, type=int),
            seconds=request.form.get("seconds", None, type=float),
        )
        attempt = record_attempt(hat.person_id, new, now=now)
        if begun := db.session.scalar(queries.latest_of(hat.person_id, lesson.id)):
            services.complete_if_done(begun, lesson, now=now)
        tries = len(
            db.session.scalars(
                attempts.in_place(hat.person_id, AttemptContext.LESSON, lesson.id).where(
                    Attempt.item_id == version.item_id
                )
            ).all()
        )
        return render_template(
            "learning/playback/answered.html",
            lesson=lesson,
            checkpoint=checkpoint,
            version=version,
            attempt=attempt,
            feedback=misconception_of(version, response),
            show_key=bool(attempt.is_correct) or tries >= TRIES_BEFORE_THE_KEY,
            hint=version.hints[0] if version.hints else "",
        )


def _asked(lesson_id: int, checkpoint_id: int) -> tuple[MicroLesson, Checkpoint]:
    lesson: MicroLesson = find(lessons.openable_by(current_hat()).where(MicroLesson.id == lesson_id))
    checkpoint: Checkpoint = find(lessons.checkpoints_of(lesson.id).where(Checkpoint.id == checkpoint_id))
    return lesson, checkpoint


def _posed(lesson: MicroLesson, checkpoint: Checkpoint) -> Posed:
    version: ItemVersion = find(current_versions([checkpoint.item_id]))
    return asked_of(version, current_hat().person_id, AttemptContext.LESSON, lesson.id)


def _question_part(lesson: MicroLesson, checkpoint: Checkpoint, version: Posed, *, error: str = "") -> str:
    # A wrongly filled form keeps its key: nothing was recorded under it.
    return render_template(
        "learning/playback/question.html",
        lesson=lesson,
        checkpoint=checkpoint,
        version=version,
        prefix=FIELD_PREFIX,
        client_key=request.form.get("client_key") or uuid4(),
        error=error,
    )
