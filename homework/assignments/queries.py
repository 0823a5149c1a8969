"""Assignments as a hat may see them, and what they ask for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of, students_visible_to
from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat, Person, Role
from core.audit.models import AuditEntry
from core.database import db
from homework.assignments.layers import Layer, deepest
from homework.assignments.models import (
    Assignment,
    AssignmentException,
    AssignmentItem,
    AssignmentTarget,
    TargetPart,
)
from homework.assignments.schedule import Times
from homework.groups.models import GroupMember
from library.curriculum.models import Subject


def by_client_key(client_key: str) -> Select[Assignment]:
    """The assignment that was made with this form."""
    return select(Assignment).where(Assignment.client_key == client_key)


def reaches() -> ColumnElement[bool]:
    """Whether a target reaches the pupil of an enrolment: the one place that says who is given what.

    True for pupils who are in the class now: of a whole class all, else those whom a part names, herself or
    through a group. Who moves to another class has its work at once, and loses that of the old one.
    """
    named = (
        select(TargetPart.id)
        .where(
            TargetPart.assignment_id == AssignmentTarget.assignment_id,
            TargetPart.class_id == AssignmentTarget.class_id,
            or_(TargetPart.student_id == Enrolment.person_id, _is_in_group(Enrolment.person_id)),
        )
        .correlate(AssignmentTarget, Enrolment)
        .exists()
    )
    return and_(
        Enrolment.class_id == AssignmentTarget.class_id,
        Enrolment.role == Role.STUDENT,
        Enrolment.ends_on.is_(None),
        or_(AssignmentTarget.is_whole, named),
    )


def is_excused() -> ColumnElement[bool]:
    """Whether the pupil of an enrolment need not do what a target gives."""
    return (
        exists()
        .where(AssignmentException.assignment_id == AssignmentTarget.assignment_id)
        .where(AssignmentException.student_id == Enrolment.person_id, AssignmentException.is_excused)
    )


def given_to(student_ids: Select[int] | list[int], now: datetime) -> Select[Assignment]:
    """What the pupils were given, through a class they are in now, once it is open, unless withdrawn."""
    return once_given_to(student_ids, now).where(Assignment.withdrawn_at.is_(None))


def once_given_to(student_ids: Select[int] | list[int], now: datetime) -> Select[Assignment]:
    """The same, also what is withdrawn: for who is at it, and has to be told."""
    targets = select(AssignmentTarget.assignment_id).where(Enrolment.person_id.in_(student_ids), reaches())
    return select(Assignment).where(Assignment.id.in_(targets), Assignment.opens_at <= now)


def assigned_to(hat: Hat, now: datetime) -> Select[Assignment]:
    """What the pupil who wears *hat* was given."""
    return given_to([hat.person_id], now)


def due_for(student_id: int) -> ColumnElement[datetime]:
    """When an assignment is due for the pupil."""
    return _later(AssignmentException.due_at, Assignment.due_at, student_id)


def cut_off_for(student_id: int) -> ColumnElement[datetime]:
    """How long an assignment is taken from the pupil."""
    return _later(AssignmentException.cut_off_at, Assignment.cut_off_at, student_id)


def is_excused_for(student_id: int) -> ColumnElement[bool]:
    """Whether the pupil need not do an assignment."""
    return exists().where(
        AssignmentException.assignment_id == Assignment.id,
        AssignmentException.student_id == student_id,
        AssignmentException.is_excused,
    )


def exceptions_for(
    assignment_ids: Collection[int], student_ids: Collection[int]
) -> Select[AssignmentException]:
    """The pupils' exceptions from the assignments."""
    return select(AssignmentException).where(
        AssignmentException.assignment_id.in_(assignment_ids), AssignmentException.student_id.in_(student_ids)
    )


def exception_of(assignment_id: int, student_id: int) -> Select[AssignmentException]:
    """The pupil's exception from the assignment."""
    return exceptions_for([assignment_id], [student_id])


def times_of(assignment: Assignment, exception: AssignmentException | None) -> Times:
    """When *assignment* is due, for the pupil with *exception*: never before it is due for all.

    The work may have been moved since the exception was made.
    """
    if exception is None:
        return Times(assignment.due_at, assignment.cut_off_at)
    return Times(
        max(exception.due_at or assignment.due_at, assignment.due_at),
        max(exception.cut_off_at or assignment.cut_off_at, assignment.cut_off_at),
        exception.is_excused,
    )


def times_for(assignment: Assignment, student_id: int) -> Times:
    """When *assignment* is due for the pupil."""
    return times_of(assignment, db.session.scalar(exception_of(assignment.id, student_id)))


