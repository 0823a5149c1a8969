"""The queue: Celery carries the ids of committed jobs, over a folder or over Redis.

The worker sweeps as well: what the queue lost, or a dead worker left, is sent again.
"""

import logging
import threading
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutting_down
from flask import Flask, current_app
from kombu.exceptions import OperationalError

from app import folder_queue
from core import clock
from core.events import subscribe
from core.jobs import services
from core.jobs.events import Enqueued

log = logging.getLogger(__name__)
TASK = "weike.run"
QUEUES = ("short", "train", "video")
SWEEP_SECONDS = 10.0
POLLING_SECONDS = 0.1
_EXTENSION = "weike.celery"


def init_app(app: Flask) -> None:
    """Send the id of every job once its row is committed."""
    app.extensions[_EXTENSION] = make_celery(app)
    if not app.config["TESTING"]:
        subscribe(app, Enqueued, lambda event: send(event.job_id, event.queue))


def make_celery(app: Flask) -> Celery:
    """The Celery application of *app*."""
    folder_queue.register()
    made = Celery("weike", broker=app.config["REDIS_URL"] or f"{folder_queue.SCHEME}://localhost")
    made.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_default_queue=QUEUES[0],
        broker_connection_retry_on_startup=True,
        broker_transport_options={} if app.config["REDIS_URL"] else _folder_options(app),
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
    )

    @made.task(name=TASK)
    def run(job_id: int) -> None:
        with app.app_context():
            services.run(job_id)

    return made


def celery() -> Celery:
    """The current application's Celery."""
    found: Celery = current_app.extensions[_EXTENSION]
    return found


def send(job_id: int, queue: str) -> None:
    """Have the queue carry a job's id; a queue that is down only makes it late."""
    try:
        celery().send_task(TASK, args=[job_id], queue=queue)
    except (OperationalError, OSError):
        log.warning("the queue is down; the sweeper will send job %s", job_id)


def sweep_while_working(app: Flask) -> None:
    """Start the sweeper with the worker, and stop it with it."""
    stop = threading.Event()

    def sweep() -> None:
        while not stop.is_set():
            with app.app_context():
                _sweep_once()
            stop.wait(SWEEP_SECONDS)

    def start(**_kwargs: Any) -> None:  # noqa: ANN401 -- Celery's signals pass anything
        threading.Thread(target=sweep, name="sweeper", daemon=True).start()

    worker_ready.connect(start, weak=False)
    worker_shutting_down.connect(lambda **_kwargs: stop.set(), weak=False)


def _sweep_once() -> None:
    try:
        for job_id, queue in services.sweep(clock.now()):
            send(job_id, queue)
    except Exception:
        log.exception("the sweep failed; the next one tries again")


def _folder_options(app: Flask) -> dict[str, Any]:
    folder = Path(app.config["DATA_DIR"]) / "queue"
    for part in ("messages", "control"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": POLLING_SECONDS,
    }
