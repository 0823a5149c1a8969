"""The people of a school."""

from sqlalchemy import Select, exists, func, or_, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person, Role

MOST_WORDS = 64


def people_of(school: Hat, *, text: str = "", role: Role | None = None) -> Select[Person]:
    """Who has a hat in the school that *school* administers; by part of a name, username or number."""
    here = exists().where(
        Hat.person_id == Person.id,
        Hat.organisation_id == school.organisation_id,
        Hat.ended_at.is_(None),
    )
    people = select(Person).where(here.where(Hat.role == role) if role else here)
    wanted = text.strip()[:MOST_WORDS]
    if not wanted:
        return people
    return people.where(
        or_(
            Person.name.contains(wanted, autoescape=True),
            func.lower(Person.name_en).contains(wanted.lower(), autoescape=True),
            Person.username.startswith(wanted.lower(), autoescape=True),
            Person.student_number == wanted,
        )
    )


def hats_here(school: Hat, person_ids: list[int]) -> Select[Hat]:
    """The hats that these persons wear in the school."""
    return (
        select(Hat)
        .where(
            Hat.person_id.in_(person_ids),
            Hat.organisation_id == school.organisation_id,
            Hat.ended_at.is_(None),
        )
        .order_by(Hat.id)
    )


def hats_elsewhere(person_id: int, school_id: int) -> Select[Hat]:
    """The hats that the person wears outside the school."""
    return select(Hat).where(
        Hat.person_id == person_id, Hat.organisation_id != school_id, Hat.ended_at.is_(None)
    )


def classes_here(school: Hat, person_ids: list[int]) -> Select[int, SchoolClass]:
    """Rows (person id, class) of the school's classes in which these persons learn or teach now."""
    return (
        select(Enrolment.person_id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            Enrolment.person_id.in_(person_ids),
            Enrolment.ends_on.is_(None),
            SchoolClass.school_id == school.organisation_id,
        )
        .distinct()
        .order_by(SchoolClass.grade, SchoolClass.name)
    )
