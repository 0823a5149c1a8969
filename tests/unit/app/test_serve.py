import socket
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import checkpoints, serve
from app.checkpoints import checkpoint
from app.serve import (
    CannotServe,
    begin_jobs_anew,
    box,
    could_checkpoint,
    listen,
    main,
    only_one,
    release_jobs,
)
from app.settings import Settings
from core.database import db, transaction
from core.jobs import queries
from core.jobs import services as jobs
from core.jobs.models import Job, JobState
from core.jobs.tasks import register, task


def test_a_taken_port_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main() == 1

    told = capsys.readouterr().err
    assert (
        told == f"Port {port} is taken by another program: choose another, as in PORT={port + 1} make run.\n"
    )


def test_a_port_that_is_no_number_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "http")

    assert main() == 1
    assert capsys.readouterr().err == "PORT must be a number up to 65535, not 'http'.\n"


def test_the_socket_takes_connections_before_anything_serves_them() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()) as early:
        assert early.getpeername() == listener.getsockname()


def test_a_data_folder_has_one_supervisor(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with only_one(data), pytest.raises(CannotServe, match="already running"), only_one(data):
        pass
    with only_one(data):
        pass  # the first has ended, so the folder is free


def test_the_frame_is_straight_with_chinese_in_it() -> None:
    assert box(["Weike 微课", "abc"]) == [
        "╭────────────╮",
        "│ Weike 微课 │",
        "│ abc        │",
        "╰────────────╯",
    ]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that has written a thousand rows and leaves checkpoints to others."""
    connection = sqlite3.connect(tmp_path / "weike.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("CREATE TABLE row (id)")
    connection.executemany("INSERT INTO row VALUES (?)", [(number,) for number in range(1_000)])
    yield connection
    connection.close()


def test_checkpoints_move_the_whole_log_into_the_database(writer: sqlite3.Connection, tmp_path: Path) -> None:
    before = (tmp_path / "weike.db").stat().st_size

    assert checkpoint(tmp_path / "weike.db")
    assert (tmp_path / "weike.db").stat().st_size > before


def test_a_log_that_has_grown_large_begins_anew(
    writer: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LARGE_BYTES", 1_000)

    assert checkpoint(tmp_path / "weike.db")
    assert (tmp_path / "weike.db-wal").stat().st_size == 0
    assert writer.execute("SELECT count(*) FROM row").fetchone() == (1_000,)


def test_a_full_disk_stops_no_checkpointer(
    writer: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_it_full(_path: Path) -> bool:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    assert could_checkpoint(tmp_path)
    monkeypatch.setattr(serve, "checkpoint", find_it_full)
    assert not could_checkpoint(tmp_path)


@task("test.die")
def die() -> None:
    raise SystemExit


def begin_and_die(job_id: int) -> None:
    db.session.rollback()
    with pytest.raises(SystemExit):
        jobs.run(job_id)


def leave_running(queue: str, now: datetime) -> int:
    """A job in the middle of its lease; returns its id."""
    with transaction():
        left = Job(task=die.name, queue=queue, arguments={}, created_at=now, run_after=now)
        left.state, left.lease_until = JobState.RUNNING, datetime.now(UTC) + timedelta(hours=1)
        db.session.add(left)
    return left.id


def due_now() -> list[int]:
    db.session.rollback()
    return [job.id for job in db.session.scalars(queries.due(datetime.now(UTC)))]


def test_what_was_under_way_when_the_platform_ended_begins_again_and_is_not_blamed(
    context: Flask, now: datetime
) -> None:
    register(context, die)
    settings = Settings(data_dir=Path(context.config["DATA_DIR"]))
    left = leave_running("short", now)

    for _power_cut in range(jobs.MOST_DEATHS + 1):
        begin_jobs_anew(settings)
        assert due_now() == [left]
        begin_and_die(left)

    assert db.session.get_one(Job, left).deaths == 0


def test_a_job_is_to_blame_for_the_worker_that_died_while_it_ran(context: Flask, now: datetime) -> None:
    register(context, die)
    settings = Settings(data_dir=Path(context.config["DATA_DIR"]))
    left = leave_running("short", now)

    for _death in range(jobs.MOST_DEATHS - 1):
        release_jobs(settings, "short")
        begin_and_die(left)
    release_jobs(settings, "short")

    assert not jobs.run(left)
    assert db.session.get_one(Job, left).state is JobState.FAILED


def test_a_worker_that_died_gives_up_its_own_jobs_only(context: Flask, now: datetime) -> None:
    left, _at_work = leave_running("short", now), leave_running("video", now)

    release_jobs(Settings(data_dir=Path(context.config["DATA_DIR"])), "short")

    assert due_now() == [left]
