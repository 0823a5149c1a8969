"""Who walks the routes, and whose things lie on the way."""

from enum import StrEnum


class Actor(StrEnum):
    """A visitor of the access matrix. All who have a school belong to the world's first class."""

    NOBODY = "nobody"
    STUDENT = "student"
    CLASSMATE = "classmate"
    GUARDIAN = "guardian"
    OTHER_GUARDIAN = "guardian of the classmate"
    TEACHER = "teacher"
    SCHOOL = "school administrator"
    DISTRICT = "district administrator"
    CITY = "city administrator"


class Place(StrEnum):
    """Where a thing belongs, seen from the actors."""

    OWN = "own class"
    OTHER_CLASS = "other class"
    OTHER_SCHOOL = "other school"
    OTHER_DISTRICT = "other district"


Reach = dict[Place, frozenset[Actor]]
"""Who gets in, by where the thing belongs."""

NOBODY = frozenset[Actor]()
EVERYONE = frozenset(Actor)
SIGNED_IN = EVERYONE - {Actor.NOBODY}
PUPILS = frozenset({Actor.STUDENT, Actor.CLASSMATE})
GUARDIANS = frozenset({Actor.GUARDIAN, Actor.OTHER_GUARDIAN})
TEACHER = frozenset({Actor.TEACHER})
SCHOOL = frozenset({Actor.SCHOOL})
ADMINISTRATORS = frozenset({Actor.SCHOOL, Actor.DISTRICT, Actor.CITY})
STAFF = TEACHER | ADMINISTRATORS
AT_SCHOOL = SIGNED_IN - {Actor.DISTRICT, Actor.CITY}
FAMILY = frozenset({Actor.STUDENT, Actor.GUARDIAN})
"""The pupil whose things they are, and who looks after her."""


def reach(
    own: frozenset[Actor] = NOBODY,
    other_class: frozenset[Actor] = NOBODY,
    other_school: frozenset[Actor] = NOBODY,
    other_district: frozenset[Actor] = NOBODY,
) -> Reach:
    """Who gets in where; nobody unless it is said."""
    return {
        Place.OWN: own,
        Place.OTHER_CLASS: other_class,
        Place.OTHER_SCHOOL: other_school,
        Place.OTHER_DISTRICT: other_district,
    }


def anywhere(who: frozenset[Actor]) -> Reach:
    """The same people wherever the thing belongs."""
    return dict.fromkeys(Place, who)
