"""A small city: four classes that differ in how near they are to the people who walk its routes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from accounts.guardians.services import link
from accounts.people.models import Hat, Role
from accounts.sign_in.device import Device
from accounts.sign_in.services import LONGEST, open_session
from core import clock
from core.database import db
from tests.factories.accounts import (
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_guardian,
    make_hat,
    make_school,
    make_student,
)
from tests.integration.access.corners import Corner, furnish
from tests.integration.access.people import Actor, Place


@dataclass(frozen=True, slots=True)
class World:
    """The actors, signed in, and the things of each place."""

    tokens: Mapping[Actor, str]
    """What each actor's browser carries; nobody's carries nothing."""
    hat_ids: Mapping[Actor, int]
    corners: Mapping[Place, Corner]

    def hat(self, actor: Actor) -> Hat | None:
        """What the actor wears; nobody wears nothing."""
        return _hat(self.hat_ids[actor]) if actor in self.hat_ids else None


def make_world() -> World:
    """Build the city. Inside an open transaction."""
    city = make_city()
    district = make_district(city)
    school = make_school(district)
    own_class = make_class(school)
    corners = {
        Place.OWN: furnish(own_class),
        Place.OTHER_CLASS: furnish(make_class(school, name="七年级(2)班")),
        Place.OTHER_SCHOOL: furnish(make_class(make_school(district))),
        Place.OTHER_DISTRICT: furnish(make_class(make_school(make_district(city)))),
    }
    student = _hat(corners[Place.OWN].student_hat_id)
    classmate = make_student(own_class)
    teacher = _hat(corners[Place.OWN].teacher_hat_id)
    hats = {
        Actor.STUDENT: student,
        Actor.CLASSMATE: classmate,
        Actor.GUARDIAN: make_guardian(student),
        Actor.OTHER_GUARDIAN: make_guardian(classmate),
        Actor.TEACHER: teacher,
        Actor.SCHOOL: make_administrator(school),
        Actor.DISTRICT: make_administrator(district),
        Actor.CITY: make_administrator(city),
    }
    _look_after(teacher, _hat(corners[Place.OTHER_CLASS].student_hat_id))
    return World(
        tokens={actor: _sign_in(hat) for actor, hat in hats.items()},
        hat_ids={actor: hat.id for actor, hat in hats.items()},
        corners=corners,
    )


def _look_after(teacher: Hat, student: Hat) -> None:
    """Give the teacher a guardian's hat as well: while he wears the teacher's, it opens nothing."""
    make_hat(Role.GUARDIAN, student.organisation, teacher.person)
    link(teacher.person, student.person, "father", now=clock.now())


def _sign_in(hat: Hat) -> str:
    device = Device(address="127.0.0.1", user_agent="test")
    return open_session(hat.person, hat, device, lasts=LONGEST, now=clock.now()).token


def _hat(hat_id: int) -> Hat:
    return db.session.scalars(select(Hat).where(Hat.id == hat_id)).one()
