"""The school as it is, read once for a whole file: what a line is compared with."""

import unicodedata
from dataclasses import dataclass

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.organisations.models import AcademicTerm, Organisation
from accounts.people.models import Hat, Person, Role


@dataclass(slots=True)
class Known:
    """People, hats, classes, enrolments and links that a roster's lines may be about."""

    school: Organisation
    term: AcademicTerm
    people: dict[str, Person]
    """By username."""
    owners: dict[str, Person]
    """By student number."""
    classes: dict[str, SchoolClass]
    """By name as ``class_key`` writes it."""
    hats: dict[int, list[Hat]]
    enrolments: dict[int, list[Enrolment]]
    links: dict[int, list[GuardianLink]]
    """By guardian."""

    def class_named(self, name: str) -> SchoolClass | None:
        """The class of this name, however its brackets were typed."""
        return self.classes.get(class_key(name))

    def hat(self, person: Person | None, role: Role) -> Hat | None:
        """The person's hat of this role in the school, worn or ended."""
        hats = self.hats.get(person.id, []) if person else []
        return next((one for one in hats if one.role is role and self._is_here(one)), None)

    def belongs_here(self, person: Person) -> bool:
        """Whether the school gave the person a hat, now or before."""
        return any(self._is_here(one) for one in self.hats.get(person.id, []))

    def enrolment(
        self, person: Person | None, school_class: SchoolClass, role: Role, subject: str
    ) -> Enrolment | None:
        """That the person learns or teaches (the subject) in the class, or did."""
        return next(
            (
                one
                for one in (self.enrolments.get(person.id, []) if person else [])
                if (one.class_id, one.role, one.subject_code) == (school_class.id, role, subject)
            ),
            None,
        )

    def homerooms(self, person: Person | None) -> list[Enrolment]:
        """The homeroom classes in which the person learns now; one, if all is well."""
        ids = {one.id for one in self.classes.values() if one.kind is ClassKind.HOMEROOM}
        return [
            one
            for one in (self.enrolments.get(person.id, []) if person else [])
            if one.class_id in ids and one.role is Role.STUDENT and one.ends_on is None
        ]

    def link(self, guardian: Person | None, child: Person | None) -> GuardianLink | None:
        """That the one looks after the other, or did."""
        if guardian is None or child is None:
            return None
        return next((one for one in self.links.get(guardian.id, []) if one.student_id == child.id), None)

    def _is_here(self, hat: Hat) -> bool:
        return hat.organisation_id == self.school.id


def class_key(name: str) -> str:
    """A class's name without what typists vary: width of brackets and digits, blanks, case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()
