"""Job rows by what is to be done with them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from core.database import db
from core.jobs.models import Job, JobState


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a job should be running and is not: it waits past its time, or was left by a dead worker."""
    return or_(
        (Job.state == JobState.WAITING) & (Job.run_after <= now),
        (Job.state == JobState.RUNNING) & (Job.lease_until < now),
    )


def due(now: datetime) -> Select[Job]:
    """Jobs that should be running and are not."""
    return select(Job).where(is_due(now)).order_by(Job.id)


def waiting(key: str) -> Select[int]:
    """Id of the job that waits with this key: claiming it empties the key."""
    return select(Job.id).where(Job.key == key)


def unfinished(task: str) -> Select[Job]:
    """Jobs of one task that wait or run."""
    return select(Job).where(Job.task == task, Job.state.in_((JobState.WAITING, JobState.RUNNING)))


def progress_of(task: str, /, **arguments: object) -> tuple[int, int]:
    """How much of the unfinished job with these arguments is done, of how much; twice 0 if there is none."""
    for job in db.session.scalars(unfinished(task)):
        if job.arguments == arguments:
            return job.progress_done, job.progress_total
    return 0, 0


def visible_progress() -> Select[Job]:
    """Unfinished jobs that tell their progress to people."""
    return (
        select(Job)
        .where(Job.state.in_((JobState.WAITING, JobState.RUNNING)), Job.label != "")
        .order_by(Job.id)
    )
