"""Events: something happened on a lower floor, and an upper floor may care.

A service publishes a frozen dataclass; it is delivered after commit, in the same process, to the
handlers that the application's wiring subscribed. Handlers only enqueue jobs. A lost event makes
something late, never wrong: nightly jobs rebuild from the tables.
"""

import logging
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, TypeVar

from flask import Flask, current_app

log = logging.getLogger(__name__)
Event = TypeVar("Event")
_PENDING = "weike_events"
_EXTENSION = "weike.subscriptions"


def subscribe(app: Flask, kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Have *handler* called after commit for each event of exactly *kind*."""
    subscriptions(app).setdefault(kind, []).append(handler)


def subscriptions(app: Flask) -> dict[type, list[Callable[[Any], None]]]:
    """Who reacts to what: the table that ``docs`` and tests read."""
    table: dict[type, list[Callable[[Any], None]]] = app.extensions.setdefault(_EXTENSION, {})
    return table


def collect(info: MutableMapping[Any, Any], happened: object) -> None:
    """Keep an event until the transaction whose session owns *info* commits."""
    info.setdefault(_PENDING, []).append(happened)


def take(info: MutableMapping[Any, Any]) -> list[object]:
    """Remove and return the events kept in *info*."""
    pending: list[object] = info.pop(_PENDING, [])
    return pending


def deliver(pending: Iterable[object]) -> None:
    """Call each event's handlers. What is committed stands: a handler that fails is logged."""
    table = subscriptions(current_app)
    for happened in pending:
        for handler in table.get(type(happened), ()):
            try:
                handler(happened)
            except Exception:
                log.exception("handler %s failed for %r", handler, happened)
