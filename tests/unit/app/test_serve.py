import socket
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.checkpoints import checkpoint
from app.serve import CannotServe, box, listen, main, only_one, release_jobs
from app.settings import Settings
from core.database import db, transaction
from core.jobs import queries
from core.jobs.models import Job, JobState


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


def test_checkpoints_move_the_whole_log_into_the_database(tmp_path: Path) -> None:
    database = tmp_path / "weike.db"
    writer = sqlite3.connect(database, isolation_level=None)
    try:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute("CREATE TABLE row (id)")
        writer.executemany("INSERT INTO row VALUES (?)", [(number,) for number in range(1_000)])
        before = database.stat().st_size

        assert checkpoint(database)
        assert database.stat().st_size > before
    finally:
        writer.close()


def test_jobs_of_a_worker_that_is_gone_begin_again_at_the_next_start(context: Flask, now: datetime) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    with transaction():
        left = Job(task="demo.library", arguments={}, created_at=now, run_after=now)
        left.state, left.lease_until = JobState.RUNNING, later
        db.session.add(left)

    release_jobs(Settings(data_dir=Path(context.config["DATA_DIR"])))

    db.session.expire_all()
    assert [job.id for job in db.session.scalars(queries.due(datetime.now(UTC)))] == [left.id]
