"""Assignments for programs: ``GET /api/v1/assignments``."""

from collections import defaultdict

from apiflask import APIBlueprint
from sqlalchemy.orm import joinedload

from accounts.classes.queries import students_visible_to
from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow
from core.database import db
from core.errors import NotFound
from core.paging import newest_first
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.layers import is_required
from homework.assignments.models import Assignment, AssignmentItem
from homework.overview import queries
from homework.overview.schemas import AssignmentOut, AssignmentsOut, ChildOut, QuestionOut, Wanted
from homework.rubrics.queries import rubrics_of
from homework.submissions.questions import Question
from library.items.interactions import public_interaction

bp = APIBlueprint("assignments_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/assignments")
@bp.input(Wanted, location="query", arg_name="wanted")
@bp.output(AssignmentsOut)
@bp.doc(summary="List assignments", responses={404: "The child is not yours."})
@allow(policy.may_list)
def index(wanted: Wanted) -> AssignmentsOut:
    """The newest first: a pupil's or a child's with their state, a teacher's or a school's with counts."""
    hat, now = current_hat(), clock.now()
    children = _children(hat)
    student_id = _whose(hat, children, wanted.child)
    visible = assignments.visible_to(hat, now)
    if student_id is not None:
        visible = assignments.given_to([student_id], now)
    page = newest_first(visible.options(joinedload(Assignment.subject)), Assignment.id, wanted.cursor)
    asked: dict[int, list[AssignmentItem]] = defaultdict(list)
    for one in db.session.scalars(assignments.questions_in([one.id for one in page.rows])):
        asked[one.assignment_id].append(one)
    if student_id is not None:
        items = [
            _owed(one, _posed(asked[one.assignment.id], student_id))
            for one in queries.tasks(student_id, page.rows, now)
        ]
    else:
        items = [
            _given(one, _posed(asked[one.assignment.id], hat.person_id))
            for one in queries.given(hat, page.rows)
        ]
    rubrics = rubrics_of([one.id for found in asked.values() for one in found])
    for question in (one for item in items for one in item.questions):
        if question.id in rubrics:
            question.rubric = rubrics[question.id].criteria
    return AssignmentsOut(
        student=student_id,
        children=[ChildOut(id=one.id, name=one.name) for one in children],
        items=items,
        next=page.next,
    )


def _children(hat: Hat) -> list[Person]:
    if not hat.is_guardian:
        return []
    return list(db.session.scalars(students_visible_to(hat).order_by(Person.id)))


def _whose(hat: Hat, children: list[Person], wanted: int | None) -> int | None:
    """The pupil whose list it is; None for staff, and for a guardian without a child."""
    if hat.is_student:
        return hat.person_id
    if wanted is None:
        return children[0].id if children else None
    if wanted not in {one.id for one in children}:
        raise NotFound
    return wanted


def _posed(items: list[AssignmentItem], person_id: int) -> list[Question]:
    """The questions as the pupil meets them; staff see variants of their own."""
    return [Question.of(one, person_id) for one in items]


def _owed(task: queries.Task, questions: list[Question]) -> AssignmentOut:
    shown = _shown(task.assignment, questions)
    shown.state = task.state
    shown.submission = task.submission.id if task.submission else None
    shown.points = task.points
    shown.due_at, shown.cut_off_at = task.times.due_at, task.times.cut_off_at
    shown.exception = task.exception.reason if task.exception else None
    for question, asked in zip(shown.questions, questions, strict=True):
        question.is_required = is_required(asked.layer, task.depth)
    return shown


def _given(given: queries.Given, questions: list[Question]) -> AssignmentOut:
    shown = _shown(given.assignment, questions)
    shown.pupils = given.progress.pupils
    shown.handed_in = given.progress.handed_in
    shown.returned = given.progress.returned
    return shown


def _shown(assignment: Assignment, questions: list[Question]) -> AssignmentOut:
    return AssignmentOut(
        id=assignment.id,
        title=assignment.title,
        instructions=assignment.instructions,
        subject=assignment.subject.code,
        lesson=assignment.lesson_id,
        estimated_minutes=assignment.estimated_minutes,
        opens_at=assignment.opens_at,
        due_at=assignment.due_at,
        cut_off_at=assignment.cut_off_at,
        is_written=assignment.is_written,
        hand_ins=assignment.hand_ins,
        most_hand_ins=assignment.most_hand_ins,
        counting=assignment.counting,
        answers_shown=assignment.answers_shown,
        questions=[
            QuestionOut(
                id=one.id,
                points=one.points,
                layer=one.layer,
                question=public_interaction(one.asked),
            )
            for one in questions
        ],
    )
