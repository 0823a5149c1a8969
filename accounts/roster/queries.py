"""What the school knows already of the people in a file."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.organisations.models import AcademicTerm
from accounts.people.models import Hat, Person


def people_named(usernames: Collection[str]) -> Select[Person]:
    """The persons with these usernames, of whatever school."""
    return select(Person).where(Person.username.in_(usernames))


def people_numbered(student_numbers: Collection[str]) -> Select[Person]:
    """The persons with these student numbers, of whatever school."""
    return select(Person).where(Person.student_number.in_(student_numbers))


def hats_of(person_ids: Collection[int]) -> Select[Hat]:
    """The hats of these persons, in every organisation, ended ones too."""
    return select(Hat).where(Hat.person_id.in_(person_ids))


def enrolments_in(school_id: int, term_id: int, person_ids: Collection[int]) -> Select[Enrolment]:
    """Where in the school these persons learn or teach, or did, this term."""
    classes = classes_of(school_id, term_id).with_only_columns(SchoolClass.id)
    return select(Enrolment).where(Enrolment.person_id.in_(person_ids), Enrolment.class_id.in_(classes))


def links_of(guardian_ids: Collection[int]) -> Select[GuardianLink]:
    """The guardians' links, ended ones too."""
    return select(GuardianLink).where(GuardianLink.guardian_id.in_(guardian_ids))


def classes_of(school_id: int, term_id: int) -> Select[SchoolClass]:
    """The school's classes of the term."""
    return select(SchoolClass).where(SchoolClass.school_id == school_id, SchoolClass.term_id == term_id)


def term_at(today: date) -> Select[AcademicTerm]:
    """The term of the day; in the holidays the one that comes, else the last there was."""
    return (
        select(AcademicTerm)
        .order_by((AcademicTerm.ends_on >= today).desc(), AcademicTerm.starts_on, AcademicTerm.id)
        .limit(1)
    )
