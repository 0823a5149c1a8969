"""Groups as their teacher sees them."""

from collections.abc import Collection

from sqlalchemy import Select, func, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of
from accounts.people.models import Hat, Person, Role
from homework.groups.models import GroupMember, PupilGroup


def kept_by(hat: Hat) -> Select[PupilGroup]:
    """The teacher's groups in classes that he teaches now, by class and name."""
    return (
        select(PupilGroup)
        .join(SchoolClass, SchoolClass.id == PupilGroup.class_id)
        .where(
            PupilGroup.teacher_id == hat.person_id,
            PupilGroup.ended_at.is_(None),
            PupilGroup.class_id.in_(class_ids_of(hat)),
        )
        .order_by(SchoolClass.grade, SchoolClass.name, PupilGroup.name, PupilGroup.id)
    )


def sizes(group_ids: Collection[int]) -> Select[int, int]:
    """Rows (group id, number of its pupils who are in the class now)."""
    return (
        select(PupilGroup.id, func.count(GroupMember.student_id))
        .join(GroupMember, GroupMember.group_id == PupilGroup.id)
        .join(Enrolment, Enrolment.person_id == GroupMember.student_id)
        .where(
            PupilGroup.id.in_(group_ids),
            Enrolment.class_id == PupilGroup.class_id,
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
        )
        .group_by(PupilGroup.id)
    )


def member_ids(group_id: int) -> Select[int]:
    """Ids of the pupils in a group."""
    return select(GroupMember.student_id).where(GroupMember.group_id == group_id)


def pupils_of(class_id: int) -> Select[Person, int | None]:
    """Rows (pupil, seat number) of a class now, by seat."""
    return (
        select(Person, Enrolment.seat_number)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id == class_id, Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None))
        .order_by(Enrolment.seat_number, Person.name, Person.id)
    )


def classes_of(hat: Hat) -> Select[SchoolClass]:
    """The classes in which the teacher may make groups."""
    return (
        select(SchoolClass)
        .where(SchoolClass.id.in_(class_ids_of(hat)))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )
