"""What happens to jobs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enqueued:
    """A job row was committed; the queue may carry its id now."""

    job_id: int
    queue: str
