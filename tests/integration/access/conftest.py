"""The walk through the world: one request at a time, each in the same untouched state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from core.access import rule_of
from core.database import db, transaction
from tests.browsers import browser_with
from tests.integration.access.expectation import Expectation
from tests.integration.access.people import Actor, Place
from tests.integration.access.world import World, make_world
from tests.statements import statements_of
from tests.stores import Store

WRITES = ("INSERT", "UPDATE", "DELETE")
NESTED_JOIN = re.compile(r"JOIN \((?!\s*SELECT)")
"""SQLite joins all that stands in such brackets for one row of it: every hat of the city, at each request."""
WORLD = "world"
REFUSALS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and what was written on the way."""

    status: int
    body: str
    leads_to_sign_in: bool
    writes: list[str]

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether a visitor was stopped at the door."""
        return self.leads_to_sign_in or self.status == HTTPStatus.UNAUTHORIZED


@dataclass(frozen=True, slots=True)
class Walk:
    """Sends requests of actors about things of places; what one writes is gone before the next."""

    app: Flask
    store: Store
    world: World

    def send(
        self,
        route: str,
        expected: Expectation,
        actor: Actor,
        place: Place,
        *,
        headers: dict[str, str] | None = None,
        sends_csrf_token: bool = True,
    ) -> Reply:
        """One request, valid but for who sends it."""
        method, endpoint = route.split()
        corner = self.world.corners[place]
        adapter = self.app.url_map.bind("localhost")
        address = adapter.build(endpoint, dict(expected.at(corner)), method=method)
        request: dict[str, Any] = dict(expected.sends(corner))
        request["headers"] = {**request.get("headers", {}), **(headers or {})}
        browser = browser_with(self.app, self.world.tokens.get(actor, ""))
        browser.sends_csrf_token = sends_csrf_token
        with statements_of(self.app) as sent:
            response = browser.open(address, method=method, **request)
            body = response.get_data(as_text=True) if response.is_json else ""
            response.close()
        assert [one for one in sent if NESTED_JOIN.search(one)] == []
        writes = [one for one in sent if one.lstrip().upper().startswith(WRITES)]
        if writes:
            self.store.restore(self.app, WORLD)
        return Reply(
            response.status_code,
            body,
            response.status_code == HTTPStatus.FOUND and urlsplit(response.location).path == "/sign-in",
            writes,
        )

    def may_enter(self, route: str, actor: Actor) -> bool:
        """Whether the route's rule lets the actor's role in at all."""
        _method, endpoint = route.split()
        rule = rule_of(self.app.view_functions[endpoint])
        assert rule is not None
        with self.app.test_request_context():
            return rule(self.world.hat(actor))


@pytest.fixture(scope="session")
def kept_world(pristine: Flask, store: Store) -> World:
    """The world, built once and remembered."""
    store.empty(pristine)
    with pristine.app_context(), transaction():
        world = make_world()
    store.keep(pristine, WORLD)
    return world


@pytest.fixture
def walk(pristine: Flask, store: Store, kept_world: World) -> Iterator[Walk]:
    """A walk that begins in the world as it was built: each request that writes puts it back at once."""
    if store.stands != WORLD:
        store.restore(pristine, WORLD)
    yield Walk(pristine, store, kept_world)
    with pristine.app_context():
        db.session.remove()
        store.leave()
