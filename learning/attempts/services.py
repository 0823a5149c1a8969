"""Record an answer."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.database import db, insert_if_absent, publish
from learning.attempts import queries
from learning.attempts.errors import DifferentAnswer
from learning.attempts.events import Answered
from learning.attempts.models import Attempt, AttemptContext
from learning.records.services import Record, count_activity, record_statement
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.marking import Judgement, mark
from library.items.variants import Posed

LONGEST_SECONDS = 3600.0


def record_attempt(  # noqa: PLR0913 -- an answer's parts are named at the call, and each is needed
    person_id: int,
    question: Posed,
    response: Mapping[str, Any],
    *,
    context: AttemptContext,
    context_id: int | None,
    client_key: UUID,
    hints_used: int = 0,
    seconds: float | None = None,
    judgement: Judgement | None = None,
    now: datetime,
) -> Attempt:
    """Mark a *response* to *question* and keep it; the same client key again returns the first one.

    *judgement* is that of a person who read the answer elsewhere, on paper, so that it is not known here.

    Raises:
        DifferentAnswer: the client key was used for another answer.
    """
    digest = response_digest(question.id, response, context, context_id)
    judgement = judgement or mark(question, response)
    is_new = insert_if_absent(
        Attempt,
        [
            {
                "client_key": client_key,
                "response_sha256": digest,
                "person_id": person_id,
                "item_id": question.item_id,
                "item_version_id": question.id,
                "seed": question.seed,
                "response": dict(response),
                "score": judgement.score,
                "is_correct": judgement.is_correct,
                "context": context,
                "context_id": context_id,
                "hints_used": hints_used,
                "seconds": None if seconds is None else min(max(seconds, 0.0), LONGEST_SECONDS),
                "answered_at": now,
            }
        ],
    )
    attempt = db.session.scalars(queries.by_client_key(client_key)).one()
    if not is_new:
        return _same_answer(attempt, person_id, digest)
    record_statement(statement_of(attempt), now=now)
    count_activity(person_id, now, answers=1, correct_answers=int(attempt.is_correct is True))
    publish(Answered(attempt.id, person_id, attempt.item_id, context))
    return attempt


def response_digest(
    version_id: int, response: Mapping[str, Any], context: AttemptContext, context_id: int | None
) -> str:
    """What tells one answer from another: SHA-256 over version, response and place."""
    content = [version_id, response, context.value, context_id]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _same_answer(attempt: Attempt, person_id: int, digest: str) -> Attempt:
    if attempt.person_id != person_id or attempt.response_sha256 != digest:
        raise DifferentAnswer
    return attempt


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
