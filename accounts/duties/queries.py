"""Who heads which grade."""

from sqlalchemy import Select, select

from accounts.classes.models import SchoolClass
from accounts.duties.models import GradeHead
from accounts.people.models import Hat, Person, Role


def heads_in(school_id: int) -> Select[GradeHead]:
    """Those who head a grade of the school now, by grade."""
    return (
        select(GradeHead)
        .where(GradeHead.school_id == school_id, GradeHead.ended_at.is_(None))
        .order_by(GradeHead.grade, GradeHead.id)
    )


def grades_headed_by(hat: Hat) -> Select[int]:
    """The grades that the teacher heads now in the school of her hat."""
    return select(GradeHead.grade).where(
        GradeHead.person_id == hat.person_id,
        GradeHead.school_id == hat.organisation_id,
        GradeHead.ended_at.is_(None),
    )


def grades_of(school_id: int) -> Select[int]:
    """The grades in which the school has classes, in order."""
    return (
        select(SchoolClass.grade)
        .where(SchoolClass.school_id == school_id)
        .distinct()
        .order_by(SchoolClass.grade)
    )


def teachers_of(school_id: int) -> Select[Person]:
    """The school's teachers, by name."""
    teachers = select(Hat.person_id).where(
        Hat.organisation_id == school_id, Hat.role == Role.TEACHER, Hat.ended_at.is_(None)
    )
    return (
        select(Person)
        .where(Person.id.in_(teachers), Person.suspended_at.is_(None))
        .order_by(Person.name, Person.id)
    )
