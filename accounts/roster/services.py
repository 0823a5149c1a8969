"""Compare a roster with the school, and bring the school up to it: all of it, or nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.guardians.services import link
from accounts.organisations.models import Organisation
from accounts.people.models import Hat, Person, Role
from accounts.roster import queries
from accounts.roster.entries import gather
from accounts.roster.errors import NoTerm, RosterChanged, RosterHasProblems
from accounts.roster.first_passwords import FirstPassword
from accounts.roster.known import Known, class_key
from accounts.roster.lines import Line, read_lines
from accounts.roster.plan import Change, Plan, make_plan, personal_values
from accounts.roster.sheets import Sheet
from accounts.sign_in.services import give_first_password
from core.audit import services as audit
from core.clock import school_day
from core.database import db


@dataclass(frozen=True, slots=True)
class Handout:
    """What a new person is given to sign in with; shown once, never kept."""

    class_name: str
    name: str
    username: str
    password: str


def preview(school: Organisation, sheet: Sheet, *, now: datetime) -> Plan:
    """What an import would do; it changes nothing.

    Raises:
        MissingColumns, UnknownColumns: the headings are not those of a roster.
        NoTerm: there is no term for the classes.
    """
    return _compare(school, sheet, school_day(now))[0]


def import_roster(
    school: Organisation,
    sheet: Sheet,
    first_passwords: Mapping[str, FirstPassword],
    *,
    by: Hat | None,
    now: datetime,
    address: str = "",
) -> tuple[Plan, list[Handout]]:
    """Bring the school up to the file; people whom the file does not name stay as they are.

    *first_passwords* are those of the preview's new people. *by* is None for the command line.

    Raises:
        RosterHasProblems: a line is wrong.
        RosterChanged: others than those of *first_passwords* are new by now.
        MissingColumns, UnknownColumns, NoTerm: as for the preview.
    """
    plan, known = _compare(school, sheet, school_day(now))
    if plan.problems:
        raise RosterHasProblems
    if plan.new_usernames != first_passwords.keys():
        raise RosterChanged
    _Import(known, first_passwords, now).carry_out(plan)
    audit.record(
        "roster_imported",
        "organisation",
        school.id,
        actor_id=by.person_id if by else None,
        role=by.role if by else "",
        now=now,
        address=address,
        details={
            "created": len(plan.created),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "classes": len(plan.new_classes),
        },
    )
    handouts = [
        Handout(
            class_name=one.entry.first.class_name,
            name=one.entry.first.name,
            username=one.entry.username,
            password=first_passwords[one.entry.username].text,
        )
        for one in plan.created
    ]
    return plan, handouts


def _compare(school: Organisation, sheet: Sheet, today: date) -> tuple[Plan, Known]:
    reading = read_lines(sheet, today)
    entries, contradictions = gather(reading.lines)
    known = _known(school, reading.lines, today)
    return make_plan(entries, [*reading.problems, *contradictions], known), known


def _known(school: Organisation, lines: list[Line], today: date) -> Known:
    term = db.session.scalar(queries.term_at(today))
    if term is None:
        raise NoTerm
    usernames = {line.username for line in lines} | {child for line in lines for child in line.children}
    numbers = {line.student_number for line in lines if line.student_number}
    people = {one.username: one for one in db.session.scalars(queries.people_named(usernames))}
    ids = [one.id for one in people.values()]
    known = Known(
        school=school,
        term=term,
        people=people,
        owners={str(one.student_number): one for one in db.session.scalars(queries.people_numbered(numbers))},
        classes={
            class_key(one.name): one for one in db.session.scalars(queries.classes_of(school.id, term.id))
        },
        hats=defaultdict(list),
        enrolments=defaultdict(list),
        links=defaultdict(list),
    )
    for hat in db.session.scalars(queries.hats_of(ids)):
        known.hats[hat.person_id].append(hat)
    for enrolment in db.session.scalars(queries.enrolments_in(school.id, term.id, ids)):
        known.enrolments[enrolment.person_id].append(enrolment)
    for one in db.session.scalars(queries.links_of(ids)):
        known.links[one.guardian_id].append(one)
    return known


class _Import:
    """Carries a plan out; guardians come last, because their children may be new."""

    def __init__(self, known: Known, first_passwords: Mapping[str, FirstPassword], now: datetime) -> None:
        self.known = known
        self.first_passwords = first_passwords
        self.now = now
        self.today = school_day(now)

    def carry_out(self, plan: Plan) -> None:
        for name, grade in plan.new_classes.items():
            self._make_class(name, grade)
        for change in plan.created:
            self._make_person(change)
        db.session.flush()
        for change in [*plan.created, *plan.changed]:
            self._bring_up(change)
        db.session.flush()
        for change in [*plan.created, *plan.changed]:
            self._link_children(change)

    def _make_class(self, name: str, grade: int) -> None:
        school, term = self.known.school, self.known.term
        made = SchoolClass(
            code=f"{school.id}-{term.id}-{class_key(name)}",
            school=school,
            term_id=term.id,
            kind=ClassKind.HOMEROOM,
            name=name,
            grade=grade,
        )
        db.session.add(made)
        self.known.classes[class_key(name)] = made

    def _make_person(self, change: Change) -> None:
        line = change.entry.first
        person = Person(username=line.username, name=line.name)
        db.session.add(person)
        self.known.people[line.username] = person

    def _bring_up(self, change: Change) -> None:
        entry = change.entry
        person = self.known.people[entry.username]
        if entry.username in self.first_passwords and not person.password_hash:
            give_first_password(person, self.first_passwords[entry.username].hashed, now=self.now)
        for column, value in personal_values(entry.first):
            setattr(person, column.value, value)
        hat = self.known.hat(person, entry.role)
        if hat is None:
            db.session.add(Hat(person=person, role=entry.role, organisation=self.known.school))
        else:
            hat.ended_at = None
        for line in entry.lines:
            if line.class_name:
                self._enrol(person, entry.role, line)

    def _enrol(self, person: Person, role: Role, line: Line) -> None:
        school_class = self.known.class_named(line.class_name)
        assert school_class is not None, "made before, or refused in the plan"
        if role is Role.STUDENT and school_class.kind is ClassKind.HOMEROOM:
            for other in self.known.homerooms(person):
                if other.class_id != school_class.id:
                    other.ends_on = self.today
        enrolment = self.known.enrolment(person, school_class, role, line.subject_code)
        if enrolment is None:
            enrolment = Enrolment(
                class_id=school_class.id,
                person_id=person.id,
                role=role,
                subject_code=line.subject_code,
                starts_on=self.today,
            )
            db.session.add(enrolment)
            self.known.enrolments[person.id].append(enrolment)
        enrolment.ends_on = None
        if line.seat is not None:
            enrolment.seat_number = line.seat

    def _link_children(self, change: Change) -> None:
        entry = change.entry
        guardian = self.known.people[entry.username]
        for username in entry.children:
            child = self.known.people[username]
            before = self.known.link(guardian, child)
            relationship = entry.first.relationship or (before.relationship if before else "")
            link(guardian, child, relationship, now=self.now)
