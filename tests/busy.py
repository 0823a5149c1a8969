"""A class where a lot has happened: for what must not become slower with the rows behind it."""

from dataclasses import dataclass
from datetime import timedelta

from core import clock
from homework.marking.services import return_one
from tests.factories.accounts import make_administrator, make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.learning import make_lesson, make_registration
from tests.factories.library import make_item, make_point, make_resource
from tests.factories.recommender import make_answer


@dataclass(frozen=True, slots=True)
class BusyClass:
    """Who looks at the class: the hat's id of one of each role, and the pupil's own id."""

    hats: dict[str, int]
    pupil_id: int


def make_busy_class(rows: int) -> BusyClass:
    """So many of each: homework given, handed in and returned; lessons begun; knowledge points answered."""
    now = clock.now()
    school_class = make_class()
    student, teacher = make_student(school_class), make_teacher(school_class)
    day = timedelta(days=1)
    for number in range(rows):
        assignment = make_assignment(
            teacher,
            school_class,
            title=f"作业 {number}",
            opens_at=now - 2 * day,
            due_at=now + day,
            cut_off_at=now + 2 * day,
        )
        if number % 2:
            submission = make_submission(assignment, student, now=now - timedelta(hours=2))
            if number % 4 == 1:
                return_one(submission, teacher, now=now - timedelta(hours=1))
        lesson = make_lesson(f"微课 {number}", created_by=teacher.person)
        registration = make_registration(student.person, lesson, now=now)
        registration.position_seconds = registration.seen_seconds = 30.0
        point = make_point(f"知识点 {number}")
        make_resource(f"资源 {number}", points=[point])
        make_answer(
            student, make_item(points=[point]), right=bool(number % 3), at=now - timedelta(minutes=number)
        )
    hats = {
        "student": student,
        "teacher": teacher,
        "guardian": make_guardian(student),
        "administrator": make_administrator(student.organisation),
    }
    return BusyClass({role: hat.id for role, hat in hats.items()}, student.person_id)
