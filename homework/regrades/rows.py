"""What a regrade writes into marks, attempts, days and the record, and how it takes that back exactly."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from core.clock import school_day
from core.database import db
from homework.marking.models import Mark, MarkSource
from homework.regrades.changes import VERSIONS_APART, Change
from homework.regrades.models import Regrade, RegradeChange
from learning.attempts.models import Attempt
from learning.records.services import Record, change_correct_answers, record_statements
from learning.records.verbs import EXTENSION, ObjectType, Verb


def write_portion(regrade: Regrade, changes: Sequence[Change], now: datetime) -> None:
    """Write what changes about some answers."""
    db.session.execute(insert(RegradeChange), [_row(regrade, one) for one in changes])
    _judge_anew(regrade, changes, now)
    _mark_anew(regrade, [one for one in changes if one.writes_mark], now)
    _forget_rows()


def _judge_anew(regrade: Regrade, changes: Sequence[Change], now: datetime) -> None:
    """What the answers say of the pupils, with their days and the record."""
    _set_judgements(
        {
            one.standing.attempt_id: (one.evidence.score, one.evidence.is_correct)
            for one in changes
            if one.judges
        }
    )
    _count_right_answers(
        (one.standing.person_id, one.standing.answered_at, one.standing.is_correct, one.evidence.is_correct)
        for one in changes
    )
    _state(
        (
            (one.standing.person_id, one.standing.item_id, one.standing.attempt_id, one.evidence.score,
             one.evidence.is_correct)
            for one in changes
            if one.evidence != one.earlier
        ),
        regrade,
        now,
    )  # fmt: skip


def _mark_anew(regrade: Regrade, changes: Sequence[Change], now: datetime) -> None:
    """Answers that nobody has marked get a mark."""
    _set_marks(
        [
            {
                "answer_id": one.standing.answer_id,
                "points": one.points,
                "comment": one.standing.comment,
                "source": MarkSource.REGRADE,
                "marked_by_id": regrade.made_by_id,
                "marked_at": now,
                "version": _version_for(regrade, one),
            }
            for one in changes
        ],
        {one.standing.answer_id for one in changes if one.standing.mark_version is None},
    )


def _version_for(regrade: Regrade, one: Change) -> int:
    return (one.standing.mark_version or 0) + VERSIONS_APART * regrade.id


def _row(regrade: Regrade, one: Change) -> dict[str, Any]:
    standing = one.standing
    marks = standing.answer_id is not None and (one.marks or one.writes_mark)
    return {
        "regrade_id": regrade.id,
        "attempt_id": standing.attempt_id,
        "answer_id": standing.answer_id,
        "earlier_score": one.earlier.score,
        "earlier_is_correct": one.earlier.is_correct,
        "score": one.evidence.score,
        "is_correct": one.evidence.is_correct,
        "marks": marks,
        "earlier_points": one.earlier_points,
        "earlier_comment": standing.comment,
        "earlier_source": standing.source,
        "earlier_marked_by_id": standing.marked_by_id,
        "earlier_marked_at": standing.marked_at,
        "earlier_version": standing.mark_version,
        "points": one.points,
        "version": _version_for(regrade, one) if one.writes_mark else standing.mark_version,
    }


def write_portion_back(regrade: Regrade, changes: Sequence[RegradeChange], now: datetime) -> None:
    """Put some answers back as they were."""
    _put_judgements_back(regrade, changes, now)
    _put_marks_back([one for one in changes if one.marks])
    _forget_rows()


def _put_judgements_back(regrade: Regrade, changes: Sequence[RegradeChange], now: datetime) -> None:
    """What the answers said of the pupils, with their days; the record is added to once more."""
    earlier = {one.attempt_id: (one.earlier_score, one.earlier_is_correct) for one in changes}
    rows = db.session.execute(
        select(
            Attempt.id, Attempt.person_id, Attempt.item_id, Attempt.answered_at, Attempt.score,
            Attempt.is_correct,
        ).where(Attempt.id.in_(earlier))
    )  # fmt: skip
    judged = [row for row in rows if (row.score, row.is_correct) != earlier[row.id]]
    _set_judgements({row.id: earlier[row.id] for row in judged})
    _count_right_answers(
        (row.person_id, row.answered_at, row.is_correct, earlier[row.id][1]) for row in judged
    )
    _state(((row.person_id, row.item_id, row.id, *earlier[row.id]) for row in judged), regrade, now)


def _put_marks_back(changes: Sequence[RegradeChange]) -> None:
    """Answers that nobody had marked have no mark again."""
    had_a_mark = [one for one in changes if one.earlier_version is not None]
    _set_marks(
        [
            {
                "answer_id": one.answer_id,
                "points": one.earlier_points,
                "comment": one.earlier_comment,
                "source": one.earlier_source,
                "marked_by_id": one.earlier_marked_by_id,
                "marked_at": one.earlier_marked_at,
                "version": one.earlier_version,
            }
            for one in had_a_mark
        ],
        set(),
    )
    nobody_had = [one.answer_id for one in changes if one.earlier_version is None]
    db.session.execute(delete(Mark).where(Mark.answer_id.in_(nobody_had)))


def _set_judgements(judgements: Mapping[int, tuple[float | None, bool | None]]) -> None:
    if not judgements:
        return
    statement = (
        update(Attempt)
        .where(Attempt.id == bindparam("attempt"))
        .values(score=bindparam("to_score"), is_correct=bindparam("to_correct"))
    )
    db.session.connection().execute(
        statement,
        [
            {"attempt": attempt_id, "to_score": score, "to_correct": is_correct}
            for attempt_id, (score, is_correct) in judgements.items()
        ],
    )


def _set_marks(rows: Sequence[Mapping[str, Any]], new: Collection[int | None]) -> None:
    columns = Mark.__table__.c
    if made := [dict(row) for row in rows if row["answer_id"] in new]:
        db.session.connection().execute(insert(Mark), made)
    changed = [
        {f"to_{name}": value for name, value in row.items()} for row in rows if row["answer_id"] not in new
    ]
    if changed:
        names = ("points", "comment", "source", "marked_by_id", "marked_at", "version")
        statement = (
            update(Mark)
            .where(Mark.answer_id == bindparam("to_answer_id"))
            .values({name: bindparam(f"to_{name}", type_=columns[name].type) for name in names})
        )
        db.session.connection().execute(statement, changed)


def _count_right_answers(
    rows: Iterable[tuple[int, datetime, bool | None, bool | None]],
) -> None:
    """Let the days' counts of right answers follow: (person, answered at, right before, right now)."""
    difference: Counter[tuple[int, date]] = Counter()
    for person_id, answered_at, before, after in rows:
        difference[person_id, school_day(answered_at)] += int(after is True) - int(before is True)
    change_correct_answers({key: number for key, number in difference.items() if number})


def _state(
    rows: Iterable[tuple[int, int, int, float | None, bool | None]], regrade: Regrade, now: datetime
) -> None:
    """Add to the record what the answers are worth now; what it said before stays said."""
    record_statements(
        [
            Record(
                actor_id=person_id,
                verb=Verb.SCORED,
                object_type=ObjectType.ITEM,
                object_id=item_id,
                timestamp=now,
                result={} if score is None else {"score": {"scaled": score}, "success": is_correct is True},
                context={
                    "extensions": {f"{EXTENSION}attempt": attempt_id, f"{EXTENSION}regrade": regrade.id}
                },
            )
            for person_id, item_id, attempt_id, score, is_correct in rows
        ],
        now=now,
    )


def _forget_rows() -> None:
    """Rows were written beside the session: what it holds is written too, and read again when needed."""
    db.session.flush()
    db.session.expire_all()
