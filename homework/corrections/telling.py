"""What pupils are told of corrections that a key decides about anew, because it was put right or back."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from core.database import db
from homework.corrections import queries
from homework.notices.models import NewsKind
from homework.notices.queries import people_told
from homework.notices.services import take_back, tell_of_work
from homework.regrades.models import Regrade, RegradeState
from homework.submissions.models import Submission


def tell_of_regrade(regrade: Regrade, *, now: datetime) -> None:
    """Tell pupils whom the wrong key alone had refused a correction that it is accepted; once each.

    When the key is put back, those who were told so hear that they are to correct once more.
    """
    about = f"regrade:{regrade.id}:correction"
    refused = queries.refused_by_wrong_key(regrade.id)
    if regrade.state is RegradeState.APPLIED:
        _tell(refused, NewsKind.CORRECTION_TAKEN, about, regrade.reason, now)
    elif regrade.state is RegradeState.UNDONE:
        take_back(about, now=now)
        told = refused.where(Submission.student_id.in_(people_told(about)))
        _tell(told, NewsKind.CORRECTION_REFUSED, f"{about}:undone", regrade.reason, now)


def _tell(
    refused: Select[int, int, int, int], kind: NewsKind, about: str, reason: str, now: datetime
) -> None:
    questions: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for submission_id, student_id, assignment_id, position in db.session.execute(refused):
        questions[submission_id, student_id, assignment_id].append(position)
    for (submission_id, student_id, assignment_id), positions in questions.items():
        details: dict[str, Any] = {
            "reason": reason,
            "questions": sorted(positions),
            "submission": submission_id,
        }
        tell_of_work(student_id, assignment_id, kind, about, details=details, now=now)
