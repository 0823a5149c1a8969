"""The city's registry: organisations, people with their hats, and who belongs to which class.

Only the demo sign-ins have a password. Everybody else's password hash stays empty, which no password
opens: hashing four thousand passwords with argon2 would take minutes and make nothing truer.
"""

from datetime import date, datetime
from random import Random

from accounts.classes.models import Enrolment
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Hat, Person, Role
from accounts.sign_in.passwords import hash_password
from demo import names
from demo.calendar import Term, at
from demo.rows import Rows

PASSWORD = "weike-demo"  # noqa: S105 -- told to everybody who starts a demo city
OPENED = {Role.STUDENT: 0.93, Role.TEACHER: 0.97, Role.GUARDIAN: 0.62}
"""Which share of the people have opened their space."""


class Registry:
    """Enters who and what the city has; the same seed enters the same."""

    def __init__(self, rows: Rows, rng: Random, term: Term, now: datetime) -> None:
        self.rows, self.rng, self.term, self.now = rows, rng, term, now
        self._hash = hash_password(PASSWORD)
        self._people = 0

    def organisation(
        self, code: str, kind: OrganisationKind, name: tuple[str, str], parent: int | None
    ) -> int:
        """Enter an organisation under its name and English name."""
        return self.rows.add(
            Organisation, code=code, kind=kind, name=name[0], name_en=name[1], parent_id=parent
        )

    def administrator(self, username: str, name: str, organisation: int) -> int:
        """Enter who looks after an organisation."""
        person = self.adult(username, name, opened=1.0)
        self.hat(person, Role.ADMINISTRATOR, organisation)
        return person

    def adult(self, username: str, name: str, *, opened: float) -> int:
        """Enter a grown-up; *opened* is how likely she has used her space."""
        return self._person(username, name, None, opened=opened)

    def pupil(self, username: str, name: str, born: date) -> int:
        """Enter a pupil."""
        return self._person(username, name, born, opened=OPENED[Role.STUDENT])

    def hat(self, person: int, role: Role, organisation: int) -> None:
        """Give a person a role at an organisation."""
        self.rows.add(Hat, person_id=person, role=role, organisation_id=organisation)

    def enrol(
        self, class_id: int, person: int, role: Role, subject: str = "", seat: int | None = None
    ) -> None:
        """Enter that a person belongs to a class: a pupil by her seat, a teacher by her subject."""
        self.rows.add(
            Enrolment,
            class_id=class_id,
            person_id=person,
            role=role,
            subject_code=subject,
            seat_number=seat,
            starts_on=self.term.starts_on,
        )

    def _person(self, username: str, name: str, born: date | None, *, opened: float) -> int:
        is_demo = username.startswith("demo-")
        has_opened = is_demo or self.rng.random() < opened
        first = at(self.term.starts_on, 24 * self.rng.randint(1, 20) + self.rng.uniform(7, 20))
        self._people += 1
        return self.rows.add(
            Person,
            username=username,
            name=name,
            name_en=names.romanised(name),
            born_on=born,
            student_number=f"YX{self.term.entry_year}{self._people:05d}" if born else None,
            password_hash=self._hash if is_demo else "",
            must_change_password=False,
            password_changed_at=first if is_demo else None,
            first_signed_in_at=min(first, self.now) if has_opened else None,
        )
