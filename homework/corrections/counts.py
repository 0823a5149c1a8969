"""How far pupils are with correcting their work."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.corrections.models import Correction
from homework.corrections.queries import latest_versions, owes, returned_to
from homework.corrections.stages import Stage, Verdict, stage_of
from homework.marking.models import Mark
from homework.submissions.models import Answer, Submission


@dataclass(slots=True)
class Count:
    """How many questions stand where, without those that need no correction any more."""

    owed: int = 0
    again: int = 0
    waiting: int = 0
    accepted: int = 0

    def add(self, stage: Stage) -> None:
        """One more at *stage*."""
        setattr(self, stage.value, getattr(self, stage.value) + 1)

    @property
    def all(self) -> int:
        """How many there were to correct."""
        return self.owed + self.again + self.waiting + self.accepted

    @property
    def open(self) -> int:
        """How many the pupil owes."""
        return self.owed + self.again


@dataclass(frozen=True, slots=True)
class Debt:
    """How far one pupil is with correcting one piece of work."""

    submission: Submission
    student: Person
    count: Count


def counts_of(submission_ids: Collection[int] | Select[int]) -> dict[int, Count]:
    """How many questions stand where, by hand-in; hand-ins with nothing to correct are left out."""
    latest = latest_versions(submission_ids)
    rows = db.session.execute(
        select(Submission.id, Correction.state, latest.c.is_accepted, owes())
        .select_from(Submission)
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(
            latest,
            and_(latest.c.submission_id == Submission.id, latest.c.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Correction, Correction.id == latest.c.latest)
        .where(Submission.id.in_(submission_ids), or_(owes(), Correction.id.is_not(None)))
    )
    found: dict[int, Count] = defaultdict(Count)
    for submission_id, state, is_accepted, is_owed in rows:
        latest_verdict = cast("Verdict | None", state)
        stage = stage_of(latest_verdict, is_accepted=bool(is_accepted), is_owed=bool(is_owed))
        if stage is not Stage.NOT_OWED:
            found[submission_id].add(stage)
    return dict(found)


def debts_of(assignment_id: int, hat: Hat) -> list[Debt]:
    """How far each of the teacher's pupils is with correcting the work, in two statements."""
    returned = returned_to(hat).where(Submission.assignment_id == assignment_id)
    counts = counts_of(returned.with_only_columns(Submission.id))
    rows = db.session.scalars(
        returned.where(Submission.id.in_(counts)).options(joinedload(Submission.student))
    )
    listed = [Debt(one, one.student, counts[one.id]) for one in rows]
    return sorted(
        listed, key=lambda one: (-one.count.open, -one.count.waiting, one.student.name, one.student.id)
    )
