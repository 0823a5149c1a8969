"""Answers for tests of what is made of them. Call inside an open transaction."""

from datetime import datetime
from uuid import uuid4

from accounts.guardians.models import ConsentRecord, Purpose
from accounts.people.models import Hat
from learning.attempts.models import Attempt, AttemptContext
from library.items.models import Item
from tests.factories.accounts import added


def make_answer(student: Hat, item: Item, *, right: bool = True, at: datetime) -> Attempt:
    """That *student* answered *item* in practice."""
    assert item.current_version_id is not None
    return added(
        Attempt(
            client_key=uuid4(),
            response_sha256="0" * 64,
            person_id=student.person_id,
            item_id=item.id,
            item_version_id=item.current_version_id,
            response={"choices": ["B" if right else "A"]},
            score=float(right),
            is_correct=right,
            context=AttemptContext.PRACTICE,
            context_id=None,
            answered_at=at,
        )
    )


def make_decision(student: Hat, *, is_granted: bool, by: Hat | None = None, at: datetime) -> ConsentRecord:
    """A decision on recommendations from the pupil's data."""
    return added(
        ConsentRecord(
            student_id=student.person_id,
            purpose=Purpose.RECOMMENDATIONS,
            is_granted=is_granted,
            decided_by_id=(by or student).person_id,
            decided_at=at,
            text_version="1",
            channel="web",
        )
    )
