"""Which of a pupil's hand-ins counts, where the best one does and marks are others now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypedDict, cast

from sqlalchemy import update

from core.database import db
from homework.marking.queries import points_of
from homework.regrades import queries
from homework.regrades.holding import hold_what_counts
from homework.regrades.models import Regrade
from homework.submissions.models import Submission

Pupil = tuple[int, int]
"""Of whom: (assignment, pupil)."""


class Moved(TypedDict):
    """That another of a pupil's hand-ins counts."""

    before: int
    now: int
    of: int
    """How many hand-ins she had: with more of them the best is to be found anew."""


def recount(regrade: Regrade) -> list[Moved]:
    """Let the best hand-ins count again, and tell for which pupils that is another one."""
    hold_what_counts(db.session.scalars(queries.question_ids_of(regrade.id)).all())
    pupils = db.session.execute(queries.pupils_whose_best_counts(regrade.id)).all()
    hand_ins = _hand_ins({(assignment_id, student_id) for assignment_id, student_id in pupils})
    return _count_the_best(list(hand_ins.values()))


def count_as_before(regrade: Regrade) -> None:
    """Let the hand-ins count that did before ``recount``; the best, where a pupil has handed in since.

    What is back meanwhile stays what counts.
    """
    hold_what_counts(db.session.scalars(queries.question_ids_of(regrade.id)).all())
    moved = {one["now"]: one for one in cast("list[Moved]", regrade.recounted)}
    pupils = db.session.execute(queries.pupils_with(moved)).all()
    changed = []
    for hand_ins in _hand_ins({(assignment_id, student_id) for assignment_id, student_id in pupils}).values():
        as_left = moved.get(_counted(hand_ins))
        if as_left is not None and as_left["of"] == len(hand_ins):
            _let_count(as_left["before"], hand_ins)
        else:
            changed.append(hand_ins)
    _count_the_best(changed)


def _hand_ins(pupils: Collection[Pupil]) -> dict[Pupil, list[Submission]]:
    """All hand-ins of those of the *pupils* who have none back, the first one first."""
    found: dict[Pupil, list[Submission]] = defaultdict(list)
    several = queries.best_counting({one for one, _ in pupils}, {one for _, one in pupils})
    for one in db.session.scalars(several.execution_options(populate_existing=True)):
        if (one.assignment_id, one.student_id) in pupils:
            found[one.assignment_id, one.student_id].append(one)
    return found


def _count_the_best(of_pupils: Sequence[Sequence[Submission]]) -> list[Moved]:
    """Of equal ones the last counts."""
    ids = [one.id for hand_ins in of_pupils for one in hand_ins]
    points: dict[int, float] = dict(db.session.execute(points_of(ids)).all())
    moved: list[Moved] = []
    for hand_ins in of_pupils:
        counted = _counted(hand_ins)
        best = max(hand_ins, key=lambda one: (points.get(one.id, 0.0), one.number)).id
        if best != counted:
            moved.append(Moved(before=counted, now=best, of=len(hand_ins)))
            _let_count(best, hand_ins)
    return moved


def _counted(hand_ins: Sequence[Submission]) -> int:
    return next(one.id for one in hand_ins if one.is_counted)


def _let_count(submission_id: int, hand_ins: Sequence[Submission]) -> None:
    """Beside the session, so that the rows are the same after an undo, their versions too."""
    change = update(Submission).where(Submission.id.in_([one.id for one in hand_ins]))
    db.session.connection().execute(change.values(is_counted=Submission.id == submission_id))
    for one in hand_ins:
        db.session.expire(one, ["is_counted"])
