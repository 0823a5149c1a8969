"""Answers and hints for programs."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from learning.attempts import queries, services
from learning.attempts.asking import asked_of, judged_as
from learning.attempts.errors import AnswerFirst, NotAsked, Unanswered
from learning.attempts.policy import may_answer
from learning.attempts.schemas import AttemptIn, AttemptOut, HintsOut, HintsQuery
from library.items.marking import is_answered
from library.items.models import ItemVersion
from library.items.queries import current_versions, versions
from library.items.responses import parse_response
from library.items.variants import pose

bp = APIBlueprint("attempts_api", __name__, url_prefix="/api/v1", tag="Learning")


@bp.post("/attempts")
@bp.input(AttemptIn, arg_name="given")
@bp.output(AttemptOut, 201)
@bp.doc(
    summary="Answer a question",
    description=(
        "Marks an answer to a question of a lesson or exercise. Sent again with the same id and content, "
        "it answers the same and changes nothing."
    ),
    responses={409: "The id was used for another answer.", 422: "The answer does not fit the question."},
)
@allow(may_answer)
def answer(given: AttemptIn) -> AttemptOut:
    """Mark and keep an answer."""
    with transaction():
        person_id = current_hat().person_id
        question = asked_of(_shown_version(given), person_id, given.place, given.context_id)
        response = parse_response(question, given.response)
        if not is_answered(question.kind, response):
            raise Unanswered
        new = services.NewAttempt(
            question=question,
            response=response,
            context=given.place,
            context_id=given.context_id,
            client_key=given.id,
            hints_used=given.hints_used,
            seconds=given.seconds,
        )
        attempt = services.record_attempt(person_id, new, now=clock.now())
        return AttemptOut.of(attempt, question)


@bp.get("/items/<int:item_id>/hints")
@bp.input(HintsQuery, location="query", arg_name="wanted")
@bp.output(HintsOut)
@bp.doc(summary="Hints, after a first own answer", responses={403: "There is no own answer yet."})
@allow(may_answer)
def hints(item_id: int, wanted: HintsQuery) -> HintsOut:
    """The first hints of an item; they open after an own answer."""
    answered = db.session.scalar(queries.at_item(current_hat().person_id, item_id).limit(1))
    if answered is None:
        raise AnswerFirst
    version: ItemVersion = find(current_versions([item_id]))
    hints = pose(version, answered.seed).hints
    return HintsOut(hints=hints[: wanted.count], left=max(len(hints) - wanted.count, 0))


def _shown_version(given: AttemptIn) -> ItemVersion:
    """The wording that was shown: the one named, if its item is asked here, else the present one.

    Where only its key was put right since, that is what the answer is judged by; what was kept already, and
    is sent again, stays what it was.
    """
    named = (
        db.session.scalar(versions([given.item_version_id])) if given.item_version_id is not None else None
    )
    item_id = named.item_id if named else given.item_id
    if item_id is None:
        raise NotAsked
    present = db.session.scalar(queries.asked(current_hat(), given.place, given.context_id, item_id))
    if present is None:
        raise NotAsked
    shown = named or present
    before = db.session.scalar(queries.wording_under(given.id))
    return judged_as(shown, present if before is None else before)
