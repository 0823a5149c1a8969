"""`weike serve` with real processes: what it starts, it ends."""

import os
import signal
import subprocess
import sys
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


@pytest.mark.any_engine
def test_nothing_outlives_a_killed_supervisor(running: Served) -> None:
    assert_nothing_outlives(running, signal.SIGKILL)


def test_killed_processes_are_replaced_until_the_supervisor_is_told_to_stop(running: Served) -> None:
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)

    until(lambda: len(running.children().keys() - before.keys()) == PROCESSES, "not every process came back")
    until(running.answers, "the platform does not answer any more")
    assert_nothing_outlives(running, signal.SIGINT)


def assert_nothing_outlives(running: Served, number: signal.Signals) -> None:
    """Send the supervisor a signal, and see what is left of it."""
    children = running.children()
    running.supervisor.send_signal(number)
    running.supervisor.wait()

    until(lambda: all(map(is_gone, children)), "a child outlived the supervisor")
    assert not running.answers()


SMALL_KILOBYTES = (100, 900, 3_000)
"""Full in the migration, and in the first city."""


@pytest.fixture(params=SMALL_KILOBYTES)
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={request.param}k", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_at_the_first_start_is_one_sentence(small_disk: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(small_disk), "PORT": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "app.serve"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    sentences = [line for line in ended.stderr.splitlines() if "done in" not in line]
    assert sentences == [
        f"The disk is full, so nothing more can be written to {small_disk}: make room, then start again."
    ]
