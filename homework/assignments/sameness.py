"""Whether a form that is sent again says what it said the first time."""

from datetime import datetime

from core.database import db
from homework.assignments import queries
from homework.assignments.audience import depth_in
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.plan import PhotoQuestion, Plan, Question
from homework.assignments.release import HandIns
from homework.assignments.teaming import Teaming
from library.items.models import ItemKind

Target = tuple[str, int | None, Layer]


def columns_of(plan: Plan) -> dict[str, object]:
    """What *plan* says in columns of the assignment, but its opening: "at once" is always another moment."""
    return {
        "title": plan.title,
        "instructions": plan.instructions,
        "subject_id": plan.subject_id,
        "lesson_id": plan.lesson_id,
        "own_minutes": plan.own_minutes,
        "is_written": plan.is_written,
        "hand_ins": plan.rules.hand_ins,
        "most_hand_ins": plan.rules.most_hand_ins if plan.rules.hand_ins is HandIns.LIMITED else None,
        "counting": plan.rules.counting,
        "answers_shown": plan.rules.answers_shown,
        "teaming": plan.rules.teaming,
        "team_size": plan.rules.team_size if plan.rules.teaming is Teaming.CHOSEN else None,
        "due_at": plan.due_at,
        "cut_off_at": plan.cut_off_at,
    }


def says_the_same(earlier: Assignment, plan: Plan, now: datetime) -> bool:
    """Whether *earlier* asks the same of the same pupils as *plan*."""
    questions = list(db.session.scalars(queries.questions_of(earlier.id)))
    return (
        all(getattr(earlier, name) == value for name, value in columns_of(plan).items())
        and _opens_alike(earlier, plan, now)
        and _targets_given(earlier.id) == _targets_planned(plan)
        and len(questions) == len(plan.questions)
        and all(map(_asks_the_same, questions, plan.questions))
    )


def _opens_alike(earlier: Assignment, plan: Plan, now: datetime) -> bool:
    is_at_once = earlier.opens_at <= earlier.created_at and plan.opens_at <= now
    return is_at_once or earlier.opens_at == plan.opens_at


def _targets_planned(plan: Plan) -> set[Target]:
    named = {"class": plan.class_ids, "group": plan.group_ids, "pupil": plan.pupil_ids}
    return {
        (kind, number, depth_in(plan.depths, kind, number)) for kind, ids in named.items() for number in ids
    }


def _targets_given(assignment_id: int) -> set[Target]:
    classes = db.session.scalars(queries.targets_of(assignment_id))
    parts = db.session.scalars(queries.parts_of(assignment_id))
    return {("class", one.class_id, one.depth) for one in classes if one.is_whole} | {
        ("group", one.group_id, one.depth) if one.group_id else ("pupil", one.student_id, one.depth)
        for one in parts
    }


def _asks_the_same(given: AssignmentItem, planned: Question) -> bool:
    if (given.points, given.layer) != (planned.points, planned.layer):
        return False
    if not isinstance(planned, PhotoQuestion):
        return given.item_version_id == planned.item_version_id
    wording = given.item_version
    return (wording.kind, wording.prompt, wording.minutes) == (
        ItemKind.PHOTO,
        planned.prompt,
        planned.minutes,
    )
