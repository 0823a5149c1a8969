"""People, organisations and classes for tests. Call inside an open transaction."""

from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.organisations.models import AcademicTerm, Organisation, OrganisationKind
from accounts.people.models import Hat, Person, Role
from core.database import Model, db

Made = TypeVar("Made", bound=Model)
_numbers = count(1)


def added(thing: Made) -> Made:
    """Add *thing* and give it its id."""
    db.session.add(thing)
    db.session.flush()
    return thing


def make_city(name: str = "星河市") -> Organisation:
    """A city."""
    return added(Organisation(code=f"city-{next(_numbers)}", kind=OrganisationKind.CITY, name=name))


def make_district(city: Organisation | None = None, name: str = "东湖区") -> Organisation:
    """A district of *city*, by default of a new one."""
    parent = city or make_city()
    return added(
        Organisation(
            code=f"district-{next(_numbers)}", kind=OrganisationKind.DISTRICT, name=name, parent_id=parent.id
        )
    )


def make_school(district: Organisation | None = None, name: str = "实验学校") -> Organisation:
    """A school of *district*, by default of a new one."""
    parent = district or make_district()
    return added(
        Organisation(
            code=f"school-{next(_numbers)}", kind=OrganisationKind.SCHOOL, name=name, parent_id=parent.id
        )
    )


def make_term() -> AcademicTerm:
    """The autumn term of 2026."""
    return added(
        AcademicTerm(
            code=f"term-{next(_numbers)}",
            name="2026 学年第一学期",
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 1, 20),
        )
    )


def make_person(name: str = "陈小雨", *, born_on: date | None = date(2010, 5, 4)) -> Person:
    """A person whom no password lets in."""
    number = next(_numbers)
    return added(Person(username=f"person-{number}", name=name, born_on=born_on, must_change_password=False))


def make_hat(role: Role, organisation: Organisation | None = None, person: Person | None = None) -> Hat:
    """A hat of *role*, by default in a new school on a new person's head."""
    organisation = organisation or make_school()
    return added(Hat(person=person or make_person(), role=role, organisation=organisation))


def make_class(
    school: Organisation | None = None, *, grade: int = 7, name: str = "七年级(1)班"
) -> SchoolClass:
    """A homeroom class of *school*, by default of a new one."""
    school = school or make_school()
    return added(
        SchoolClass(
            code=f"class-{next(_numbers)}",
            school=school,
            term_id=make_term().id,
            kind=ClassKind.HOMEROOM,
            name=name,
            grade=grade,
        )
    )


def make_student(school_class: SchoolClass | None = None, name: str = "陈小雨") -> Hat:
    """A pupil enrolled in *school_class*, by default in a new one."""
    school_class = school_class or make_class()
    hat = make_hat(Role.STUDENT, school_class.school, make_person(name))
    enrol(hat, school_class)
    return hat


def make_teacher(
    school_class: SchoolClass | None = None, subject_code: str = "mathematics", name: str = "李老师"
) -> Hat:
    """A teacher of *school_class*, by default of a new one."""
    school_class = school_class or make_class()
    hat = make_hat(Role.TEACHER, school_class.school, make_person(name, born_on=None))
    enrol(hat, school_class, subject_code)
    return hat


def make_guardian(student: Hat, name: str = "陈先生") -> Hat:
    """A guardian linked to *student*."""
    hat = make_hat(Role.GUARDIAN, student.organisation, make_person(name, born_on=None))
    added(
        GuardianLink(
            guardian_id=hat.person_id,
            student_id=student.person_id,
            relationship="father",
            started_at=datetime(2026, 9, 1, tzinfo=UTC),
        )
    )
    return hat


def make_administrator(organisation: Organisation | None = None) -> Hat:
    """An administrator of *organisation*, by default of a new school."""
    return make_hat(Role.ADMINISTRATOR, organisation, make_person("王主任", born_on=None))


def enrol(hat: Hat, school_class: SchoolClass, subject_code: str = "") -> Enrolment:
    """Enrol the hat's person in *school_class* in the hat's role."""
    return added(
        Enrolment(
            class_id=school_class.id,
            person_id=hat.person_id,
            role=hat.role,
            subject_code=subject_code,
            starts_on=date(2026, 9, 1),
        )
    )
