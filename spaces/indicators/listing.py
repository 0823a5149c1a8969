"""The rows behind a figure as a table for people: the one shape that the page and the CSV show."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row

from accounts.classes.models import SchoolClass
from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat, Person, Role
from core.clock import school_day
from core.database import db
from core.i18n import _, is_chinese, localized
from core.paging import DEFAULT_SIZE, page_of_rows
from library.resources.models import Resource
from library.resources.queries import visible_to
from library.resources.words import grade_name, grades_name, kind_name
from spaces.indicators import policy, rows
from spaces.indicators.rows import Counted, Scope

AT_ONCE = 500
"""Rows of a CSV that are read together."""
CODE_BYTES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a row, and where it leads."""

    text: str
    href: str = ""
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the rows behind a figure."""

    columns: tuple[dict[str, str], ...]
    """``key``, ``label`` and ``kind`` of each, as the table macro takes them."""
    rows: list[dict[str, Cell]]
    next: str | None
    """The cursor of the page after this one."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and of what: it decides whether people have names."""

    hat: Hat
    scope: Scope
    secret: str
    """Makes codes that nobody can make again who does not know it."""

    @property
    def reads_names(self) -> bool:
        """Whether people stand here by name."""
        return policy.may_read_names(self.hat, self.scope.organisation)

    @property
    def sees_several_schools(self) -> bool:
        """Whether a row has to say of which school it is."""
        return self.scope.organisation.kind is not OrganisationKind.SCHOOL

    def called(self, person: Person) -> str:
        """The person's name, or a code that is the same in every list of the reader's organisation."""
        if self.reads_names:
            return localized(person)
        told = f"{self.hat.organisation_id}:{person.id}".encode()
        digest = hmac.new(self.secret.encode(), told, hashlib.sha256).digest()
        return base64.b32encode(digest[:CODE_BYTES]).decode()


def listing(reader: Reader, counted: Counted, cursor: str | None, size: int = DEFAULT_SIZE) -> Listing:
    """One page of the rows behind a figure; the same number of statements for few rows and for many.

    Raises:
        BadCursor: *cursor* is damaged.
    """
    by, descending = rows.order_of(counted)
    found = page_of_rows(rows.rows_of(reader.scope, counted), cursor, size, by=by, descending=descending)
    columns, lines = _table(reader, counted, found.rows)
    school = _column("school", _("Name of the school"))
    shown = [*columns[:1], school, *columns[1:]] if _tells_school(reader, counted) else columns
    return Listing(tuple(shown), lines, found.next)


def every_page(reader: Reader, counted: Counted) -> Iterator[Listing]:
    """All rows behind a figure, page by page."""
    page = listing(reader, counted, None, AT_ONCE)
    yield page
    while page.next:
        page = listing(reader, counted, page.next, AT_ONCE)
        yield page


Table = tuple[list[dict[str, str]], list[dict[str, Cell]]]


def _table(reader: Reader, counted: Counted, found: list[Row[Any]]) -> Table:
    if counted in rows.CLASSES:
        return _classes(reader, found)
    if counted in rows.RESOURCES:
        return _resources(reader, found)
    role = rows.role_of(counted)
    return _taught(reader, found) if role is None else _people(reader, role, found)


def _tells_school(reader: Reader, counted: Counted) -> bool:
    return reader.sees_several_schools and counted is not Counted.SHARED_RESOURCES


def _people(reader: Reader, role: Role, found: list[Row[Any]]) -> Table:
    classes: dict[int, list[str]] = {}
    ids = [row.Person.id for row in found]
    for person_id, school_class in db.session.execute(rows.class_names_of(reader.scope, role, ids)):
        classes.setdefault(person_id, []).append(localized(school_class))
    is_of_pupils = role is Role.STUDENT
    named = _("Pupil") if is_of_pupils else _("Teacher")
    columns = [
        _column("person", named if reader.reads_names else _("Code name"), "head"),
        _column("class", _("Class")),
        _column("opened", _("Space opened")),
        _column("active", _("Active days"), "number"),
        _column("worked", _("Days of learning") if is_of_pupils else _("Days of teaching"), "number"),
    ]
    lines = [
        {
            "person": Cell(reader.called(row.Person), _page_of(reader, role, row.Person.id)),
            "school": Cell(row.school if is_chinese() or not row.school_en else row.school_en),
            "class": Cell(" · ".join(classes.get(row.Person.id, []))),
            "opened": Cell(_("Yes") if row.first_signed_in_at else _("Not yet")),
            "active": Cell(str(row.active)),
            "worked": Cell(str(row.worked)),
        }
        for row in found
    ]
    if not reader.reads_names:  # the order of the roster would tell who is who
        lines.sort(key=lambda line: line["person"].text)
    return columns, lines


