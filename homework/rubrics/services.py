"""Write a rubric, and change it after work was marked by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.marking.history import Given, held_marks
from homework.marking.services import change_marks
from homework.notices.services import MarkNews, tell_marked_anew
from homework.rubrics import queries
from homework.rubrics.changes import Change, Fate, changes_by, digest_of
from homework.rubrics.choices import keep_past, standing
from homework.rubrics.errors import (
    RubricChangedMeanwhile,
    RubricChangeNotLast,
    RubricReasonMissing,
)
from homework.rubrics.models import RecalculatedMark, Rubric, RubricChange
from homework.rubrics.rubric import Criteria, Rounding, check

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """What another rubric would do."""

    criteria: Criteria
    changes: list[Change]
    judged: int
    """How many answers were marked by the rubric so far."""

    @property
    def digest(self) -> str:
        """Of exactly what would change."""
        return digest_of(self.criteria, self.changes)

    def of(self, fate: Fate) -> list[Change]:
        """The answers that share a fate."""
        return [one for one in self.changes if one.fate is fate]


def plan(question: AssignmentItem, rubric: Rubric | None, criteria: Criteria) -> Plan:
    """What *criteria* would make of the marks of *question*; nothing is written.

    Raises:
        NoCriteria, TooLarge, CriterionWithoutLevels, PointsDiffer: nobody can mark by them.
    """
    check(criteria, question.points)
    judged = queries.judged_by(rubric) if rubric else []
    return Plan(criteria, changes_by(criteria, judged), len(judged))


def write(
    question: AssignmentItem, hat: Hat, criteria: Criteria, *, seen: str, reason: str, now: datetime
) -> Rubric:
    """Let *question* be judged by *criteria*; marks that were given by an earlier rubric are recalculated.

    Marks that a teacher set by hand stay, and those of which a level is gone. Who has work back is told.

    Raises:
        NoCriteria, TooLarge, CriterionWithoutLevels, PointsDiffer: nobody can mark by them.
        RubricChangedMeanwhile: the marks are others than those of the preview *seen*.
        RubricReasonMissing: marks change, and nobody would know why.
    """
    rubric = db.session.scalar(queries.rubric_of(question.id))
    if rubric is not None:
        held_marks([one.answer_id for one in queries.judged_by(rubric)])
    planned = plan(question, rubric, criteria)
    if rubric is None:
        rubric = Rubric(assignment_item_id=question.id)
        db.session.add(rubric)
    elif planned.judged:
        if planned.digest != seen:
            raise RubricChangedMeanwhile
        if planned.changes and not reason.strip():
            raise RubricReasonMissing
        _recalculate(rubric, hat, planned, reason.strip()[:LONGEST_REASON], now)
    rubric.criteria, rubric.rounding = criteria.as_data(), criteria.rounding
    rubric.written_by_id, rubric.written_at = hat.person_id, now
    db.session.flush()
    return rubric


def take_away(rubric: Rubric) -> bool:
    """Mark the question without a rubric; not once answers were marked by it. Whether it is gone."""
    if queries.judged_by(rubric) or db.session.scalars(queries.changes_of(rubric.id)).first():
        return False
    db.session.delete(rubric)
    db.session.flush()
    return True


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rubric without its question."""

    item_version_id: int
    points: float
    criteria: list[Any]
    rounding: Rounding
    written_by_id: int
    written_at: datetime


def set_aside(assignment_id: int) -> list[SetAside]:
    """Take the rubrics off questions that are about to be planned anew; nobody has answered them yet."""
    rows = db.session.execute(queries.rubrics_in(assignment_id)).all()
    kept = [
        SetAside(
            question.item_version_id,
            question.points,
            rubric.criteria,
            rubric.rounding,
            rubric.written_by_id,
            rubric.written_at,
        )
        for rubric, question in rows
    ]
    for rubric, _question in rows:
        db.session.delete(rubric)
    db.session.flush()
    return kept


