"""What an import would do: the difference between a file and the school."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts.classes.models import ClassKind
from accounts.people.models import Person, Role
from accounts.roster.columns import Column
from accounts.roster.entries import Entry
from accounts.roster.known import Known, class_key
from accounts.roster.lines import Line, Problem
from core.i18n import _


@dataclass(frozen=True, slots=True)
class Change:
    """A person whom the import makes or changes, and in which columns."""

    entry: Entry
    columns: tuple[Column, ...]


@dataclass(slots=True)
class Plan:
    """What an import does, or why it cannot."""

    created: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    new_classes: dict[str, int] = field(default_factory=dict)
    """Name to grade."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def new_usernames(self) -> frozenset[str]:
        """The accounts that are made."""
        return frozenset(one.entry.username for one in self.created)


def make_plan(entries: list[Entry], problems: Iterable[Problem], known: Known) -> Plan:
    """Compare what the file says with what the school knows."""
    plan = Plan(problems=list(problems))
    pupils = {entry.username for entry in entries if entry.role is Role.STUDENT}
    for entry in entries:
        plan.problems.extend(_problems(entry, known, pupils))
        for line in entry.lines:
            _note_class(line, known, plan)
    seen: set[str] = set()
    for entry in entries:
        person = known.people.get(entry.username)
        columns = tuple(dict.fromkeys(_differences(entry, person, known)))
        if person is None and entry.username not in seen:
            plan.created.append(Change(entry, columns))
        elif columns:
            plan.changed.append(Change(entry, columns))
        else:
            plan.unchanged += 1
        seen.add(entry.username)
    plan.problems.sort(key=lambda one: one.line)
    return plan


def _problems(entry: Entry, known: Known, pupils: set[str]) -> Iterator[Problem]:
    first, person = entry.first, known.people.get(entry.username)
    if person is not None and not known.belongs_here(person):
        yield Problem(
            first.number, Column.USERNAME, _("This username belongs to somebody outside your school.")
        )
    owner = known.owners.get(first.student_number or "")
    if owner is not None and owner.username != entry.username:
        yield Problem(
            first.number, Column.STUDENT_NUMBER, _("Somebody else has this student number already.")
        )
    homerooms = [line for line in entry.lines if entry.role is Role.STUDENT and _is_homeroom(line, known)]
    for line in homerooms[1:]:
        yield Problem(line.number, Column.CLASS, _("A pupil has only one homeroom class."))
    for line in entry.lines:
        for child in line.children:
            if child not in pupils and known.hat(known.people.get(child), Role.STUDENT) is None:
                yield Problem(
                    line.number,
                    Column.CHILDREN,
                    _("“%(text)s” is no pupil of your school, nor of this file.", text=child),
                )


def _is_homeroom(line: Line, known: Known) -> bool:
    found = known.class_named(line.class_name)
    return found is None or found.kind is ClassKind.HOMEROOM


def _note_class(line: Line, known: Known, plan: Plan) -> None:
    if not line.class_name:
        return
    found = known.class_named(line.class_name)
    planned = {class_key(name): grade for name, grade in plan.new_classes.items()}
    grade = found.grade if found else planned.get(class_key(line.class_name))
    if grade is None and line.grade is None:
        sentence = _(
            "There is no class “%(text)s” yet. Give its grade, and it will be made.", text=line.class_name
        )
        plan.problems.append(Problem(line.number, Column.CLASS, sentence))
    elif grade is None and line.grade is not None:
        plan.new_classes[line.class_name] = line.grade
    elif line.grade is not None and line.grade != grade:
        sentence = _("The class “%(text)s” is in grade %(grade)s.", text=line.class_name, grade=grade)
        plan.problems.append(Problem(line.number, Column.GRADE, sentence))


def _differences(entry: Entry, person: Person | None, known: Known) -> Iterator[Column]:
    """The columns in which file and school differ. An empty cell leaves what is there."""
    if person is None:
        yield Column.USERNAME
    else:
        for column, value in personal_values(entry.first):
            if getattr(person, column.value) != value:
                yield column
    hat = known.hat(person, entry.role)
    if hat is None or hat.ended_at is not None:
        yield Column.ROLE
    for line in entry.lines:
        if line.class_name:
            yield from _class_differences(line, entry, person, known)
    for child in entry.children:
        link = known.link(person, known.people.get(child))
        if link is None or link.ended_at is not None:
            yield Column.CHILDREN
        elif entry.first.relationship and link.relationship != entry.first.relationship:
            yield Column.RELATIONSHIP


def _class_differences(line: Line, entry: Entry, person: Person | None, known: Known) -> Iterator[Column]:
    school_class = known.class_named(line.class_name)
    enrolment = known.enrolment(person, school_class, entry.role, line.subject_code) if school_class else None
    if enrolment is None or enrolment.ends_on is not None:
        yield Column.CLASS
    elif line.seat is not None and enrolment.seat_number != line.seat:
        yield Column.SEAT


def personal_values(line: Line) -> list[tuple[Column, object]]:
    """What the line says of the person herself; the columns are named as the table's."""
    given: list[tuple[Column, object]] = [
        (Column.NAME, line.name),
        (Column.NAME_EN, line.name_en),
        (Column.STUDENT_NUMBER, line.student_number),
        (Column.BORN_ON, line.born_on),
    ]
    return [(column, value) for column, value in given if value]
