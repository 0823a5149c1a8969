"""A piece of work question by question: what the page, the files and the API show, from the same query."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers.queries import hides_names
from homework.marking import queries as marking
from homework.marking.models import Mark
from homework.reports.figures import (
    MOST_WRONG_ANSWERS,
    Given,
    WrongAnswer,
    difficulty,
    discrimination,
    wrong_answers,
)
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.items.variants import Posed, pose


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question of a piece of work in figures."""

    question: AssignmentItem
    given: list[Given]
    difficulty: float | None
    discrimination: float | None
    wrong: list[WrongAnswer]

    @property
    def pupils(self) -> int:
        """How many the figures are about."""
        return len(self.given)

    @property
    def answered(self) -> int:
        """How many answered it."""
        return sum(one.is_answered for one in self.given)

    @property
    def right(self) -> int:
        """How many got all points."""
        return sum(one.points >= one.most for one in self.given)

    def asked(self, given: Given) -> Posed:
        """What the pupil met."""
        return pose(self.question.item_version, given.seed)

    @property
    def commonest(self) -> list[WrongAnswer]:
        """The wrong answers that most gave."""
        return self.wrong[:MOST_WRONG_ANSWERS]


@dataclass(frozen=True, slots=True)
class WorkReport:
    """A piece of work, question by question."""

    assignment: Assignment
    rows: list[ItemRow]
    pupils: dict[int, Person]
    """Who stands behind the figures."""
    handed_in: int
    unmarked: int
    """Hand-ins with an answer that nobody has marked: they are left out until then."""


def report_of(assignment: Assignment, hat: Hat, class_id: int | None = None) -> WorkReport:
    """*assignment* by question, over the teacher's pupils (of one class); three statements.

    What counts of each pupil's hand-ins, once every answer is marked, and back where it is marked blind. A
    question that all must do and that was left out counts with no points; what could be done beyond counts
    for who did it.
    """
    counted = _counted(assignment, hat, class_id)
    unmarked = set(db.session.scalars(counted.where(marking.has_unmarked()).with_only_columns(Submission.id)))
    questions = {one.id: one for one in db.session.scalars(assignments.questions_of(assignment.id))}
    given: dict[int, list[Given]] = defaultdict(list)
    totals: dict[int, float] = defaultdict(float)
    pupils: dict[int, Person] = {}
    handed_in = set()
    for submission_id, person, question_id, answer_id, points, response, seed in db.session.execute(
        _answers_in(counted)
    ):
        handed_in.add(submission_id)
        if submission_id in unmarked:
            continue
        question = questions[question_id]
        pupils[person.id] = person
        given[question_id].append(
            Given(person.id, points, question.points, answer_id is not None, response or {}, seed)
        )
        if not question.is_dropped:
            totals[person.id] += points
    return WorkReport(
        assignment,
        [_item_row(one, given[one.id], totals) for one in questions.values()],
        pupils,
        len(handed_in),
        len(unmarked & handed_in),
    )


def _counted(assignment: Assignment, hat: Hat, class_id: int | None) -> Select[Submission]:
    """The hand-ins that the report is about, marked completely or not."""
    counted = submissions.visible_to(hat).where(
        Submission.assignment_id == assignment.id, submissions.counts(), ~hides_names()
    )
    return counted if class_id is None else counted.where(marking.is_pupil_of(literal(class_id)))


def _answers_in(counted: Select[Submission]) -> Select[int, Person, int, int | None, float, Any, int | None]:
    """Rows (hand-in, pupil, question, answer, points, response, seed), also of what had to be answered."""
    return (
        counted.with_only_columns(
            Submission.id,
            Person,
            AssignmentItem.id,
            Answer.id,
            func.coalesce(Mark.points, 0.0),
            Attempt.response,
            Attempt.seed,
        )
        .join(Person, Person.id == Submission.student_id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(Attempt, Attempt.id == Answer.attempt_id)
        .where(or_(Answer.id.is_not(None), AssignmentItem.layer == Layer.REQUIRED))
        .order_by(Submission.id, AssignmentItem.position)
    )


def _item_row(question: AssignmentItem, given: list[Given], totals: Mapping[int, float]) -> ItemRow:
    rest = totals if not question.is_dropped else {}
    return ItemRow(
        question,
        given,
        difficulty(given),
        None if question.is_dropped else discrimination(given, rest),
        wrong_answers(question.item_version, given),
    )
