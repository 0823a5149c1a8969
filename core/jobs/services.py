"""Enqueue, claim, run, sweep.

A job is a row first: it is written in the transaction that wants it, so it exists exactly if the
change does. The queue only makes it soon; the sweeper makes it certain. A worker claims a job by a
conditional update and holds it for a lease; ``tries`` fences off a worker that slept through its own.

A start that comes to nothing is counted by its end. A job that raised an error is tried again a few times.
One whose lease ran out has lost its worker, and may be why: it is begun again, but not for ever. One that was
under way when the whole platform ended is to blame for nothing; the supervisor lets it wait again.
"""

import logging
import traceback
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, ParamSpec, cast

from sqlalchemy import CursorResult, Update, case, func, select, update

from core import clock
from core.database import db, in_transaction, insert_if_absent, publish, transaction
from core.jobs import queries
from core.jobs.events import Enqueued
from core.jobs.models import Job, JobState
from core.jobs.tasks import Schedule, Task, registry

log = logging.getLogger(__name__)
P = ParamSpec("P")
MOST_FAILURES = 5
MOST_DEATHS = 15
"""So often a job's worker dies while it runs: then it is taken for the cause, and others get on."""
MOST_STARTS = 100
"""So often a job is begun that does not come to its end. Nobody stops or loses the whole platform so often
during one job, unless it is the job that takes everything down."""
FIRST_BACK_OFF = timedelta(seconds=10)
QUEUE_GRACE = timedelta(seconds=20)
"""How long the queue may take before the sweeper sends a waiting job again."""

_running: ContextVar[tuple[int, int, timedelta] | None] = ContextVar("running_job", default=None)


def enqueue(
    task: Task[P], /, *, key: str | None = None, delay: timedelta = timedelta(0), arguments: dict[str, Any]
) -> None:
    """Have *task* run with *arguments* (ids and plain values) after the open transaction commits.

    Opens a transaction of its own where none is open. A second job with the *key* of one that still
    waits is not made.
    """
    if not in_transaction():
        # Each of twenty answers may ask for the same: only the first has to write.
        if key is not None and db.session.scalar(queries.waiting(key)) is not None:
            return
        with transaction():
            enqueue(task, key=key, delay=delay, arguments=arguments)
        return
    now = clock.now()
    job = {
        "task": task.name,
        "arguments": arguments,
        "queue": task.queue,
        "key": key,
        "state": JobState.WAITING,
        "tries": 0,
        "failures": 0,
        "deaths": 0,
        "created_at": now,
        "run_after": now + delay,
        "progress_done": 0,
        "progress_total": 0,
        "label": task.label,
        "error": "",
    }
    if key is not None:
        if insert_if_absent(Job, [job]):
            job_id = db.session.scalar(queries.waiting(key))
            _announce(job_id, task.queue, delay)
        return
    row = Job(**job)
    db.session.add(row)
    db.session.flush()
    _announce(row.id, task.queue, delay)


def _announce(job_id: int | None, queue: str, delay: timedelta) -> None:
    if job_id is not None and not delay:
        publish(Enqueued(job_id, queue))


def run(job_id: int) -> bool:
    """Claim the job and run it to its end; False if it was not there to be claimed."""
    claimed = _claim(job_id)
    if claimed is None:
        return False
    task, tries, arguments = claimed
    token = _running.set((job_id, tries, task.lease))
    try:
        task.function(**arguments)
    except Exception:
        log.exception("job %s (%s) failed on try %s", job_id, task.name, tries)
        _fail(job_id, tries, traceback.format_exc(limit=-5))
    else:
        _finish(job_id, tries)
    finally:
        _running.reset(token)
        db.session.remove()
    return True


def _claim(job_id: int) -> tuple[Task[Any], int, dict[str, Any]] | None:
    now = clock.now()
    with transaction():
        job = db.session.get(Job, job_id)
        if job is None or (task := registry().tasks.get(job.task)) is None:
            return None
        if reason := _reason_to_give_up(job):
            _give_up(job, reason, now)
            return None
        claimed = _changed(
            update(Job)
            .where(Job.id == job_id, queries.is_due(now))
            .values(
                state=JobState.RUNNING,
                tries=Job.tries + 1,
                deaths=Job.deaths + case((Job.state == JobState.RUNNING, 1), else_=0),
                lease_until=now + task.lease,
                key=None,
                error="",
            )
        )
        if not claimed:
            return None
        db.session.refresh(job)
        return task, job.tries, dict(job.arguments)


def _reason_to_give_up(job: Job) -> str:
    """Why *job*, if it is due, is not begun once more; empty if it is."""
    deaths = job.deaths + (job.state is JobState.RUNNING)
    if deaths >= MOST_DEATHS:
        return f"its worker died {deaths} times while it ran"
    unfinished = job.tries - job.failures
    return f"begun {unfinished} times without an end" if unfinished >= MOST_STARTS else ""


def _give_up(job: Job, reason: str, now: datetime) -> None:
    change = {"state": JobState.FAILED, "lease_until": None, "finished_at": now, "error": reason}
    as_seen = update(Job).where(Job.id == job.id, Job.tries == job.tries, queries.is_due(now))
    if _changed(as_seen.values(**change)):
        log.error("job %s (%s) is given up: %s", job.id, job.task, reason)


def _finish(job_id: int, tries: int) -> None:
    with transaction():
        _changed(_mine(job_id, tries).values(state=JobState.DONE, lease_until=None, finished_at=clock.now()))


def _fail(job_id: int, tries: int, error: str) -> None:
    now = clock.now()
    db.session.rollback()
    with transaction():
        failures = db.session.scalars(select(Job.failures).where(Job.id == job_id)).one() + 1
        if failures >= MOST_FAILURES:
            change = {"state": JobState.FAILED, "finished_at": now}
        else:
            change = {"state": JobState.WAITING, "run_after": now + FIRST_BACK_OFF * 4 ** (failures - 1)}
        _changed(_mine(job_id, tries).values(lease_until=None, error=error, failures=failures, **change))


def report_progress(done: int, total: int) -> None:
    """Show how far the running job is, and renew its lease; call it between transactions.

    Does nothing outside a job, so that a verb can report wherever it runs.
    """
    running = _running.get()
    if running is None:
        return
    job_id, tries, lease = running
    with transaction():
        _changed(
            _mine(job_id, tries).values(
                progress_done=done, progress_total=total, lease_until=clock.now() + lease
            )
        )


def sweep(now: datetime) -> list[tuple[int, str]]:
    """Start what runs by the clock; return (id, queue) of the jobs that the queue should carry again."""
    for one in registry().schedules:
        _start_if_due(one, now)
    overdue = queries.due(now - QUEUE_GRACE).limit(1000)
    return [(job.id, job.queue) for job in db.session.scalars(overdue)]


def run_waiting(limit: int = 1000) -> int:
    """Run what is due now, in this process, until nothing is; returns how many jobs ran."""
    ran = 0
    while ran < limit:
        job = db.session.scalar(queries.due(clock.now()).limit(1))
        db.session.rollback()
        if job is None or not run(job.id):
            break
        ran += 1
    return ran


def _start_if_due(one: Schedule, now: datetime) -> None:
    since = one.due_since(now)
    latest = db.session.scalar(select(func.max(Job.created_at)).where(Job.task == one.task.name))
    if latest is None or latest < since:
        enqueue(one.task, key=f"schedule:{one.task.name}", arguments={})


def _mine(job_id: int, tries: int) -> Update:
    return update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING, Job.tries == tries)


def _changed(statement: Update) -> int:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