def put_again(kept: Sequence[SetAside], questions: Sequence[AssignmentItem]) -> int:
    """Give the rubrics to the same questions with the same points; return how many found theirs."""
    places = {(one.item_version_id, one.points): one.id for one in questions}
    found = [one for one in kept if (one.item_version_id, one.points) in places]
    for one in found:
        db.session.add(
            Rubric(
                assignment_item_id=places[one.item_version_id, one.points],
                criteria=one.criteria,
                rounding=one.rounding,
                written_by_id=one.written_by_id,
                written_at=one.written_at,
            )
        )
    db.session.flush()
    return len(found)


def undo(change: RubricChange, hat: Hat, *, now: datetime) -> int:
    """Put rubric and marks back as they were before *change*; marks that somebody gave since stay.

    Returns how many marks are back.

    Raises:
        RubricChangeNotLast: the rubric was changed again since.
    """
    if change.undone_at is not None:
        return 0
    rubric = db.session.get_one(Rubric, change.rubric_id)
    last = db.session.scalars(
        queries.changes_of(rubric.id).where(RubricChange.undone_at.is_(None)).limit(1)
    ).first()
    if last is None or last.id != change.id or rubric.criteria != change.criteria:
        raise RubricChangeNotLast
    rubric.criteria, rubric.rounding = change.earlier_criteria, change.earlier_rounding
    change.undone_at = now
    db.session.flush()
    rows = {one.answer_id: one for one in db.session.scalars(queries.recalculated_by(change.id))}
    marks = held_marks(sorted(rows))
    back = {
        answer_id: row.earlier_points
        for answer_id, row in rows.items()
        if answer_id in marks and marks[answer_id].version == row.version
    }
    judged = [one for one in queries.judged_by(rubric) if one.answer_id in back]
    _give({one.answer_id: back[one.answer_id] for one in judged}, hat, now)
    undone = [Change(one, back[one.answer_id], Fate.RECALCULATED) for one in judged]
    _tell(change, undone, hat, now)
    _log("undo_rubric_change", rubric, change, hat, now)
    return len(back)


def _recalculate(rubric: Rubric, hat: Hat, planned: Plan, reason: str, now: datetime) -> None:
    change = RubricChange(
        rubric_id=rubric.id,
        earlier_criteria=rubric.criteria,
        earlier_rounding=rubric.rounding,
        criteria=planned.criteria.as_data(),
        rounding=planned.criteria.rounding,
        reason=reason,
        made_by_id=hat.person_id,
        made_at=now,
    )
    db.session.add(change)
    db.session.flush()
    changed = planned.of(Fate.RECALCULATED)
    versions = _give({one.judged.answer_id: one.points for one in changed}, hat, now)
    db.session.add_all(
        RecalculatedMark(
            rubric_change_id=change.id,
            answer_id=one.judged.answer_id,
            earlier_points=one.judged.points,
            points=one.points,
            version=versions[one.judged.answer_id],
        )
        for one in changed
    )
    _tell(change, changed, hat, now)
    _log("change_rubric", rubric, change, hat, now)


def _give(points: Mapping[int, float], hat: Hat, now: datetime) -> dict[int, int]:
    """Give the answers the points that their levels give now; the versions of their marks."""
    before = standing(points)
    marks = held_marks(sorted(points))
    versions = change_marks(
        {
            answer_id: Given(points[answer_id], one.comment, one.source, hat.person_id, now)
            for answer_id, one in marks.items()
        }
    )
    keep_past(before, marks.values())
    choices = queries.choices_of(list(points))
    for answer_id, choice in choices.items():
        choice.points = points[answer_id]
    db.session.flush()
    return versions


def _tell(change: RubricChange, changed: Sequence[Change], hat: Hat, now: datetime) -> None:
    is_undone = change.undone_at is not None
    tell_marked_anew(
        [
            MarkNews(
                one.judged.student_id,
                one.judged.assignment_id,
                one.judged.question,
                one.judged.points,
                one.points,
            )
            for one in changed
            if one.judged.is_returned and one.changes
        ],
        [],
        by_id=hat.person_id,
        about=f"rubric:{change.id}:{'undone' if is_undone else 'made'}",
        reason=change.reason,
        is_undone=is_undone,
        now=now,
    )


def _log(verb: str, rubric: Rubric, change: RubricChange, hat: Hat, now: datetime) -> None:
    details = {"change": change.id, "reason": change.reason}
    record(verb, "rubric", rubric.id, actor_id=hat.person_id, role=hat.role, now=now, details=details)
