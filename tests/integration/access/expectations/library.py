"""Access to the library's resources and files."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    AT_SCHOOL,
    EVERYONE,
    SIGNED_IN,
    STAFF,
    TEACHER,
    Actor,
    anywhere,
    reach,
)

AN_UPLOAD = {"key": UUID(int=1)}

MEDIA: Expectations = {
    # The token was made for the pupil: nobody else gets in with it, not even her teacher.
    "GET media.file": Expectation(
        reach(own=frozenset({Actor.STUDENT})),
        at=lambda corner: {"token": corner.media_token, "asset_id": corner.asset_id},
    ),
    "GET media.received": Expectation(anywhere(STAFF), at=lambda _: AN_UPLOAD),
    "PUT media.append": Expectation(
        anywhere(STAFF),
        at=lambda corner: {"key": UUID(int=corner.class_id)},
        sends=lambda _: {"data": b"", "headers": {"Upload-Offset": "0"}},
    ),
}


def exercise(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id}


RESOURCES: Expectations = {
    "GET curriculum.textbooks": Expectation(anywhere(SIGNED_IN)),
    "GET points.show": Expectation(anywhere(SIGNED_IN), at=lambda corner: {"point_id": corner.point_id}),
    "GET resources_api.resource": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=exercise),
    # The exercise is the school's own.
    "GET resources.show": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=exercise),
    "GET resources.key": Expectation(reach(own=TEACHER, other_class=TEACHER), at=exercise),
}


def reading(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.reading_id}


def wording(**more: object) -> Mapping[str, Any]:
    said = {
        "kind": "reading",
        "title": "移项",
        "subject_id": 0,
        "grade_from": 7,
        "grade_to": 7,
        "text": "移项要变号。",
    }
    return {"data": said | more}


# The reading is the school's own: its teachers write it together.
WRITING: Expectations = {
    "GET resources.ours": Expectation(anywhere(TEACHER)),
    "GET resources.new": Expectation(anywhere(TEACHER)),
    "POST resources.create": Expectation(anywhere(TEACHER), sends=lambda _: wording()),
    "GET resources.edit": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST resources.save": Expectation(
        reach(own=TEACHER, other_class=TEACHER), at=reading, sends=lambda _: wording(version=1)
    ),
    "POST resources.release": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST resources.withdraw": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
}

SEARCH: Expectations = {
    "GET search.index": Expectation(anywhere(SIGNED_IN)),
    "GET search.suggestions": Expectation(anywhere(SIGNED_IN)),
    "GET search_api.find_resources": Expectation(anywhere(SIGNED_IN)),
}

OAI: Expectations = {
    "GET oai.answer": Expectation(anywhere(EVERYONE)),
    "POST oai.answer_form": Expectation(anywhere(EVERYONE), sends=lambda _: {"data": {"verb": "Identify"}}),
    "GET oai.schema": Expectation(anywhere(EVERYONE)),
}


def source(corner: Corner) -> Mapping[str, Any]:
    return {"source_id": corner.source_id}


def conflict(corner: Corner) -> Mapping[str, Any]:
    return {"conflict_id": corner.conflict_id}


def plan(url: str) -> Mapping[str, Any]:
    return {"data": {"name": "省", "url": url, "tier": "local", "every_hours": "24"}}


CITY, OFFICES = frozenset({Actor.CITY}), frozenset({Actor.CITY, Actor.DISTRICT})
# A source belongs to a district: who administers it or the city above may look after it.
ABOVE = reach(own=OFFICES, other_class=OFFICES, other_school=OFFICES, other_district=CITY)
EXCHANGE: Expectations = {
    "GET exchange.index": Expectation(anywhere(OFFICES)),
    "GET exchange.new": Expectation(anywhere(OFFICES)),
    "POST exchange.add": Expectation(
        anywhere(OFFICES), sends=lambda corner: plan(f"https://province.example/{corner.class_id}")
    ),
    "GET exchange.show": Expectation(ABOVE, at=source),
    "GET exchange.state": Expectation(ABOVE, at=source),
    "GET exchange.edit": Expectation(ABOVE, at=source),
    "POST exchange.save": Expectation(ABOVE, at=source, sends=lambda _: plan("")),
    "POST exchange.harvest_now": Expectation(ABOVE, at=source),
    "GET exchange.run": Expectation(ABOVE, at=lambda corner: {**source(corner), "run_id": corner.harvest_id}),
    "GET exchange.conflicts": Expectation(anywhere(OFFICES)),
    "GET exchange.conflict": Expectation(ABOVE, at=conflict),
    "POST exchange.decide": Expectation(ABOVE, at=conflict, sends=lambda _: {"data": {"decision": "ours"}}),
    "GET exchange.origin": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=exercise),
    "GET offers.show": Expectation(anywhere(OFFICES)),
    "POST offers.add_partner": Expectation(anywhere(CITY), sends=lambda _: {"data": {"name": "省"}}),
    "POST offers.end_partner": Expectation(
        anywhere(CITY), at=lambda corner: {"partner_id": corner.partner_id}
    ),
}

LIBRARY: Expectations = MEDIA | RESOURCES | WRITING | SEARCH | OAI | EXCHANGE
