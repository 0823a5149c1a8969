"""Guardians: who looks after whom, and what they agreed to."""

from collections.abc import Iterable
from datetime import date

from accounts.guardians.consents import AGE_OF_OWN_CONSENT, TEXT_VERSION, age
from accounts.guardians.models import ConsentRecord, GuardianLink, Purpose
from accounts.people.models import Role
from demo import names
from demo.calendar import at
from demo.registry import OPENED, Registry
from demo.schools import Pupil, School

DEMO_GUARDIAN_NAME = "林建华"
RELATIONSHIPS = ("mother", "father", "mother", "father", "grandparent")
SECOND_CHILD = 0.2
"""The share of fathers who look after a second pupil of the city."""
ANSWERED, AGREED, ON_THE_WEB = 0.9, 0.94, 0.7
"""Which shares of the guardians have answered, agreed, and answered on the web."""


class Families:
    """Gives pupils their guardians; *demo* has the ids of those whom visitors sign in as."""

    def __init__(self, registry: Registry, today: date, demo: dict[str, int]) -> None:
        self.registry, self.rows, self.rng = registry, registry.rows, registry.rng
        self.today, self.demo = today, demo
        self._hats: set[tuple[int, int]] = set()

    def found(self, schools: Iterable[School]) -> None:
        """Give every pupil a guardian, the demo pupil hers; some look after two pupils of one family name."""
        known = list(schools)
        self._demo_family(known)
        number = 0
        families: dict[str, int] = {}
        for school in known:
            for pupil in (one for members in school.classes.values() for one in members if not one.guardians):
                guardian = families.pop(pupil.surname, 0)
                relationship = "father" if guardian else self.rng.choice(RELATIONSHIPS)
                if not guardian:
                    number += 1
                    surname = pupil.surname if relationship == "father" else ""
                    name = names.person_name(self.rng, surname=surname, is_adult=True)
                    guardian = self.registry.adult(f"g{number:05d}", name, opened=OPENED[Role.GUARDIAN])
                    if surname and self.rng.random() < SECOND_CHILD:
                        families[surname] = guardian
                self._guard(guardian, pupil, relationship, school.id)

    def _demo_family(self, schools: list[School]) -> None:
        demo = self.demo
        guardian = self.registry.adult("demo-guardian", DEMO_GUARDIAN_NAME, opened=1.0)
        demo["guardian"] = guardian
        pupils = {one.id: one for school in schools for members in school.classes.values() for one in members}
        self._guard(guardian, pupils[demo["student"]], "father", demo["school"])
        self._guard(guardian, pupils[demo["sibling"]], "father", demo["school"])
        # A teacher who is a guardian too: two hats of one person, never worn at once.
        primary = next(s for s in schools if s.stage == "primary")
        child = next(p for members in primary.classes.values() for p in members if p.grade == 5)
        self._guard(demo["teacher and guardian"], child, "father", primary.id)

    def _guard(self, guardian: int, pupil: Pupil, relationship: str, school: int) -> None:
        self.rows.add(
            GuardianLink,
            guardian_id=guardian,
            student_id=pupil.id,
            relationship=relationship,
            started_at=at(self.registry.term.starts_on, 9),
        )
        if (guardian, school) not in self._hats:
            self._hats.add((guardian, school))
            self.registry.hat(guardian, Role.GUARDIAN, school)
        pupil.guardians.append(guardian)
        if len(pupil.guardians) == 1:
            self._consent(guardian, pupil)

    def _consent(self, guardian: int, pupil: Pupil) -> None:
        is_demo = guardian == self.demo["guardian"]
        if age(pupil.born_on, self.today) >= AGE_OF_OWN_CONSENT and not is_demo:
            return
        if is_demo or self.rng.random() < ANSWERED:
            self.rows.add(
                ConsentRecord,
                student_id=pupil.id,
                purpose=Purpose.RECOMMENDATIONS,
                is_granted=is_demo or self.rng.random() < AGREED,
                decided_by_id=guardian,
                decided_at=at(self.registry.term.starts_on, 24 * self.rng.randint(1, 12) + 19),
                text_version=TEXT_VERSION,
                channel="web" if is_demo or self.rng.random() < ON_THE_WEB else "paper",
            )
