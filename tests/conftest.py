"""The application and a fresh database for each test."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.factory import create_app
from app.settings import Environment, Settings
from core.database import db, transaction

MONDAY = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
"""Ten in the morning of a school Monday in Beijing."""


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path, Path]:
    """The application, its SQLite file and an untouched copy of it with the schema in."""
    folder = tmp_path_factory.mktemp("weike")
    app = create_app(Settings(data_dir=folder, environment=Environment.TEST, secret_key="t" * 32))
    with app.app_context():
        db.metadata.create_all(db.engine)
        db.session.remove()
        db.engine.dispose()
    template = folder / "template.db"
    shutil.copy(folder / "weike.db", template)
    return app, folder / "weike.db", template


@pytest.fixture
def app(pristine: tuple[Flask, Path, Path]) -> Iterator[Flask]:
    """The application on an empty database."""
    app, database, template = pristine
    for leftover in database.parent.glob("weike.db-*"):
        leftover.unlink()
    shutil.copy(template, database)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """An application context without a transaction: for what opens its own."""
    with app.app_context():
        yield app


@pytest.fixture
def session(context: Flask) -> Iterator[Session]:
    """The session inside an open transaction: for services and queries. Rolled back at the end."""
    del context
    with suppress(_RollBack), transaction():
        yield db.session()
        roll_back()


class _RollBack(Exception):
    pass


def roll_back() -> None:
    raise _RollBack


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """A school Monday morning."""
    return MONDAY
