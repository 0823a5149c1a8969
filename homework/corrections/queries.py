"""Corrections and returned work as a hat may see them, and what the database knows of their order."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from accounts.people.models import Hat, Person
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem
from homework.corrections.models import Correction, CorrectionPage, CorrectionRecording
from homework.corrections.stages import Verdict
from homework.marking.models import Mark
from homework.regrades.models import RegradeChange
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt


def returned_to(hat: Hat) -> Select[Submission]:
    """Work that counts and is back, which the hat may read."""
    return submissions.visible_to(hat).where(Submission.returned_at.is_not(None), submissions.counts())


def corrections_visible_to(hat: Hat) -> Select[Correction]:
    """The corrections that the hat may read: as the work that they belong to."""
    return select(Correction).where(
        Correction.submission_id.in_(returned_to(hat).with_only_columns(Submission.id))
    )


def latest_of(submission_id: int, assignment_item_id: int) -> Select[Correction]:
    """The last version of a question's correction."""
    return (
        select(Correction)
        .where(Correction.submission_id == submission_id, Correction.assignment_item_id == assignment_item_id)
        .order_by(Correction.number.desc())
        .limit(1)
        .options(joinedload(Correction.attempt))
    )


def by_client_key(client_key: object) -> Select[Correction]:
    """The correction that was sent with this key."""
    return select(Correction).where(Correction.client_key == client_key)


def pages_visible_to(hat: Hat) -> Select[CorrectionPage]:
    """The photographed pages of corrections that the hat may see."""
    readable = corrections_visible_to(hat).with_only_columns(Correction.id)
    return select(CorrectionPage).where(CorrectionPage.correction_id.in_(readable))


def recordings_audible_to(hat: Hat) -> Select[CorrectionRecording]:
    """The spoken corrections that the hat may hear."""
    readable = corrections_visible_to(hat).with_only_columns(Correction.id)
    return select(CorrectionRecording).where(CorrectionRecording.correction_id.in_(readable))


def held(correction_ids: Sequence[int]) -> Select[int]:
    """The corrections' rows, held until the transaction ends: two teachers judge one after the other."""
    return (
        select(Correction.id)
        .where(Correction.id.in_(correction_ids))
        .order_by(Correction.id)
        .with_for_update()
    )


def turns_of(correction_ids: Sequence[int]) -> Select[int]:
    """The rows of the pupils who sent the corrections, held: none of them corrects again meanwhile.

    Taken before the corrections, as who corrects takes her turn first (decision 0037).
    """
    pupils = (
        select(Submission.student_id)
        .join(Correction, Correction.submission_id == Submission.id)
        .where(Correction.id.in_(correction_ids))
    )
    return select(Person.id).where(Person.id.in_(pupils)).order_by(Person.id).with_for_update(key_share=True)


def judged_last_by(hat: Hat, assignment_id: int) -> Select[Correction]:
    """What the teacher said last about corrections of the work, one or many, and can still take back."""
    judged = aliased(Correction)
    last = (
        select(func.max(judged.judged_at))
        .join(AssignmentItem, AssignmentItem.id == judged.assignment_item_id)
        .where(AssignmentItem.assignment_id == assignment_id, judged.judged_by_id == hat.person_id)
        .scalar_subquery()
    )
    return (
        corrections_visible_to(hat)
        .join(AssignmentItem, AssignmentItem.id == Correction.assignment_item_id)
        .where(
            AssignmentItem.assignment_id == assignment_id,
            Correction.judged_by_id == hat.person_id,
            Correction.judged_at == last,
            is_still_owed(),
            ~is_followed(),
        )
        .order_by(Correction.id)
        .options(
            joinedload(Correction.submission).joinedload(Submission.student),
            joinedload(Correction.assignment_item),
        )
    )


def is_followed() -> ColumnElement[bool]:
    """Whether the pupil has corrected again after a ``Correction``."""
    later = aliased(Correction)
    return (
        select(later.id)
        .where(
            later.submission_id == Correction.submission_id,
            later.assignment_item_id == Correction.assignment_item_id,
            later.number > Correction.number,
        )
        .correlate(Correction)
        .exists()
    )


