"""`weike serve` with real processes: what it starts, it ends."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest

from app.factory import create_app
from app.settings import Settings
from core.database import db, transaction
from tests.conftest import POSTGRESQL
from tests.factories.accounts import make_person
from tests.served import Served, served, until
from tests.stores import PostgresStore, postgres_server, redis_server

PROCESSES = 4
"""Web, and the workers for short jobs, videos and training."""


@pytest.fixture
def running(engine: str, tmp_path: Path, worker_id: str) -> Iterator[Served]:
    """The platform as at a desk and as at a school; with one person in it, so that no demo city is built."""
    url = (
        PostgresStore.made(postgres_server(), f"weike_serve_{worker_id}").url if engine == POSTGRESQL else ""
    )
    school = {"WEIKE_DATABASE_URL": url, "WEIKE_REDIS_URL": redis_server()} if url else {}
    app = create_app(Settings(data_dir=tmp_path, database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        with transaction():
            make_person()
        db.session.remove()
        db.engine.dispose()
    with served(tmp_path, school) as started:
        until(lambda: len(started.children()) == PROCESSES, "not every process was started")
        yield started


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_supervisor(running: Served, number: signal.Signals) -> None:
    children = running.children()
    running.supervisor.send_signal(number)
    running.supervisor.wait()

    until(lambda: all(map(is_gone, children)), "a child outlived the supervisor")
    assert not running.answers()


def test_a_killed_process_is_replaced_and_the_platform_answers_again(running: Served) -> None:
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)

    until(lambda: len(running.children().keys() - before.keys()) == PROCESSES, "not every process came back")
    until(running.answers, "the platform does not answer any more")
