"""What is really there of the work that was acknowledged: counted in the database and the files."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from core.database import db
from core.jobs.models import Job, JobState
from homework.submissions.models import Answer, Page, Submission
from tests.hand_ins import is_whole


@dataclass(frozen=True, slots=True)
class Sent:
    """What a device sent, and what it was told."""

    client_key: UUID
    photos: Sequence[str]
    """SHA-256 of each, in order."""
    receipts: Sequence[Mapping[str, object]]


def unfinished_jobs() -> int:
    """What the workers still have to do."""
    db.session.rollback()
    states = (JobState.WAITING, JobState.RUNNING)
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.state.in_(states))) or 0


def lost_and_doubled(assignment_id: int, journal: Sequence[Sent]) -> tuple[int, int]:
    """How many acknowledged hand-ins are not wholly there, and how many there are beyond one a pupil."""
    db.session.rollback()
    rows = {
        one.client_key: one
        for one in db.session.scalars(select(Submission).where(Submission.assignment_id == assignment_id))
    }
    pages: dict[int, list[Page]] = defaultdict(list)
    found = select(Answer.submission_id, Page).join(Answer, Answer.id == Page.answer_id)
    for submission_id, page in db.session.execute(found.order_by(Page.position)):
        pages[submission_id].append(page)
    lost = sum(bool(one.receipts) and not _is_there(one, rows, pages) for one in journal)
    by_pupil = Counter(one.student_id for one in rows.values())
    return lost, sum(number - 1 for number in by_pupil.values())


def _is_there(sent: Sent, rows: Mapping[UUID, Submission], pages: Mapping[int, Sequence[Page]]) -> bool:
    row = rows.get(sent.client_key)
    if row is None:
        return False
    says = {(one["id"], one["sha256"]) for one in sent.receipts}
    kept = pages.get(row.id, ())
    return (
        says == {(row.id, row.content_sha256)}
        and [page.upload_sha256 for page in kept] == list(sent.photos)
        and all(map(is_whole, kept))
    )
