"""Verdicts on corrections that are taken back: the corrections wait for a teacher anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db, hold_rows
from homework.corrections import queries
from homework.corrections.errors import CorrectedAgain, NoneChosen, NotJudged
from homework.corrections.models import Correction
from homework.corrections.services import held_to_judge, judged_meanwhile
from homework.corrections.stages import Verdict
from homework.notices.models import NewsKind
from homework.notices.services import withdraw


def take_back(versions: Mapping[int, int], hat: Hat, *, now: datetime) -> list[Correction]:
    """Let corrections that a teacher has judged wait as before, all or none; the log keeps what was said.

    *versions* maps ids to the versions that the teacher saw; what waits already stays as it is. What their
    pupils were told is withdrawn.

    Raises:
        NoneChosen: there are none.
        NotJudged: the key decided about one of them.
        JudgedMeanwhile: one was taken back and judged again since.
        CorrectedAgain: a pupil has sent the next version since.
    """
    if not versions:
        raise NoneChosen
    ids = sorted(versions)
    hold_rows(queries.turns_of(ids))
    found = held_to_judge(ids)
    judged = [one for one in found if one.state is not Verdict.WAITING]
    _check(judged, versions)
    for one in judged:
        _log(one, hat, now)
        _withdraw_news(one)
        one.state = Verdict.WAITING
        one.comment = ""
        one.judged_by_id = one.judged_at = None
    db.session.flush()
    return found


def _check(judged: Sequence[Correction], versions: Mapping[int, int]) -> None:
    followed = select(Correction.id).where(
        Correction.id.in_([one.id for one in judged]), queries.is_followed()
    )
    answered = set(db.session.scalars(followed))
    for one in judged:
        if one.judged_by_id is None:
            raise NotJudged
        if one.version != versions[one.id]:
            raise judged_meanwhile(one)
        if one.id in answered:
            raise CorrectedAgain(name=one.submission.student.name)


def _withdraw_news(judged: Correction) -> None:
    """What ``services.judge`` told the pupil holds no more."""
    about = judged.submission.student_id, judged.submission.assignment_id
    if judged.state is Verdict.AGAIN:
        withdraw(*about, NewsKind.CORRECTION_AGAIN, f"correction:{judged.id}")
    else:
        withdraw(*about, NewsKind.CORRECTIONS_ACCEPTED)


def _log(judged: Correction, hat: Hat, now: datetime) -> None:
    record(
        "take_verdict_back",
        "correction",
        judged.id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={"verdict": judged.state.value, "comment": judged.comment, "by": judged.judged_by_id},
    )
