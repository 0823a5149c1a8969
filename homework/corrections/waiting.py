"""Corrections that wait for a teacher, equal ones together."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.corrections.lines import Line, Row, filled
from homework.corrections.models import Correction
from homework.corrections.queries import corrections_visible_to, is_still_owed, returned_to
from homework.corrections.stages import Verdict
from homework.marking.models import Mark
from homework.submissions.models import Answer, Submission
from library.items.kinds.table import kind_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that a teacher looks at, with what it corrects."""

    correction: Correction
    student: Person
    line: Line


@dataclass(frozen=True, slots=True)
class Group:
    """Corrections that say the same, and so are judged together."""

    waiting: list[Waiting]

    @property
    def first(self) -> Waiting:
        """The one whose words stand for all."""
        return self.waiting[0]


def waiting_by_question(assignment_id: int, hat: Hat) -> dict[int, int]:
    """How many corrections of each question wait for the teacher."""
    rows = (
        select(Correction.assignment_item_id, func.count(Correction.id))
        .join(AssignmentItem, AssignmentItem.id == Correction.assignment_item_id)
        .where(
            AssignmentItem.assignment_id == assignment_id,
            Correction.state == Verdict.WAITING,
            is_still_owed(),
            Correction.submission_id.in_(returned_to(hat).with_only_columns(Submission.id)),
        )
        .group_by(Correction.assignment_item_id)
    )
    counted: dict[int, int] = dict(db.session.execute(rows).all())
    return counted


def waiting_at(question: AssignmentItem, hat: Hat) -> list[Group]:
    """The corrections of one question that wait for the teacher, equal ones in at most ten statements."""
    found = list(
        db.session.scalars(
            corrections_visible_to(hat)
            .where(
                Correction.assignment_item_id == question.id,
                Correction.state == Verdict.WAITING,
                is_still_owed(),
            )
            .order_by(Correction.id)
            .options(
                joinedload(Correction.submission).joinedload(Submission.student),
                joinedload(Correction.attempt),
            )
        )
    )
    ids = [one.submission_id for one in found]
    answers = {
        one.submission_id: one
        for one in db.session.scalars(
            select(Answer)
            .where(Answer.submission_id.in_(ids), Answer.assignment_item_id == question.id)
            .options(joinedload(Answer.attempt))
        )
    }
    marks = {
        one.answer_id: one
        for one in db.session.scalars(
            select(Mark).where(Mark.answer_id.in_([a.id for a in answers.values()]))
        )
    }
    rows: list[Row] = []
    for one in found:
        answer = answers.get(one.submission_id)
        rows.append((one.submission, question, answer, marks.get(answer.id) if answer else None))
    groups: dict[Any, list[Waiting]] = {}
    for one, line in zip(found, filled(rows), strict=True):
        same = kind_of(line.asked).same(line.asked, one.attempt.response)
        groups.setdefault(one.id if same is None else (line.asked.seed, same), []).append(
            Waiting(one, one.submission.student, line)
        )
    return sorted(
        (Group(one) for one in groups.values()), key=lambda one: (-len(one.waiting), one.first.correction.id)
    )