def changed_last_by(assignment_id: int) -> Select[Person]:
    """Who changed what the assignment says, or withdrew it or gave it again, last."""
    verbs = ("change_assignment", "amend_assignment", "withdraw_assignment", "give_assignment_again")
    return (
        select(Person)
        .join(AuditEntry, AuditEntry.actor_id == Person.id)
        .where(AuditEntry.object_type == "assignment", AuditEntry.object_id == str(assignment_id))
        .where(AuditEntry.verb.in_(verbs))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def asks() -> ColumnElement[bool]:
    """Whether an assignment has questions."""
    return exists().where(AssignmentItem.assignment_id == Assignment.id)


def leaves_a_trace() -> ColumnElement[bool]:
    """Whether an assignment has questions or a lesson, so that one can see whether it is done."""
    return or_(Assignment.lesson_id.is_not(None), asks())


def open_for(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil can still hand in, handed in already or not, the nearest due time first."""
    return (
        given_to([student_id], now)
        .where(cut_off_for(student_id) >= now, ~is_excused_for(student_id))
        .where(or_(due_for(student_id) >= now, leaves_a_trace()))
        .order_by(due_for(student_id), Assignment.id)
    )


def depths_of(student_id: int, assignment_ids: Collection[int]) -> dict[int, Layer]:
    """What of layered work the pupil must do, by assignment: as she, her groups, or her class must."""
    own: dict[int, dict[int, list[Layer]]] = defaultdict(lambda: defaultdict(list))
    parts = select(TargetPart.assignment_id, TargetPart.depth, TargetPart.student_id).where(
        TargetPart.assignment_id.in_(assignment_ids),
        or_(TargetPart.student_id == student_id, _is_in_group(student_id)),
    )
    for assignment_id, depth, named_id in db.session.execute(parts):
        own[assignment_id][0 if named_id else 1].append(depth)
    classes = select(AssignmentTarget.assignment_id, AssignmentTarget.depth).where(
        AssignmentTarget.assignment_id.in_(assignment_ids), Enrolment.person_id == student_id, reaches()
    )
    for assignment_id, depth in db.session.execute(classes):
        own[assignment_id][2].append(depth)
    return {one: deepest(found[min(found)]) for one, found in own.items()}


def taught_by(hat: Hat) -> Select[Assignment]:
    """Work for the classes that the teacher teaches now: his own, and that of his subjects there."""
    return select(Assignment).where(
        exists()
        .where(AssignmentTarget.assignment_id == Assignment.id)
        .where(AssignmentTarget.class_id == Enrolment.class_id)
        .where(_teaches_now(hat))
        .where(or_(Assignment.teacher_id == hat.person_id, Enrolment.subject_code == _subject_code()))
    )


def in_charge_of(hat: Hat) -> Select[Assignment]:
    """Work that is the teacher's to decide about: what he gave and still teaches.

    What was given by a teacher who has left all its classes is theirs who teach its subject there now.
    """
    return taught_by(hat).where(or_(Assignment.teacher_id == hat.person_id, ~giver_teaches_it()))


def giver_teaches_it() -> ColumnElement[bool]:
    """Whether who gave an assignment teaches one of its classes still."""
    giver = aliased(Enrolment)
    return (
        exists()
        .where(AssignmentTarget.assignment_id == Assignment.id, AssignmentTarget.class_id == giver.class_id)
        .where(giver.person_id == Assignment.teacher_id, giver.role == Role.TEACHER, giver.ends_on.is_(None))
        .correlate(Assignment)
    )


def is_in_charge(assignment: Assignment, hat: Hat) -> bool:
    """Whether work that the teacher sees is hers to decide about; who sees her own work teaches it still."""
    if assignment.teacher_id == hat.person_id:
        return True
    found = in_charge_of(hat).where(Assignment.id == assignment.id)
    return db.session.scalar(found.with_only_columns(Assignment.id)) is not None


def visible_to(hat: Hat, now: datetime) -> Select[Assignment]:
    """The assignments that the hat may see: owed, her children's, taught, or given in her school."""
    match hat.role:
        case Role.STUDENT:
            return assigned_to(hat, now)
        case Role.GUARDIAN:
            return given_to(students_visible_to(hat).with_only_columns(Person.id), now)
        case Role.TEACHER:
            return taught_by(hat)
        case Role.ADMINISTRATOR if hat.organisation.kind is OrganisationKind.SCHOOL:
            return select(Assignment).where(
                exists()
                .where(AssignmentTarget.assignment_id == Assignment.id)
                .where(AssignmentTarget.class_id == SchoolClass.id)
                .where(SchoolClass.school_id == hat.organisation_id)
            )
        case _:
            return select(Assignment).where(false())


def questions_of(assignment_id: int) -> Select[AssignmentItem]:
    """The questions in order, with their wording."""
    return questions_in([assignment_id])


def questions_in(assignment_ids: Iterable[int]) -> Select[AssignmentItem]:
    """The questions of several assignments, each one's in order, with their wording."""
    return (
        select(AssignmentItem)
        .where(AssignmentItem.assignment_id.in_(assignment_ids))
        .order_by(AssignmentItem.assignment_id, AssignmentItem.position)
        .options(joinedload(AssignmentItem.item_version))
    )


def classes_of(hat: Hat) -> Select[SchoolClass]:
    """The classes to which the teacher may assign, by grade and name."""
    return (
        select(SchoolClass)
        .where(SchoolClass.id.in_(class_ids_of(hat)))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def class_ids_concerning(hat: Hat) -> Select[int]:
    """Ids of the classes whose work *hat* is concerned with: a teacher's own, a school's all."""
    if hat.is_administrator:
        return select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id)
    return class_ids_of(hat)


def class_ids_targeted(assignment_id: int, hat: Hat) -> Select[int]:
    """Ids of the classes that got the assignment and that *hat* is concerned with."""
    return select(AssignmentTarget.class_id).where(
        AssignmentTarget.assignment_id == assignment_id,
        AssignmentTarget.class_id.in_(class_ids_concerning(hat)),
    )


def classes_given(assignment_id: int, hat: Hat) -> Select[SchoolClass]:
    """The same classes, as a teacher meets them in a list."""
    return (
        select(SchoolClass)
        .where(SchoolClass.id.in_(class_ids_targeted(assignment_id, hat)))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def pupils_given(assignment_id: int) -> Select[int]:
    """Ids of the pupils who have the assignment now and are not excused, whoever teaches them."""
    return (
        select(Enrolment.person_id)
        .join(AssignmentTarget, AssignmentTarget.class_id == Enrolment.class_id)
        .where(AssignmentTarget.assignment_id == assignment_id, reaches(), ~is_excused())
        .distinct()
        .order_by(Enrolment.person_id)
    )


def class_ids_of_pupil(assignment_id: int, student_id: int) -> Select[int]:
    """Ids of the classes through which the pupil is given the work."""
    return (
        select(AssignmentTarget.class_id)
        .where(AssignmentTarget.assignment_id == assignment_id, Enrolment.person_id == student_id, reaches())
        .order_by(AssignmentTarget.class_id)
    )


def subjects_taught(hat: Hat) -> Select[Subject]:
    """The subjects that the teacher teaches; all of them for one who teaches none by name."""
    codes = select(Enrolment.subject_code).where(_teaches_now(hat), Enrolment.subject_code != "")
    return (
        select(Subject)
        .where(or_(Subject.code.in_(codes), ~exists(codes)))
        .order_by(Subject.position, Subject.id)
    )


def pupils_in(class_ids: Iterable[int]) -> Select[int, int]:
    """Rows (class id, number of pupils now); a class without pupils has no row."""
    return (
        select(Enrolment.class_id, func.count(Enrolment.person_id.distinct()))
        .where(Enrolment.class_id.in_(class_ids), Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None))
        .group_by(Enrolment.class_id)
    )


def targets_of(assignment_id: int) -> Select[AssignmentTarget]:
    """In which classes the assignment is given."""
    return (
        select(AssignmentTarget)
        .where(AssignmentTarget.assignment_id == assignment_id)
        .order_by(AssignmentTarget.class_id)
    )


def parts_of(assignment_id: int) -> Select[TargetPart]:
    """To which groups and pupils the assignment is given in particular."""
    return select(TargetPart).where(TargetPart.assignment_id == assignment_id).order_by(TargetPart.id)


def pupils_named(hat: Hat, student_ids: Collection[int]) -> Select[int, int]:
    """Rows (pupil id, class id): in which of the teacher's classes the pupils are whom he teaches."""
    return (
        select(Enrolment.person_id, Enrolment.class_id)
        .where(
            Enrolment.person_id.in_(student_ids),
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
            Enrolment.class_id.in_(class_ids_of(hat)),
        )
        .order_by(Enrolment.person_id, Enrolment.class_id)
    )


def _is_in_group(student_id: ColumnElement[int] | InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    # Said which tables stand outside: two levels up, SQLAlchemy does not look by itself.
    return (
        select(GroupMember.group_id)
        .where(GroupMember.group_id == TargetPart.group_id, GroupMember.student_id == student_id)
        .correlate(TargetPart, Enrolment)
        .exists()
    )


def _later(
    own: InstrumentedAttribute[datetime | None], common: InstrumentedAttribute[datetime], student_id: int
) -> ColumnElement[datetime]:
    """The pupil's *own* time where it is after the one that is *common* to all, as in ``times_of``."""
    excepted = (
        select(own)
        .where(
            AssignmentException.assignment_id == Assignment.id,
            AssignmentException.student_id == student_id,
            own > common,
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    return func.coalesce(excepted, common)


def _teaches_now(hat: Hat) -> ColumnElement[bool]:
    return (
        (Enrolment.person_id == hat.person_id)
        & (Enrolment.role == Role.TEACHER)
        & Enrolment.ends_on.is_(None)
        & Enrolment.class_id.in_(select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id))
    )


def _subject_code() -> ColumnElement[str]:
    # Said which table stands outside, as above: else it is the subject of any work at all.
    code = select(Subject.code).where(Subject.id == Assignment.subject_id)
    return code.correlate(Assignment).scalar_subquery()
