"""Every route, walked by every role, to things of one's own class and of others.

Nothing is undecided: a route that stands in no table of ``expectations`` fails here, and so does one
whose table says something else than what happens.
"""

from collections.abc import Collection, Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Person
from core.access import rule_of
from core.database import db, transaction
from tests.conftest import SQLITE
from tests.factories.accounts import make_person
from tests.integration.access.conftest import REFUSALS, WORLD, Reply, Walk
from tests.integration.access.expectation import Expectation
from tests.integration.access.matrix import MATRIX, TABLES
from tests.integration.access.people import Actor, Place

CHANGES = sorted(route for route in MATRIX if not route.startswith("GET "))
OPEN_WITHOUT_A_TOKEN = frozenset({"POST sign_in_api.open_session", "POST oai.answer_form"})
"""Who signs in through the API has no token yet; its content type and origin are checked instead. And nothing
changes by what other libraries ask with a form."""


def routes_of(app: Flask) -> set[str]:
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_declares_a_rule(pristine: Flask) -> None:
    assert [name for name, view in pristine.view_functions.items() if rule_of(view) is None] == []


def test_access_to_every_route_is_decided(pristine: Flask) -> None:
    assert routes_of(pristine) - MATRIX.keys() == set()


def test_no_decision_is_about_a_route_that_is_gone(pristine: Flask) -> None:
    assert MATRIX.keys() - routes_of(pristine) == set()


def test_no_route_is_decided_twice() -> None:
    assert len(MATRIX) == sum(len(table) for table in TABLES)


def test_the_world_comes_back_with_its_next_ids_after_other_tests(walk: Walk) -> None:
    # Tests are handed to whoever is free: anything may stand between two walks.
    walk.store.empty(walk.app)
    walk.store.restore(walk.app, WORLD)
    with walk.app.app_context(), transaction():
        made = make_person()
        assert len(db.session.scalars(select(Person).where(Person.id < made.id)).all()) > 1
    walk.store.empty(walk.app)


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_those_get_in_who_should_and_nobody_else(walk: Walk, route: str, engine: str) -> None:
    expected = MATRIX[route]
    may_enter = [actor for actor in Actor if walk.may_enter(route, actor)]
    # Whom the rule turns away for her role is turned away before the database is asked for the thing: one
    # engine tells that.
    surprises = [
        f"{actor} at a thing of the {place}: {surprise}"
        for place in expected.places
        for actor in (Actor if engine == SQLITE else may_enter)
        for surprise in _surprises(walk.send(route, expected, actor, place), route, place, actor, may_enter)
    ]
    assert not surprises, "\n".join([route, *surprises])


def _surprises(
    reply: Reply, route: str, place: Place, actor: Actor, may_enter: Collection[Actor]
) -> Iterator[str]:
    expected = MATRIX[route]
    if actor in expected.reach[place]:
        yield from _denied(reply, expected)
        if route.startswith("GET "):
            yield from (f"a GET writes: {one}" for one in reply.writes)
    else:
        yield from _admitted(reply, expected, actor, may_enter=actor in may_enter)
        yield from (f"refused, and yet it writes: {one}" for one in reply.writes)


def _denied(reply: Reply, expected: Expectation) -> Iterator[str]:
    """What went wrong for one who should get in."""
    if expected.status is not None:
        if reply.status != expected.status:
            yield f"should be answered {expected.status}, was {reply.status} {reply.body}"
    elif reply.leads_to_sign_in or reply.status >= HTTPStatus.BAD_REQUEST:
        yield f"should get in, but was answered {reply.status} {reply.body}"


def _admitted(reply: Reply, expected: Expectation, actor: Actor, *, may_enter: bool) -> Iterator[str]:
    """What went wrong for one who should not get in."""
    if actor is Actor.NOBODY:
        if not reply.asks_to_sign_in:
            yield f"should be asked to sign in, but was answered {reply.status} {reply.body}"
    elif reply.status not in REFUSALS | {expected.foreign} or reply.asks_to_sign_in:
        yield f"should be refused, but was answered {reply.status} {reply.body}"
    elif may_enter and reply.status != expected.foreign:
        yield f"the role may enter and the thing is foreign: {reply.status} instead of {expected.foreign}"
    elif not may_enter and reply.status != HTTPStatus.FORBIDDEN:
        yield f"the role may not enter: {reply.status} instead of 403"


@pytest.mark.any_engine
@pytest.mark.parametrize("route", [route for route in CHANGES if route not in OPEN_WITHOUT_A_TOKEN])
def test_a_change_without_its_csrf_token_is_refused(walk: Walk, route: str) -> None:
    reply = walk.send(route, MATRIX[route], *_someone_who_may(route), sends_csrf_token=False)
    assert (reply.status, reply.writes) == (HTTPStatus.BAD_REQUEST, []), reply.body


@pytest.mark.any_engine
@pytest.mark.parametrize("route", CHANGES)
def test_a_change_that_another_site_sends_is_refused(walk: Walk, route: str) -> None:
    actor, place = _someone_who_may(route)
    reply = walk.send(route, MATRIX[route], actor, place, headers={"Origin": "https://elsewhere.example"})
    assert (reply.status, reply.writes) == (HTTPStatus.FORBIDDEN, []), reply.body


def _someone_who_may(route: str) -> tuple[Actor, Place]:
    """One who is signed in and would get in, so that nothing else can be the reason of a refusal."""
    expected = MATRIX[route]
    return next(
        (actor, place)
        for place in expected.places
        for actor in Actor
        if actor in expected.reach[place] and actor is not Actor.NOBODY
    )
