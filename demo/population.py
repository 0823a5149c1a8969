"""The people of a built city as the history needs them: who learns where, and how each of them is."""

from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.organisations.models import Organisation
from accounts.people.models import Person, Role
from core.database import db

DEMO_STUDENT, DEMO_TEACHER = "demo-student", "demo-teacher"
KEENEST, LEAST_KEEN = 0.95, 0.35


@dataclass
class Learner:
    """A pupil, and what makes her answer as she does."""

    id: int
    username: str
    has_opened: bool
    ability: float
    """In logits; 0 is the city's mean."""
    diligence: float
    """0 to 1: how often she does what is not due."""
    practised: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By knowledge point: how often she answered, and the day number of the last answer."""
    strengths: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """That a teacher teaches a subject in a class."""

    teacher: int
    subject: str


@dataclass
class Classroom:
    """A homeroom class with its pupils and teachers."""

    id: int
    grade: int
    school: int
    is_demo: bool
    """Whether the demo pupil learns here."""
    keenness: float
    """How much its school uses the platform, 0 to 1: schools differ, and the figures show it."""
    learners: list[Learner] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    """One a subject: who shares it helps to mark, and gives no work of her own."""

    def post_of(self, subject: str) -> Post:
        """Who teaches *subject* here."""
        return next(one for one in self.posts if one.subject == subject)


def load_classrooms(seed: int) -> dict[int, list[Classroom]]:
    """Return the homeroom classes by school, in the order of their ids."""
    demo_class = (
        select(Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Person.username == DEMO_STUDENT, SchoolClass.kind == ClassKind.HOMEROOM)
    )
    demo_id = db.session.scalar(demo_class)
    found: dict[int, Classroom] = {}
    schools: dict[int, list[Classroom]] = {}
    query = (
        select(SchoolClass.id, SchoolClass.grade, Organisation.id, Organisation.code)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(SchoolClass.kind == ClassKind.HOMEROOM)
        .order_by(SchoolClass.id)
    )
    for class_id, grade, school, code in db.session.execute(query):
        keenness = Random(f"keen/{seed}/{code}").uniform(LEAST_KEEN, KEENEST)
        found[class_id] = Classroom(class_id, grade, school, class_id == demo_id, keenness)
        schools.setdefault(school, []).append(found[class_id])
    for members in schools.values():
        if any(one.is_demo for one in members):
            for one in members:
                one.keenness = KEENEST
    people = (
        select(Enrolment, Person.username, Person.first_signed_in_at)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.ends_on.is_(None))
        .order_by(Enrolment.id)
    )
    for enrolment, username, opened_at in db.session.execute(people):
        if (room := found.get(enrolment.class_id)) is None:
            continue
        if enrolment.role is Role.STUDENT:
            room.learners.append(
                _learner(seed, enrolment.person_id, username, room, has_opened=bool(opened_at))
            )
        elif enrolment.subject_code and all(one.subject != enrolment.subject_code for one in room.posts):
            room.posts.append(Post(enrolment.person_id, enrolment.subject_code))
    return schools


def _learner(seed: int, person: int, username: str, room: Classroom, *, has_opened: bool) -> Learner:
    if username == DEMO_STUDENT:
        return Learner(person, username, has_opened=True, ability=0.1, diligence=0.95)
    rng = Random(f"learner/{seed}/{person}")
    diligence = rng.betavariate(2.2, 2.0) * room.keenness
    return Learner(person, username, has_opened, rng.gauss(0.1, 0.9), diligence)
