"""Say how work is marked: blind or not, by whom, and look behind a number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from sqlalchemy import delete, select

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.database import db, insert_if_absent
from homework.assignments.models import Assignment
from homework.markers import queries
from homework.markers.errors import (
    DivisionChangedMeanwhile,
    NobodyMarks,
    NotAMarker,
    ReasonForNameMissing,
)
from homework.markers.models import Division, MarkingPlan, NameShown, PupilNumber, Share
from homework.marking.progress import pupils_of
from homework.submissions.models import Submission

FEWEST_MARKERS = 2
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """How the teacher wants an assignment to be marked."""

    is_blind: bool = False
    division: Division = Division.NONE
    teacher_ids: frozenset[int] = frozenset()
    """Among whom pupils are divided."""
    by_question: Mapping[int, int] = field(default_factory=dict)
    """Question to teacher."""

    def shares(self) -> set[tuple[int, int | None]]:
        """Rows (teacher, question)."""
        match self.division:
            case Division.NONE:
                return set()
            case Division.QUESTIONS:
                return {(teacher, question) for question, teacher in self.by_question.items()}
            case Division.PUPILS:
                return {(teacher, None) for teacher in self.teacher_ids}


def only_about(wish: Wish, question_ids: Collection[int]) -> Wish:
    """*wish* without questions that are not asked."""
    kept = {question: teacher for question, teacher in wish.by_question.items() if question in question_ids}
    return replace(wish, by_question=kept)


def arrange(
    assignment: Assignment, hat: Hat, wish: Wish, *, version: int, random: Random, now: datetime
) -> MarkingPlan:
    """Mark *assignment* as *wish* says; *version* is that of the plan that the teacher saw, 0 for none.

    Numbers are drawn by lot when the work becomes blind, and stay if it stops being so and becomes so again.

    Raises:
        DivisionChangedMeanwhile: it was changed since.
        NobodyMarks: pupils are divided among fewer than two.
        NotAMarker: someone is named who does not teach this subject to a class that has the work.
    """
    plan = db.session.scalar(queries.plan_of(assignment.id))
    if version != (plan.version if plan else 0):
        raise DivisionChangedMeanwhile
    shares = wish.shares()
    if (
        wish.division is not Division.NONE
        and len({teacher for teacher, _question in shares}) < FEWEST_MARKERS
    ):
        raise NobodyMarks
    able = set(db.session.scalars(queries.colleagues(assignment).with_only_columns(Person.id)))
    if any(teacher not in able for teacher, _question in shares):
        raise NotAMarker
    if plan is None:
        plan = MarkingPlan(assignment_id=assignment.id)
        db.session.add(plan)
    plan.is_blind, plan.division = wish.is_blind, wish.division
    plan.set_by_id, plan.set_at = hat.person_id, now
    db.session.execute(delete(Share).where(Share.assignment_id == assignment.id))
    db.session.add_all(
        Share(assignment_id=assignment.id, teacher_id=teacher, assignment_item_id=question)
        for teacher, question in sorted(shares, key=lambda one: (one[0], one[1] or 0))
    )
    db.session.flush()
    if wish.is_blind:
        owing = db.session.scalars(pupils_of(assignment.id, hat).with_only_columns(Person.id).order_by(None))
        handed_in = select(Submission.student_id).where(Submission.assignment_id == assignment.id)
        _draw(assignment.id, {*owing, *db.session.scalars(handed_in)}, random)
    details = {
        "is_blind": wish.is_blind,
        "division": wish.division.value,
        "teachers": sorted({one for one, _q in shares}),
    }
    record(
        "arrange_marking",
        "assignment",
        assignment.id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details=details,
    )
    return plan


def share_no_questions(assignment_id: int) -> None:
    """Nobody has questions of her own any more: they are planned anew."""
    db.session.execute(
        delete(Share).where(Share.assignment_id == assignment_id, Share.assignment_item_id.is_not(None))
    )


def number_late(submission: Submission, random: Random) -> None:
    """Draw a number for a pupil who came after the others had theirs, where the work is marked blind."""
    plan = db.session.scalar(queries.plan_of(submission.assignment_id))
    if plan is not None and plan.is_blind:
        _draw(submission.assignment_id, {submission.student_id}, random)


def look_behind(submission: Submission, hat: Hat, reason: str, *, now: datetime) -> None:
    """Show the marker the name behind a number; the reason stands in the log and beside the work.

    Raises:
        ReasonForNameMissing: there is none.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonForNameMissing
    row = {
        "submission_id": submission.id,
        "teacher_id": hat.person_id,
        "reason": reason,
        "shown_at": now,
    }
    if insert_if_absent(NameShown, [row]):
        record(
            "look_behind_number",
            "submission",
            submission.id,
            actor_id=hat.person_id,
            role=hat.role,
            now=now,
            details={"reason": reason},
        )


def _draw(assignment_id: int, student_ids: Collection[int], random: Random) -> None:
    """Give each pupil without a number one that is free, by lot."""
    drawn = list(db.session.scalars(queries.numbers_of(assignment_id)))
    waiting = sorted(set(student_ids) - {one.student_id for one in drawn})
    free = _free({one.number for one in drawn}, len(drawn) + len(waiting))
    numbers = random.sample(free, len(waiting))
    db.session.add_all(
        PupilNumber(assignment_id=assignment_id, student_id=student_id, number=number)
        for student_id, number in zip(waiting, numbers, strict=True)
    )
    db.session.flush()


def _free(taken: Iterable[int], most: int) -> list[int]:
    used = set(taken)
    return [one for one in range(1, most + 1) if one not in used]
