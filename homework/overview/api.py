"""Assignments for programs: ``GET /api/v1/assignments``."""

from collections import defaultdict

from apiflask import APIBlueprint
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from accounts.people.policy import is_student, is_teacher
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow
from core.database import db
from core.paging import newest_first
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.overview import queries
from homework.overview.schemas import AssignmentOut, AssignmentsOut, Cursor, QuestionOut
from library.items.interactions import public_interaction

bp = APIBlueprint("assignments_api", __name__, url_prefix="/api/v1", tag="Homework")


def may_list(hat: Hat | None) -> bool:
    """Pupils what they owe, teachers what they gave."""
    return is_student(hat) or is_teacher(hat)


@bp.get("/assignments")
@bp.input(Cursor, location="query", arg_name="query")
@bp.output(AssignmentsOut)
@bp.doc(summary="List assignments")
@allow(may_list)
def index(query: Cursor) -> AssignmentsOut:
    """The newest first: a pupil's own with their state, a teacher's with counts."""
    hat, now = current_hat(), clock.now()
    page = newest_first(
        assignments.visible_to(hat, now).options(joinedload(Assignment.subject)), Assignment.id, query.cursor
    )
    asked: dict[int, list[AssignmentItem]] = defaultdict(list)
    for question in db.session.scalars(assignments.questions_in([one.id for one in page.rows])):
        asked[question.assignment_id].append(question)
    if hat.is_student:
        items = [_owed(one, asked[one.assignment.id]) for one in queries.tasks(hat.person_id, page.rows, now)]
    else:
        items = [_given(one, asked[one.assignment.id]) for one in queries.given(hat, page.rows)]
    return AssignmentsOut(items=items, next=page.next)


def _owed(task: queries.Task, questions: list[AssignmentItem]) -> AssignmentOut:
    shown = _shown(task.assignment, questions)
    shown.state = task.state
    shown.submission = task.submission.id if task.submission else None
    shown.points = task.points
    return shown


def _given(given: queries.Given, questions: list[AssignmentItem]) -> AssignmentOut:
    shown = _shown(given.assignment, questions)
    shown.pupils = given.progress.pupils
    shown.handed_in = given.progress.handed_in
    shown.returned = given.progress.returned
    return shown


def _shown(assignment: Assignment, questions: list[AssignmentItem]) -> AssignmentOut:
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
        questions=[
            QuestionOut(id=one.id, points=one.points, question=public_interaction(one.item_version))
            for one in questions
        ],
    )
