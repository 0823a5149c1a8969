"""What pupils answer: right as ability, practice and forgetting have it, marked by the product's own rule."""

import math
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from core.clock import school_day
from demo.population import Learner
from demo.shelf import ShelfItem
from demo.weeks.chronicle import Chronicle
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import response_digest, statement_of
from library.items.kinds.table import kind_of
from library.items.marking import Judgement, mark
from library.items.models import ItemKind

FORGETTING_A_DAY, LEARNING_AN_ANSWER = 0.02, 0.3
GUESSING = 0.08
SPREAD_OF_STRENGTHS = 0.8
TYPICAL = 0.8
"""The share of wrong answers that show a typical error, where the question has one."""


class Answers:
    """Lets pupils answer, and writes down what they did."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle

    def respond(self, rng: Random, learner: Learner, item: ShelfItem, moment: datetime) -> dict[str, Any]:
        """Return what the pupil answers; she has practised once more then."""
        day = school_day(moment).toordinal()
        count, last = learner.practised.get(item.point, (0, day))
        logit = (
            learner.ability
            + self._strength(learner, item.point)
            + LEARNING_AN_ANSWER * math.log1p(count)
            - FORGETTING_A_DAY * (day - last)
            - 4 * (item.difficulty - 0.5)
            + 0.4
        )
        learner.practised[item.point] = (count + 1, day)
        knows = GUESSING + (1 - GUESSING) / (1 + math.exp(-logit))
        if rng.random() < knows:
            return right_response(item)
        if item.slips and rng.random() < TYPICAL:
            return dict(rng.choice(item.slips))
        return wrong_response(rng, item)

    def keep(  # noqa: PLR0913, PLR0917 -- an attempt has these parts, and one place writes it
        self,
        rng: Random,
        learner: Learner,
        item: ShelfItem,
        response: dict[str, Any],
        moment: datetime,
        key: UUID,
        context: AttemptContext,
        context_id: int,
    ) -> tuple[int, Judgement]:
        """Write an answer down; return its id, and how it is judged."""
        judgement = mark(item, response)
        values = {
            "client_key": key,
            "response_sha256": response_digest(item.version, response, context, context_id),
            "person_id": learner.id,
            "item_id": item.item,
            "item_version_id": item.version,
            "response": response,
            "score": judgement.score,
            "is_correct": judgement.is_correct,
            "context": context,
            "context_id": context_id,
            "hints_used": 1 if context is AttemptContext.PRACTICE and rng.random() < 0.2 else 0,
            "seconds": round(item.minutes * rng.lognormvariate(3.7, 0.4), 1),
            "answered_at": moment,
        }
        number = self.chronicle.rows.add(Attempt, **values)
        self.chronicle.state(statement_of(Attempt(**values)))
        is_correct = int(judgement.is_correct is True)
        self.chronicle.diary.note(learner.id, moment, answers=1, correct_answers=is_correct)
        return number, judgement

    def _strength(self, learner: Learner, point: str) -> float:
        strength = learner.strengths.get(point)
        if strength is None:
            rng = Random(f"strength/{self.chronicle.seed}/{learner.id}/{point}")
            strength = learner.strengths[point] = rng.gauss(0, SPREAD_OF_STRENGTHS)
        return strength


def right_response(item: ShelfItem) -> dict[str, Any]:
    """Return the response that the key calls right."""
    return kind_of(item).right(item)


def wrong_response(rng: Random, item: ShelfItem) -> dict[str, Any]:
    """Return a response that is wrong and shows no typical error."""
    match item.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            offered = [one["id"] for one in item.interaction["choices"]]
            return {"choices": [rng.choice([one for one in offered if one not in item.correct["choices"]])]}
        case ItemKind.TEXT_ENTRY:
            return {"blanks": ["不会"]}
        case ItemKind.NUMERIC:
            return {"value": f"{float(item.correct['value']) + rng.choice((-3, -2, 2, 5, 10)):g}"}
        case _:
            return {}