def _page_of(reader: Reader, role: Role, person_id: int) -> str:
    if not reader.reads_names:
        return ""
    if role is Role.STUDENT:
        return url_for("progress.show", student_id=person_id)
    return url_for("administration.show", person_id=person_id)


def _classes(reader: Reader, found: list[Row[Any]]) -> Table:
    columns = [
        _column("class", _("Class"), "head"),
        _column("grade", _("Grade")),
        _column("taught", _("Taught lessons"), "number"),
        _column("given", _("Homework given"), "number"),
    ]
    lines = [
        {
            "class": _class_cell(reader, row.SchoolClass),
            "school": Cell(localized(row.SchoolClass.school)),
            "grade": Cell(grade_name(row.SchoolClass.grade)),
            "taught": Cell(
                str(row.taught),
                _address(reader, Counted.TAUGHT_LESSONS, row.SchoolClass.id) if row.taught else "",
            ),
            "given": Cell(str(row.given)),
        }
        for row in found
    ]
    return columns, lines


def _taught(reader: Reader, found: list[Row[Any]]) -> Table:
    visible = _visible(reader, [row.Resource.id for row in found])
    columns = [
        _column("day", _("Date"), "head"),
        _column("class", _("Class")),
        _column("resource", _("Resource")),
        _column("evidence", _("Kind of evidence")),
        _column("teacher", _("Teacher") if reader.reads_names else _("Code of the teacher")),
    ]
    lines = [
        {
            "day": Cell(row.taught_on.isoformat(), is_day=True),
            "school": Cell(localized(row.SchoolClass.school)),
            "class": _class_cell(reader, row.SchoolClass),
            "resource": _resource_cell(row.Resource, visible),
            "evidence": Cell(kind_name(row.Resource.kind)),
            "teacher": Cell(reader.called(row.Person), _page_of(reader, Role.TEACHER, row.Person.id)),
        }
        for row in found
    ]
    return columns, lines


def _resources(reader: Reader, found: list[Row[Any]]) -> Table:
    visible = _visible(reader, [row.Resource.id for row in found])
    columns = [
        _column("resource", _("Resource"), "head"),
        _column("kind", _("Kind")),
        _column("subject", _("Subject")),
        _column("grades", _("Grade")),
        _column("added", _("Added on")),
    ]
    lines = [
        {
            "resource": _resource_cell(row.Resource, visible),
            "school": Cell(localized(row.Organisation) if row.Organisation else ""),
            "kind": Cell(kind_name(row.Resource.kind)),
            "subject": Cell(localized(row.Resource.subject) if row.Resource.subject else ""),
            "grades": Cell(grades_name(row.Resource.grade_from, row.Resource.grade_to) or _("All grades")),
            "added": Cell(school_day(row.Resource.created_at).isoformat(), is_day=True),
        }
        for row in found
    ]
    return columns, lines


def _column(key: str, label: str, kind: str = "text") -> dict[str, str]:
    return {"key": key, "label": label, "kind": kind}


def _class_cell(reader: Reader, school_class: SchoolClass) -> Cell:
    """The class; inside its school it leads to its page."""
    href = url_for("class_progress.show", class_id=school_class.id) if reader.reads_names else ""
    return Cell(localized(school_class), href)


def _resource_cell(resource: Resource, visible: set[int]) -> Cell:
    """The title; it leads to the resource where the reader may open it."""
    href = url_for("resources.show", resource_id=resource.id) if resource.id in visible else ""
    return Cell(resource.title, href)


def _visible(reader: Reader, resource_ids: list[int]) -> set[int]:
    found = visible_to(reader.hat).where(Resource.id.in_(resource_ids)).with_only_columns(Resource.id)
    return set(db.session.scalars(found))


def _address(reader: Reader, counted: Counted, class_id: int) -> str:
    last = reader.scope.window.last
    return url_for("indicators.rows", figure=counted.value, class_id=class_id, last=last)
