"""Where the reading of imports stands: with a worker, over, or given up by all of them."""

from collections.abc import Iterable, Mapping

from core.database import db
from core.jobs.models import Job
from library.intake.models import IntakeState, QuestionImport


def given_up(runs: Iterable[QuestionImport], readings: Mapping[int, Job]) -> set[int]:
    """Those of the *runs* that nobody will read any more; the jobs, *readings*, were looked up after them."""
    left = [one for one in runs if one.state is IntakeState.WAITING and one.id not in readings]
    for one in left:
        # It may just have been read.
        db.session.refresh(one)
    return {one.id for one in left if one.state is IntakeState.WAITING}
