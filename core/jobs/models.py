"""The job row: the truth about work to do. The queue carries its id and nothing else."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Impersonal


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of work, claimed by one worker at a time for the length of a lease."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "run_after"), Index(None, "task", "state"))
    __privacy__ = Impersonal("names a task and ids; nothing about a person")

    id: Mapped[pk]
    task: Mapped[str] = mapped_column(String(100))
    arguments: Mapped[dict[str, Any]]
    queue: Mapped[str] = mapped_column(String(32), default="short")
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    """Unique while the job waits; a second job of the same key is not needed. Emptied by the claim."""
    state: Mapped[JobState] = mapped_column(short_strings(JobState), default=JobState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    """So often it was begun."""
    failures: Mapped[int] = mapped_column(default=0)
    """So often it ended with an error."""
    deaths: Mapped[int] = mapped_column(default=0)
    """So often it was left by a worker that died, while others of the platform lived on."""
    created_at: Mapped[utc]
    run_after: Mapped[utc]
    lease_until: Mapped[utc | None]
    finished_at: Mapped[utc | None]
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    """0 while the amount is not known."""
    label: Mapped[str] = mapped_column(String(200), default="")
    """What a waiting person reads beside the progress, in English; the page translates it."""
    error: Mapped[str] = mapped_column(Text, default="")
