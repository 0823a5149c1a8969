"""An exercise, one question at a time. It works by links and forms; htmx makes it smooth."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
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
from learning.attempts.policy import may_answer
from learning.attempts.services import NewAttempt, record_attempt
from learning.practice.rounds import Round, Step, make_round
from library.items.errors import BadResponse
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.marking import Judgement, is_answered, misconception_of
from library.items.responses import parse_response, typed_response
from library.items.variants import Posed
from library.resources.models import Resource
from library.resources.queries import items_of_resource, points_of, visible_to

bp = Blueprint("practice", __name__)

FIELD_PREFIX = "answer"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which round of which exercise a request is."""

    resource: Resource
    round: Round
    since: int
    """When the round began, in Unix seconds; 0 counts every answer there is."""

    def url(self, number: int, **more: int) -> str:
        """The address of a question of this round."""
        values: dict[str, Any] = {
            "resource_id": self.resource.id,
            "q": number,
            "since": self.since or None,
            **more,
        }
        return url_for("practice.show", **values)

    @property
    def summary_url(self) -> str:
        """The address of the round's end."""
        return url_for("practice.summary", resource_id=self.resource.id, since=self.since or None)


@bp.get("/practice/<int:resource_id>")
@allow(may_answer)
def show(resource_id: int) -> ResponseReturnValue:
    """One question of the exercise: to answer, or as it was answered."""
    place = _place(resource_id)
    if not place.round.steps:
        return _page("learning/practice/empty.html", place)
    number = request.args.get("q", 0, type=int)
    if not number and place.round.is_over:
        return redirect(place.summary_url)
    step = place.round.step(number) or place.round.step(place.round.next_open())
    return _step_page(place, step) if step else redirect(place.summary_url)


@bp.post("/practice/<int:resource_id>")
@allow(may_answer)
def answer(resource_id: int) -> ResponseReturnValue:
    """Mark an answer, and go on to what it shows."""
    with transaction():
        place = _place(resource_id)
        step = place.round.step(request.form.get("q", 0, type=int))
        if step is None:
            return redirect(place.url(1))
        try:
            response = _response(step.question)
        except (BadResponse, Unanswered) as refusal:
            # htmx puts in what comes with 200 only.
            return _step_page(place, step, error=str(refusal)), 200 if _is_part() else 422
        new = NewAttempt(
            question=step.question,
            response=response,
            context=AttemptContext.PRACTICE,
            context_id=resource_id,
            client_key=read_client_key(request.form.get("client_key")),
            hints_used=request.form.get("hints", 0, type=int),
            seconds=_seconds_since(request.form.get("asked_at", 0, type=int)),
        )
        record_attempt(current_hat().person_id, new, now=clock.now())
        place = _place(resource_id)
        answered = place.round.step(step.number)
        if _is_part() and answered:
            return _step_page(place, answered)
    return redirect(place.url(step.number), code=303)


@bp.get("/practice/<int:resource_id>/summary")
@allow(may_answer)
def summary(resource_id: int) -> ResponseReturnValue:
    """How the round went, question by question."""
    place = _place(resource_id)
    return _page(
        "learning/practice/summary.html",
        place,
        points=db.session.scalars(points_of(resource_id)).all(),
        again_url=_again_url(resource_id),
    )


def _again_url(resource_id: int) -> str:
    """The address of a new round, in which no question has an answer yet."""
    return url_for("practice.show", resource_id=resource_id, q=1, since=int(clock.now().timestamp()))


def _place(resource_id: int) -> Place:
    hat = current_hat()
    resource: Resource = find(visible_to(hat).where(Resource.id == resource_id))
    since = max(request.values.get("since", 0, type=int), 0)
    given = attempts.in_place(hat.person_id, AttemptContext.PRACTICE, resource_id)
    if 0 < since < clock.now().timestamp() + 1:
        given = given.where(Attempt.answered_at >= datetime.fromtimestamp(since, UTC))
    asked = [
        asked_of(version, hat.person_id, AttemptContext.PRACTICE, resource_id)
        for version in db.session.scalars(items_of_resource(resource_id))
        if version.kind in MARKED_BY_MACHINE
    ]
    return Place(resource, make_round(asked, db.session.scalars(given)), since)


def _step_page(place: Place, step: Step, *, error: str = "") -> str:
    latest = step.latest
    asks = latest is None or bool(error) or request.args.get("again") == "1"
    opened = _opened_hints(step)
    return _page(
        "learning/practice/show.html",
        place,
        step=step,
        asks=asks,
        error=error,
        judgement=Judgement(latest.score, latest.is_correct) if latest else None,
        feedback=misconception_of(step.question, latest.response) if latest else "",
        hints=step.question.hints[:opened],
        more_hints=bool(latest) and opened < len(step.question.hints),
        opened=opened,
        prefix=FIELD_PREFIX,
        client_key=uuid4(),
        asked_at=int(clock.now().timestamp()),
        given=typed_response(step.question, request.form, FIELD_PREFIX) if error else None,
        next_number=_next_number(place, step),
    )


def _response(question: Posed) -> dict[str, Any]:
    """The answer that the form holds.

    Raises:
        BadResponse: it does not fit the question.
        Unanswered: there is none.
    """
    response = parse_response(question, request.form, FIELD_PREFIX)
    if not is_answered(question.kind, response):
        raise Unanswered
    return response


def _opened_hints(step: Step) -> int:
    """How many hints are open: none before an own answer."""
    wanted = request.values.get("hints", 0, type=int)
    return min(max(wanted, 0), len(step.question.hints)) if step.attempts else 0


def _next_number(place: Place, step: Step) -> int | None:
    """The next question without an answer after this one, else the first without one."""
    numbers = [one.number for one in place.round.steps if not one.attempts and one is not step]
    return next((number for number in numbers if number > step.number), numbers[0] if numbers else None)


def _seconds_since(asked_at: int) -> float | None:
    return clock.now().timestamp() - asked_at if asked_at > 0 else None


def _page(template: str, place: Place, **parts: object) -> str:
    return render_template(
        template, place=place, resource=place.resource, round=place.round, is_part=_is_part(), **parts
    )


def _is_part() -> bool:
    """Whether htmx asks for the exercise alone."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers
