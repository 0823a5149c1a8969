"""Classes and pupils as a hat may see them."""

from sqlalchemy import Select, false, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.organisations.queries import schools_under
from accounts.people.models import Hat, Person, Role


def class_ids_of(hat: Hat) -> Select[int]:
    """Ids of the classes in which the hat's person learns or teaches now, in the hat's role and school."""
    return (
        select(Enrolment.class_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            Enrolment.person_id == hat.person_id,
            Enrolment.role == hat.role,
            Enrolment.ends_on.is_(None),
            SchoolClass.school_id == hat.organisation_id,
        )
    )


def visible_to(hat: Hat) -> Select[SchoolClass]:
    """The classes that the hat may see: own ones, or all of an administrator's schools."""
    classes = select(SchoolClass)
    if hat.role in (Role.STUDENT, Role.TEACHER):
        return classes.where(SchoolClass.id.in_(class_ids_of(hat)))
    if hat.role is Role.ADMINISTRATOR:
        return classes.where(SchoolClass.school_id.in_(schools_under(hat.organisation)))
    return classes.where(false())


def students_of(class_ids: Select[int] | list[int]) -> Select[Person]:
    """The pupils enrolled now in any of the classes."""
    enrolled = select(Enrolment.person_id).where(
        Enrolment.class_id.in_(class_ids), Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None)
    )
    return select(Person).where(Person.id.in_(enrolled))


def students_visible_to(hat: Hat) -> Select[Person]:
    """The pupils whose learning the hat may see.

    A pupil sees herself, a guardian her linked children, a teacher the pupils of her classes, a school
    administrator those of the school. District and city see counts, never a child.
    """
    match hat.role:
        case Role.STUDENT:
            return select(Person).where(Person.id == hat.person_id)
        case Role.GUARDIAN:
            children = select(GuardianLink.student_id).where(
                GuardianLink.guardian_id == hat.person_id, GuardianLink.ended_at.is_(None)
            )
            return select(Person).where(Person.id.in_(children))
        case Role.TEACHER:
            return students_of(class_ids_of(hat))
        case Role.ADMINISTRATOR:
            own_school = select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id)
            return students_of(own_school)