def owing_of(student_id: int) -> Select[Submission]:
    """The pupil's work that is back and did not get all points, the newest first."""
    return (
        select(Submission)
        .where(Submission.student_id == student_id, Submission.returned_at.is_not(None), submissions.counts())
        .order_by(Submission.id.desc())
        .options(joinedload(Submission.assignment).joinedload(Assignment.subject))
    )


def owes() -> Any:  # noqa: ANN401 -- a condition
    """The database's form of ``stages.is_owed``: what all must do is owed also where nothing was answered."""
    return and_(
        AssignmentItem.is_dropped.is_(False),
        or_(
            Mark.points < AssignmentItem.points,
            and_(Answer.id.is_(None), AssignmentItem.layer == Layer.REQUIRED),
        ),
    )


def is_still_owed() -> ColumnElement[bool]:
    """Whether there is still something to correct where a ``Correction`` was sent."""
    return (
        select(AssignmentItem.id)
        .outerjoin(
            Answer,
            and_(
                Answer.assignment_item_id == AssignmentItem.id,
                Answer.submission_id == Correction.submission_id,
            ),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(AssignmentItem.id == Correction.assignment_item_id, owes())
        .correlate(Correction)
        .exists()
    )


def latest_versions(submission_ids: Collection[int] | Select[int]) -> Any:  # noqa: ANN401 -- a subquery
    """Rows (hand-in, question, id of the last version of its correction, 1 if any version is accepted)."""
    return (
        select(
            Correction.submission_id,
            Correction.assignment_item_id,
            func.max(Correction.id).label("latest"),
            func.max(case((_is_accepted(Correction, Attempt), 1), else_=0)).label("is_accepted"),
        )
        .join(Attempt, Attempt.id == Correction.attempt_id)
        .where(Correction.submission_id.in_(submission_ids))
        .group_by(Correction.submission_id, Correction.assignment_item_id)
        .subquery()
    )


def refused_by_wrong_key(regrade_id: int) -> Select[int, int, int, int]:
    """Rows (hand-in, pupil, assignment, question's place): a wrong key alone refused her correction.

    Without questions that another version has settled, and those where nothing is owed any more.
    """
    put_right = (
        RegradeChange.regrade_id == regrade_id,
        RegradeChange.is_correct.is_(True),
        RegradeChange.earlier_is_correct.is_not(True),
    )
    return (
        select(Submission.id, Submission.student_id, Submission.assignment_id, AssignmentItem.position)
        .join(Correction, Correction.submission_id == Submission.id)
        .join(AssignmentItem, AssignmentItem.id == Correction.assignment_item_id)
        .join(RegradeChange, RegradeChange.attempt_id == Correction.attempt_id)
        .where(
            *put_right,
            Correction.state == Verdict.AGAIN,
            Correction.judged_by_id.is_(None),
            Submission.returned_at.is_not(None),
            submissions.counts(),
            is_still_owed(),
            ~_is_settled_without(select(RegradeChange.attempt_id).where(*put_right)),
        )
        .distinct()
    )


def _is_settled_without(attempt_ids: Select[int]) -> ColumnElement[bool]:
    """Whether another version of what a ``Correction`` is a version of is accepted, none of the attempts."""
    version, attempt = aliased(Correction), aliased(Attempt)
    return (
        select(version.id)
        .join(attempt, attempt.id == version.attempt_id)
        .where(
            version.submission_id == Correction.submission_id,
            version.assignment_item_id == Correction.assignment_item_id,
            version.attempt_id.not_in(attempt_ids),
            _is_accepted(version, attempt),
        )
        .correlate(Correction)
        .exists()
    )


def _is_accepted(version: type[Correction], attempt: type[Attempt]) -> ColumnElement[bool]:
    """The database's form of ``stages.verdict_now``."""
    taken_by_key = (
        (version.state == Verdict.AGAIN) & version.judged_by_id.is_(None) & attempt.is_correct.is_(True)
    )
    return or_(version.state == Verdict.ACCEPTED, taken_by_key)
