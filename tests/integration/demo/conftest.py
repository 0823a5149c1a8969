"""A tiny demo city, built once for all tests of a process; each begins in it as it was built."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from demo.city import build_city
from demo.history import write_history
from demo.shelf import fill_shelf
from library.items.models import ItemVersion
from tests.stores import Store

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEED, SCALE = 2026, 0.01
CITY, HISTORY = "city", "history"


def unseen(_done: int, _total: int) -> None:
    """Nobody looks at the progress of a test."""


def build() -> str:
    """Build the city; a hash of all people and questions."""
    with transaction():
        made = build_city(seed=SEED, scale=SCALE, now=TUESDAY)
        fill_shelf(SEED, now=TUESDAY)
    prompts = db.session.scalars(select(ItemVersion.prompt).order_by(ItemVersion.id))
    return made.digest + sha256("\n".join(prompts).encode()).hexdigest()


@pytest.fixture(scope="session")
def kept_city(pristine: Flask, store: Store) -> str:
    """The city, built once and remembered; its hash."""
    store.empty(pristine)
    with pristine.app_context():
        digest = build()
    store.keep(pristine, CITY)
    return digest


@pytest.fixture(scope="session")
def kept_history(pristine: Flask, store: Store, kept_city: str) -> None:
    """The city's history, written once and remembered."""
    store.restore(pristine, CITY)
    with pristine.app_context():
        write_history(SEED, now=TUESDAY, on_progress=unseen)
    store.keep(pristine, HISTORY)


@pytest.fixture
def city(kept_city: str, context: Flask, store: Store) -> None:
    """The city as it was built."""
    store.restore(context, CITY)


@pytest.fixture
def history(kept_history: None, context: Flask, store: Store) -> None:
    """The city with its last eight weeks."""
    store.restore(context, HISTORY)
