"""Record answers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.database import db, insert_new, publish
from learning.attempts import queries
from learning.attempts.errors import DifferentAnswer
from learning.attempts.events import Answered
from learning.attempts.models import Attempt, AttemptContext
from learning.records.services import Record, count_activity, record_statements
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.marking import Judgement, mark
from library.items.variants import Posed

LONGEST_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """One answer to keep."""

    question: Posed
    response: Mapping[str, Any]
    context: AttemptContext
    context_id: int | None
    client_key: UUID
    hints_used: int = 0
    seconds: float | None = None
    judgement: Judgement | None = None
    """Of a person who read the answer elsewhere, on paper, so that it is not known here."""

    @property
    def sha256(self) -> str:
        """What tells this answer from another under its key."""
        return response_digest(self.question.id, self.response, self.context, self.context_id)


def record_attempt(person_id: int, new: NewAttempt, *, now: datetime) -> Attempt:
    """Mark an answer and keep it; the same client key again returns the first one.

    Raises:
        DifferentAnswer: the client key was used for another answer.
    """
    return record_attempts(person_id, [new], now=now)[0]


def record_attempts(person_id: int, news: Sequence[NewAttempt], *, now: datetime) -> list[Attempt]:
    """Mark answers that were given in one go and keep them, in the same order; see ``record_attempt``.

    The number of statements does not depend on the number of answers.
    """
    fresh = {one.client_key: one for one in insert_new(Attempt, [_row(person_id, new, now) for new in news])}
    earlier = {new.client_key for new in news} - fresh.keys()
    kept = dict(fresh)
    if earlier:
        kept |= {one.client_key: one for one in db.session.scalars(queries.by_client_keys(earlier))}
    attempts = [_checked(kept[new.client_key], person_id, new) for new in news]
    if fresh:
        _tell(person_id, [one for one in attempts if one.client_key in fresh], now)
    return attempts


def _row(person_id: int, new: NewAttempt, now: datetime) -> dict[str, Any]:
    judgement = new.judgement or mark(new.question, new.response)
    return {
        "client_key": new.client_key,
        "response_sha256": new.sha256,
        "person_id": person_id,
        "item_id": new.question.item_id,
        "item_version_id": new.question.id,
        "seed": new.question.seed,
        "response": dict(new.response),
        "score": judgement.score,
        "is_correct": judgement.is_correct,
        "context": new.context,
        "context_id": new.context_id,
        "hints_used": new.hints_used,
        "seconds": None if new.seconds is None else min(max(new.seconds, 0.0), LONGEST_SECONDS),
        "answered_at": now,
    }


def _checked(attempt: Attempt, person_id: int, new: NewAttempt) -> Attempt:
    if attempt.person_id != person_id or attempt.response_sha256 != new.sha256:
        raise DifferentAnswer
    return attempt


def _tell(person_id: int, fresh: Sequence[Attempt], now: datetime) -> None:
    """Keep the statements, count the day's answers, and tell who listens."""
    record_statements([statement_of(one) for one in fresh], now=now)
    correct = sum(one.is_correct is True for one in fresh)
    count_activity(person_id, now, answers=len(fresh), correct_answers=correct)
    for context in dict.fromkeys(one.context for one in fresh):
        ids = tuple(one.id for one in fresh if one.context is context)
        publish(Answered(ids, person_id, context))


def response_digest(
    version_id: int, response: Mapping[str, Any], context: AttemptContext, context_id: int | None
) -> str:
    """What tells one answer from another: SHA-256 over version, response and place."""
    content = [version_id, response, context.value, context_id]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def statement_of(attempt: Attempt) -> Record:
    """What the record says of an answer."""
    result: dict[str, Any] = {"response": json.dumps(attempt.response, ensure_ascii=False)}
    if attempt.score is not None:
        result["score"] = {"scaled": attempt.score}
    if attempt.is_correct is not None:
        result["success"] = attempt.is_correct
    if attempt.seconds is not None:
        result["duration"] = f"PT{attempt.seconds:.1f}S"
    return Record(
        uuid=attempt.client_key,
        actor_id=attempt.person_id,
        verb=Verb.ANSWERED,
        object_type=ObjectType.ITEM,
        object_id=attempt.item_id,
        timestamp=attempt.answered_at,
        result=result,
        context={
            "extensions": {
                f"{EXTENSION}context": attempt.context.value,
                f"{EXTENSION}context-id": attempt.context_id,
                f"{EXTENSION}item-version": attempt.item_version_id,
                **({} if attempt.seed is None else {f"{EXTENSION}variant": attempt.seed}),
                f"{EXTENSION}hints-used": attempt.hints_used,
            }
        },
    )
