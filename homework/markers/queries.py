"""Markers, their parts, and the numbers that stand for names."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, exists, or_, select

from accounts.classes.models import Enrolment
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.markers.models import Division, MarkingPlan, NameShown, PupilNumber, Share
from homework.markers.names import Names
from homework.submissions.models import Submission
from library.curriculum.models import Subject


@dataclass(frozen=True, slots=True)
class Parts:
    """Who marks what of one assignment, as one teacher meets it."""

    division: Division = Division.NONE
    teacher_id: int = 0
    by_question: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Question to the teachers who mark it."""
    by_pupil: Mapping[int, int] = field(default_factory=dict)
    """Pupil to the teacher who marks her work."""
    is_marker: bool = False

    def is_my_question(self, question_id: int) -> bool:
        """Whether the teacher marks the question first: one that nobody has is everybody's."""
        markers = self.by_question.get(question_id, frozenset())
        return self.division is not Division.QUESTIONS or not markers or self.teacher_id in markers

    def is_my_pupil(self, student_id: int) -> bool:
        """Whether the teacher marks the pupil's work first."""
        return self.division is not Division.PUPILS or self.by_pupil.get(student_id) in (
            None,
            self.teacher_id,
        )


def plan_of(assignment_id: int) -> Select[MarkingPlan]:
    """How an assignment is marked, where that was said."""
    return select(MarkingPlan).where(MarkingPlan.assignment_id == assignment_id)


def own_work(hat: Hat, assignment_id: int) -> Select[Assignment]:
    """Work that the teacher is in charge of."""
    return assignments.in_charge_of(hat).where(Assignment.id == assignment_id)


def hides_names() -> ColumnElement[bool]:
    """Whether a submission is marked blind and not back yet."""
    blind = exists().where(MarkingPlan.assignment_id == Submission.assignment_id, MarkingPlan.is_blind)
    return blind.correlate(Submission) & Submission.returned_at.is_(None)


def names_for(assignment_id: int, hat: Hat) -> Names:
    """What the teacher calls the pupils of an assignment: one query, three where it is marked blind."""
    return names_in([assignment_id], hat)[assignment_id]


def names_in(assignment_ids: Collection[int], hat: Hat) -> dict[int, Names]:
    """What the teacher calls the pupils of each assignment, in as many queries as for one."""
    plans = select(MarkingPlan.assignment_id).where(MarkingPlan.assignment_id.in_(assignment_ids))
    blind = set(db.session.scalars(plans.where(MarkingPlan.is_blind)))
    found = dict.fromkeys(assignment_ids, Names())
    if not blind:
        return found
    numbers: dict[int, dict[int, int]] = defaultdict(dict)
    drawn = select(PupilNumber.assignment_id, PupilNumber.student_id, PupilNumber.number)
    for assignment_id, student_id, number in db.session.execute(
        drawn.where(PupilNumber.assignment_id.in_(blind))
    ):
        numbers[assignment_id][student_id] = number
    shown = (
        select(NameShown.submission_id)
        .join(Submission, Submission.id == NameShown.submission_id)
        .where(Submission.assignment_id.in_(blind), NameShown.teacher_id == hat.person_id)
    )
    seen = frozenset(db.session.scalars(shown))
    return found | {one: Names(is_blind=True, numbers=numbers[one], shown=seen) for one in blind}


def numbers_of(assignment_id: int) -> Select[PupilNumber]:
    """The numbers that were drawn."""
    return select(PupilNumber).where(PupilNumber.assignment_id == assignment_id)


def shares_of(assignment_id: int) -> Select[Share]:
    """Who marks what."""
    return select(Share).where(Share.assignment_id == assignment_id).order_by(Share.teacher_id, Share.id)


def colleagues(assignment: Assignment) -> Select[Person]:
    """Who may mark an assignment: who gave it, and who teaches its subject in a class that has it."""
    code = select(Subject.code).where(Subject.id == assignment.subject_id).scalar_subquery()
    teaches = (
        exists()
        .where(AssignmentTarget.assignment_id == assignment.id)
        .where(AssignmentTarget.class_id == Enrolment.class_id, Enrolment.person_id == Person.id)
        .where(Enrolment.role == Role.TEACHER, Enrolment.ends_on.is_(None))
        .where(or_(Enrolment.subject_code == code, Person.id == assignment.teacher_id))
    )
    return select(Person).where(teaches).order_by(Person.id != assignment.teacher_id, Person.name, Person.id)


def parts_for(assignment_id: int, hat: Hat) -> Parts:
    """What of an assignment the teacher marks first: one query where the marking is not divided."""
    plan = db.session.scalar(plan_of(assignment_id))
    if plan is None or plan.division is Division.NONE:
        return Parts(teacher_id=hat.person_id)
    shares = list(db.session.scalars(shares_of(assignment_id)))
    is_marker = any(one.teacher_id == hat.person_id for one in shares)
    if plan.division is Division.QUESTIONS:
        markers: dict[int, set[int]] = defaultdict(set)
        for one in shares:
            if one.assignment_item_id is not None:
                markers[one.assignment_item_id].add(one.teacher_id)
        by_question = {question: frozenset(found) for question, found in markers.items()}
        return Parts(plan.division, hat.person_id, by_question, is_marker=is_marker)
    by_pupil = pupils_shared(assignment_id, {one.teacher_id for one in shares})
    return Parts(plan.division, hat.person_id, by_pupil=by_pupil, is_marker=is_marker)


def pupils_shared(assignment_id: int, teacher_ids: Collection[int]) -> dict[int, int]:
    """Pupil to teacher, evenly within each class among those of the teachers who teach there, one query.

    It hangs on ids alone: who joins later shifts nobody else to another teacher.
    """
    rows = db.session.execute(
        select(Enrolment.class_id, Enrolment.role, Enrolment.person_id)
        .join(AssignmentTarget, AssignmentTarget.class_id == Enrolment.class_id)
        .where(
            AssignmentTarget.assignment_id == assignment_id,
            Enrolment.ends_on.is_(None),
            or_(Enrolment.role == Role.STUDENT, Enrolment.person_id.in_(teacher_ids)),
        )
        .distinct()
    ).all()
    teachers: dict[int, list[int]] = defaultdict(list)
    for class_id, role, person_id in sorted(rows, key=lambda row: row[2]):
        if role is Role.TEACHER:
            teachers[class_id].append(person_id)
    return {
        person_id: teachers[class_id][person_id % len(teachers[class_id])]
        for class_id, role, person_id in rows
        if role is Role.STUDENT and teachers[class_id]
    }


def looks_behind(assignment_id: int) -> Select[NameShown, str, int | None]:
    """Rows (look, who looked, number): who looked behind which number of an assignment, the latest first."""
    return (
        select(NameShown, Person.name, PupilNumber.number)
        .join(Submission, Submission.id == NameShown.submission_id)
        .join(Person, Person.id == NameShown.teacher_id)
        .outerjoin(
            PupilNumber,
            (PupilNumber.assignment_id == Submission.assignment_id)
            & (PupilNumber.student_id == Submission.student_id),
        )
        .where(Submission.assignment_id == assignment_id)
        .order_by(NameShown.id.desc())
    )
