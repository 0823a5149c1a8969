"""Load a report for whoever is signed in: the same rows for page, files and API; files hold all of them.

Work stands in the order in which it is due, the latest first, as teachers look for it.
"""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core import clock
from core.access import find
from core.paging import Page, every_page, newest_first
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.reports import queries
from homework.reports.classes import ClassReport, ClassRow, class_rows
from homework.reports.pupils import PupilRow, pupil_rows
from homework.reports.work import WorkReport, report_of


def work(hat: Hat, assignment_id: int, class_id: int | None) -> WorkReport:
    """The report of a piece of work that the teacher may read, of one of his classes if it is named."""
    wanted = queries.work_visible_to(hat).where(Assignment.id == assignment_id)
    assignment: Assignment = find(wanted.options(joinedload(Assignment.subject)))
    if class_id is not None:
        find(assignments.classes_given(assignment.id, hat).where(SchoolClass.id == class_id))
    return report_of(assignment, hat, class_id)


def pupil(
    hat: Hat, student_id: int, subject_id: int | None, cursor: str | None
) -> tuple[Person, list[PupilRow], Page[Assignment]]:
    """A page of one pupil's returned work."""
    student = _student(hat, student_id)
    returned = queries.work_to_report_on(hat, student.id, subject_id)
    page = newest_first(returned, Assignment.id, cursor, by=Assignment.due_at)
    return student, pupil_rows(student.id, page.rows, clock.now()), page


def whole_of_pupil(hat: Hat, student_id: int, subject_id: int | None) -> tuple[Person, Iterator[PupilRow]]:
    """All of one pupil's returned work, read as it is asked for."""
    student, now = _student(hat, student_id), clock.now()
    pages = every_page(
        queries.work_to_report_on(hat, student.id, subject_id), Assignment.id, by=Assignment.due_at
    )
    return student, (row for found in pages for row in pupil_rows(student.id, found, now))


def school_class(hat: Hat, class_id: int, cursor: str | None) -> tuple[ClassReport, Page[Assignment]]:
    """A page of a class's work."""
    found = _class(hat, class_id)
    page = newest_first(queries.work_of_class(hat, found.id), Assignment.id, cursor, by=Assignment.due_at)
    return ClassReport(found, class_rows(found.id, page.rows)), page


def whole_of_class(hat: Hat, class_id: int) -> tuple[SchoolClass, Iterator[ClassRow]]:
    """All of a class's work, read as it is asked for."""
    school_class = _class(hat, class_id)
    pages = every_page(queries.work_of_class(hat, school_class.id), Assignment.id, by=Assignment.due_at)
    return school_class, (row for found in pages for row in class_rows(school_class.id, found))


def _student(hat: Hat, student_id: int) -> Person:
    found: Person = find(queries.pupils_visible_to(hat).where(Person.id == student_id))
    return found


def _class(hat: Hat, class_id: int) -> SchoolClass:
    found: SchoolClass = find(queries.classes_to_report_on(hat).where(SchoolClass.id == class_id))
    return found
