"""A job goes through a real queue to a real worker process: over a folder, and over Redis."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.queue import send
from app.settings import Environment, Settings
from core import clock
from core.database import db, transaction
from core.jobs.models import Job, JobState
from recommender.recommendations.tasks import rebuild_profiles
from tests.stores import redis_server

PATIENCE_SECONDS = 120.0


@pytest.fixture(params=["folder", pytest.param("redis", marks=pytest.mark.services)])
def broker(request: pytest.FixtureRequest) -> str:
    """The address of the broker; empty for the folder in the data directory."""
    return redis_server() if request.param == "redis" else ""


@pytest.fixture
def queued(broker: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of its own: the worker process reads the same folder."""
    settings = Settings(
        data_dir=tmp_path, environment=Environment.TEST, secret_key="t" * 32, redis_url=broker
    )
    app = create_app(settings)
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def worker(data_dir: Path, broker: str) -> Iterator[None]:
    """A worker process, as `weike serve` starts it."""
    environment = {**os.environ, "WEIKE_DATA_DIR": str(data_dir), "WEIKE_REDIS_URL": broker}
    process = subprocess.Popen([sys.executable, "-m", "app.worker", "short", "1"], env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def committed_job(*, age: timedelta) -> int:
    """A job whose row was committed *age* ago."""
    then = clock.now() - age
    with transaction():
        job = Job(task=rebuild_profiles.name, arguments={}, created_at=then, run_after=then)
        db.session.add(job)
        db.session.flush()
        return job.id


def is_done(job_id: int) -> bool:
    """Wait until the job has been done; False when patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if db.session.get_one(Job, job_id).state is JobState.DONE:
            return True
        db.session.rollback()
        time.sleep(0.1)
    return False


def test_a_worker_does_each_job_once_that_the_queue_carries_lost_or_carries_twice(
    queued: Flask, broker: str, tmp_path: Path
) -> None:
    carried, twice = committed_job(age=timedelta(0)), committed_job(age=timedelta(0))
    lost = committed_job(age=timedelta(minutes=1))
    for one in (carried, twice, twice):
        send(one, "short")

    with worker(tmp_path, broker):
        assert is_done(carried)
        assert is_done(twice)
        assert is_done(lost)
        later = committed_job(age=timedelta(0))
        send(later, "short")  # behind what the queue carried twice
        assert is_done(later)
    assert db.session.get_one(Job, twice).tries == 1
