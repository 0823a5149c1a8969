"""Who stands in the lists of a piece of work, each pupil once."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from accounts.classes.models import Enrolment
from accounts.people.models import Hat, Person
from core.database import db
from homework.marking.progress import pupils_of
from homework.submissions import queries as submissions
from homework.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil, and where she stands."""

    person: Person
    seat_number: int | None = None
    class_id: int | None = None
    """None for who has left the class or group after handing in."""


def listed(assignment_id: int, hat: Hat, class_id: int | None = None) -> list[Listed]:
    """The teacher's pupils who owe the assignment (through one class), by class and seat; two statements.

    Who owes it through several classes stands in the first; who has left after handing in, at the end, and
    in the list of no class.
    """
    owing = pupils_of(assignment_id, hat)
    if class_id is not None:
        owing = owing.where(Enrolment.class_id == class_id)
    found: dict[int, Listed] = {}
    for person, seat_number, of_class in db.session.execute(owing):
        found.setdefault(person.id, Listed(person, seat_number, of_class))
    if class_id is None:
        found |= {one.id: Listed(one) for one in db.session.scalars(_left(assignment_id, hat))}
    return list(found.values())


def _left(assignment_id: int, hat: Hat) -> Select[Person]:
    handed_in = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id == assignment_id, submissions.counts(), submissions.has_left())
        .with_only_columns(Submission.student_id)
    )
    return select(Person).where(Person.id.in_(handed_in)).order_by(Person.name, Person.id)
