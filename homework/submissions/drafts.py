"""What a pupil has typed and not handed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.assignments.schedule import is_taken
from homework.assignments.turns import take_turn_of
from homework.submissions import queries
from homework.submissions.errors import Closed, DraftIsNewer
from homework.submissions.models import Draft
from homework.submissions.turns import check_known


def save_draft(
    assignment: Assignment,
    hat: Hat,
    content: Mapping[str, Any],
    *,
    version: int,
    known: int | None = None,
    now: datetime,
) -> Draft:
    """Keep what the pupil has typed; *version* is the one that the page knows, 0 for none.

    Raises:
        Closed: the assignment takes no more work.
        HandedInElsewhere, HandedInMeanwhile: there are more hand-ins than the *known* ones.
        DraftIsNewer: another page or device saved meanwhile; its content stands in the details.
    """
    times = assignments.times_for(assignment, hat.person_id)
    if assignment.withdrawn_at is not None or not is_taken(times.cut_off_at, now):
        raise Closed(title=assignment.title)
    take_turn_of(hat.person_id)
    check_known(assignment.id, hat.person_id, known)
    draft = db.session.scalar(queries.draft_of(assignment.id, hat.person_id))
    if draft is None:
        draft = Draft(
            assignment_id=assignment.id,
            student_id=hat.person_id,
            content=dict(content),
            version=1,
            saved_at=now,
        )
        db.session.add(draft)
    elif draft.content != dict(content):
        if draft.version != version:
            raise DraftIsNewer(
                version=draft.version, content=draft.content, saved_at=draft.saved_at.isoformat()
            )
        draft.content = dict(content)
        draft.version += 1
        draft.saved_at = now
    db.session.flush()
    return draft


def drop_draft(assignment_id: int, student_id: int, version: int | None) -> None:
    """What was handed in needs no draft; one that another device saved later stays."""
    gone = delete(Draft).where(Draft.assignment_id == assignment_id, Draft.student_id == student_id)
    db.session.execute(gone if version is None else gone.where(Draft.version <= version))
