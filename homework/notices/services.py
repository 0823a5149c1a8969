"""Tell teachers that their work uses something which was withdrawn, and everybody what happened to work."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from core.database import db, insert_if_absent
from homework.assignments.schedule import wakes_at
from homework.notices import queries
from homework.notices.models import NewsKind, Notice, WorkNotice
from library.resources.models import Resource, ReviewState
from library.resources.services import keep_open
from library.review.queries import withdrawal_of


def tell(resource_id: int, *, now: datetime) -> None:
    """Keep the withdrawn resource open for the classes that have it, and tell who is in charge of their work.

    Telling twice tells once; a resource that is published again meanwhile is left alone.
    """
    resource = db.session.get(Resource, resource_id)
    withdrawal = db.session.scalar(withdrawal_of(resource_id))
    if resource is None or withdrawal is None or resource.review_state is not ReviewState.WITHDRAWN:
        return
    keep_open(resource_id, set(db.session.scalars(queries.class_ids_given(resource_id))))
    insert_if_absent(
        Notice,
        [
            {
                "person_id": one.teacher_id,
                "assignment_id": one.id,
                "resource_id": resource_id,
                "reason": withdrawal.reason,
                "made_at": now,
            }
            for one in db.session.scalars(queries.assignments_with(resource_id))
        ],
    )


def put_away(notice: Notice, *, now: datetime) -> None:
    """A teacher in charge has read it, for all who are."""
    notice.seen_at = now


@dataclass(frozen=True, slots=True)
class MarkNews:
    """That a pupil's points for one question are others now."""

    student_id: int
    assignment_id: int
    question: int
    before: float | None
    after: float | None
    """None where the question counts no more."""


def tell_marked_anew(  # noqa: PLR0913 -- what is told, to whom, why and when: each is named at the call
    news: Iterable[MarkNews],
    teachers: Iterable[Sequence[int]],
    *,
    by_id: int,
    about: str,
    reason: str,
    is_undone: bool,
    now: datetime,
) -> None:
    """Tell pupils whose points changed, and the *teachers*, rows (assignment, teacher), except who did it."""
    kind = NewsKind.MARKED_AS_BEFORE if is_undone else NewsKind.MARKED_ANEW
    by_pupil: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for one in news:
        by_pupil[one.student_id, one.assignment_id].append(
            {"question": one.question, "before": one.before, "after": one.after}
        )
    pupils = Counter(assignment_id for _student, assignment_id in by_pupil)
    told: dict[tuple[int, int], Mapping[str, Any]] = {
        (teacher_id, assignment_id): {"reason": reason, "pupils": pupils[assignment_id]}
        for assignment_id, teacher_id in teachers
        if teacher_id != by_id
    }
    told |= {key: {"reason": reason, "changes": changes} for key, changes in by_pupil.items()}
    insert_if_absent(
        WorkNotice,
        [_notice(person_id, assignment_id, kind, about, details, now)
         for (person_id, assignment_id), details in told.items()],
    )  # fmt: skip


def tell_of_work(
    student_id: int,
    assignment_id: int,
    kind: NewsKind,
    about: str,
    *,
    details: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell a pupil something about her work, or a teacher about work that she is to look at."""
    tell_all_of_work([student_id], assignment_id, kind, about, details=details, now=now)


def tell_all_of_work(
    person_ids: Iterable[int],
    assignment_id: int,
    kind: NewsKind,
    about: str,
    *,
    details: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell several people the same, as ``tell_of_work`` tells one."""
    insert_if_absent(
        WorkNotice, [_notice(one, assignment_id, kind, about, details, now) for one in person_ids]
    )


def no_longer_say(assignment_id: int, kind: NewsKind, names: Collection[str]) -> None:
    """Take details out of earlier news of the kind, since others hold now; news that say nothing more, go."""
    earlier = select(WorkNotice).where(WorkNotice.assignment_id == assignment_id, WorkNotice.kind == kind)
    for one in db.session.scalars(earlier):
        left = {name: said for name, said in one.details.items() if name not in names}
        if left:
            one.details = left
        else:
            db.session.delete(one)
    db.session.flush()


def take_back(about: str, *, now: datetime) -> None:
    """What was told holds no more: who has not read it, need not."""
    db.session.execute(
        update(WorkNotice).where(WorkNotice.about == about, WorkNotice.seen_at.is_(None)).values(seen_at=now)
    )


def withdraw(person_id: int, assignment_id: int, kind: NewsKind, about: str | None = None) -> None:
    """Tell a pupil and her guardians no more what was said of her work; it may be said anew.

    Without *about*, whatever of the *kind* she was told about the work.
    """
    told = delete(WorkNotice).where(
        WorkNotice.person_id == person_id, WorkNotice.assignment_id == assignment_id, WorkNotice.kind == kind
    )
    db.session.execute(told if about is None else told.where(WorkNotice.about == about))


def withdraw_from(person_ids: Collection[int], assignment_id: int, kinds: Collection[NewsKind]) -> None:
    """Tell none of the people any more whatever of these *kinds* they were told about the work."""
    db.session.execute(
        delete(WorkNotice).where(
            WorkNotice.person_id.in_(person_ids),
            WorkNotice.assignment_id == assignment_id,
            WorkNotice.kind.in_(kinds),
        )
    )


def put_news_away(notice: WorkNotice, *, now: datetime) -> None:
    """The person has read it."""
    notice.seen_at = now


def _notice(
    person_id: int, assignment_id: int, kind: NewsKind, about: str, details: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "assignment_id": assignment_id,
        "kind": kind,
        "about": about,
        "details": dict(details),
        "made_at": now,
        "shown_from": wakes_at(now),
    }
