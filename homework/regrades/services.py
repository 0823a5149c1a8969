"""Put a wrong key right: look, apply, follow what is handed in later, undo to the letter.

A regrade edits judgements where they stand (the score of an attempt, the points of a mark) and keeps each as
it was: see ``docs/decisions/0019-regrades-edit-the-judgement.md``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import delete, select

from accounts.people.models import Hat
from core.database import db, publish
from homework.assignments.models import AssignmentItem
from homework.regrades import queries
from homework.regrades.changes import Change, Decision, changes_by, digest_of
from homework.regrades.errors import (
    ChangedSincePreview,
    LaterRegrade,
    NothingChanges,
    ReasonMissing,
    StillRunning,
)
from homework.regrades.events import MarkedAnew
from homework.regrades.keys import check_key, with_key
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.previews import visible_people
from homework.regrades.rows import flip, recount, write_portion, write_portion_back
from homework.regrades.rulings import NEEDS_A_KEY, Policy
from homework.regrades.standings import standings_elsewhere, standings_of
from homework.regrades.telling import log, marked_since, tell
from homework.regrades.wordings import next_wording
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.items.models import Item, ItemVersion
from library.items.variants import pose

AT_ONCE = 2_000
"""So many answers are marked anew while the person waits; more by a job, in portions."""
PORTION = 500
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a teacher wants to put right about one question."""

    policy: Policy
    correct: Mapping[str, Any] | None = None
    """The corrected key, for policies that need one."""
    explanation: str = ""
    reason: str = ""
    is_everywhere: bool = False
    overwritten: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a wish would do, worked out."""

    version: ItemVersion
    versions: list[ItemVersion]
    """Wordings with the wrong key."""
    questions: list[AssignmentItem]
    decision: Decision
    answers: int
    changes: list[Change]

    @property
    def digest(self) -> str:
        """Of exactly what would change."""
        return digest_of(self.changes)


def plan(question: AssignmentItem, hat: Hat, wish: Wish) -> Plan:
    """What *wish* would do about *question*, in a number of statements that does not grow with the answers.

    Raises:
        KeyMissing, SameKey, BadKey, NoKeyOfItsOwn, KeyNotHere: the key does not do for the policy.
    """
    version = question.item_version
    check_key(version, wish.policy, wish.correct)
    versions = queries.versions_like(version)
    is_everywhere = wish.is_everywhere and queries.owns(hat, version.item)
    questions = list(
        db.session.scalars(
            queries.questions_asking([one.id for one in versions], None if is_everywhere else hat)
        )
    )
    earlier = pose(version, None)
    corrected = with_key(version, wish.correct) if wish.policy in NEEDS_A_KEY and wish.correct else earlier
    decision = Decision(wish.policy, earlier, corrected, wish.overwritten)
    standings = standings_of([one.id for one in questions])
    if is_everywhere:
        standings += standings_elsewhere(version.item_id, [one.id for one in versions])
    return Plan(version, versions, questions, decision, len(standings), list(changes_by(decision, standings)))


def begin(
    question: AssignmentItem, hat: Hat, wish: Wish, *, seen: str, client_key: UUID, now: datetime
) -> tuple[Regrade, bool]:
    """Decide what the preview *seen* showed: the regrade, and whether it is new. ``write`` carries it out.

    Raises:
        ReasonMissing: nobody would know why.
        ChangedSincePreview: something came in between.
        NothingChanges: there is nothing to do.
        KeyMissing, SameKey, BadKey, NoKeyOfItsOwn, KeyNotHere: the key does not do for the policy.
    """
    if earlier := db.session.scalar(queries.by_client_key(client_key)):
        return earlier, False
    if not wish.reason.strip():
        raise ReasonMissing
    _hold(question)
    found = plan(question, hat, replace(wish, overwritten=frozenset()))
    if found.digest != seen:
        raise ChangedSincePreview
    if not found.changes and wish.policy is not Policy.DROP and wish.policy not in NEEDS_A_KEY:
        raise NothingChanges
    item = db.session.get_one(Item, found.version.item_id)
    new_version = None
    if wish.policy in NEEDS_A_KEY:
        new_version = next_wording(
            found.version,
            by_id=hat.person_id,
            now=now,
            correct=dict(wish.correct or {}),
            explanation=wish.explanation.strip() or found.version.explanation,
        )
    stands_for_all = (
        new_version is not None and queries.owns(hat, item) and _is_wording_of_library(item, found)
    )
    regrade = Regrade(
        client_key=client_key,
        item_id=item.id,
        version_ids=[one.id for one in found.versions],
        new_version_id=new_version.id if new_version else None,
        earlier_current_id=item.current_version_id if stands_for_all else None,
        policy=wish.policy,
        is_everywhere=wish.is_everywhere and queries.owns(hat, item),
        overwritten=sorted(wish.overwritten & _may_overwrite(found, hat)),
        recounted=[],
        reason=wish.reason.strip(),
        state=RegradeState.APPLYING,
        made_by_id=hat.person_id,
        made_at=now,
    )
    db.session.add(regrade)
    db.session.flush()
    for one in found.questions:
        db.session.add(
            RegradeQuestion(
                regrade_id=regrade.id, assignment_item_id=one.id, earlier_version_id=one.item_version_id
            )
        )
        if new_version is not None:
            one.item_version_id = new_version.id
        one.is_dropped = one.is_dropped or wish.policy is Policy.DROP
    if stands_for_all and new_version is not None:
        item.current_version_id = new_version.id
    db.session.flush()
    log("regrade", regrade, hat, now)
    return regrade, True


def _is_wording_of_library(item: Item, found: Plan) -> bool:
    """Whether the library still asks what is wrong: what its author has changed meanwhile stays."""
    present = next((one for one in found.versions if one.id == item.current_version_id), None)
    return present is not None and present.prompt == found.version.prompt


def attempts_to_change(regrade: Regrade) -> list[int]:
    """Ids of the answers that the regrade still has to change."""
    return [one.standing.attempt_id for one in _changes(regrade, holds=False) if one.changes]


def write(regrade: Regrade, attempt_ids: Collection[int] | None = None, *, now: datetime) -> int:
    """Change what the regrade changes about these answers (about all, if None); return how many those were.

    Doing it again changes nothing more.
    """
    found = [one for one in _changes(regrade, attempt_ids) if one.changes]
    known = set(
        db.session.scalars(
            select(RegradeChange.attempt_id).where(
                RegradeChange.regrade_id == regrade.id,
                RegradeChange.attempt_id.in_([one.standing.attempt_id for one in found]),
            )
        )
    )
    found = [one for one in found if one.standing.attempt_id not in known]
    for portion in portions(found, PORTION):
        write_portion(regrade, portion, now)
    return len(found)


def finish(regrade: Regrade, *, now: datetime) -> None:
    """Everything is written: let the best hand-ins count, and tell those above."""
    if regrade.state is not RegradeState.APPLYING:
        return
    regrade.recounted = recount(regrade)
    regrade.state = RegradeState.APPLIED
    regrade.applied_at = now
    db.session.flush()
    tell(regrade, is_undone=False, now=now)
    publish(MarkedAnew(regrade.id, regrade.item_id))


def follow(submission: Submission, *, now: datetime) -> None:
    """Let what was decided about questions of the assignment hold for a hand-in that came later."""
    standing = list(db.session.scalars(queries.standing_for(submission.assignment_id)))
    if not standing:
        return
    attempt_ids = list(
        db.session.scalars(select(Answer.attempt_id).where(Answer.submission_id == submission.id))
    )
    for regrade in standing:
        # Who learns from answers reads them after this transaction, judged anew already.
        write(regrade, attempt_ids, now=now)


def begin_undo(regrade: Regrade, hat: Hat, *, now: datetime) -> bool:
    """Let questions ask what they asked, and decide to take the rest back; return whether that is new.

    ``write_back`` carries it out.

    Raises:
        StillRunning: it is not applied completely yet.
        LaterRegrade: the same answers were marked anew once more.
        MarkedSince: somebody marked some of them by hand since; who, stands in the details.
    """
    if regrade.state in (RegradeState.UNDONE, RegradeState.UNDOING):
        return False
    if regrade.state is not RegradeState.APPLIED:
        raise StillRunning
    if db.session.scalar(queries.later_than(regrade).limit(1)) is not None:
        raise LaterRegrade
    db.session.execute(
        select(Answer.id)
        .join(RegradeChange, RegradeChange.answer_id == Answer.id)
        .where(RegradeChange.regrade_id == regrade.id)
        .order_by(Answer.id)
        .with_for_update(key_share=True, of=Answer)
    ).all()
    if since := db.session.execute(queries.marked_since(regrade.id)).all():
        raise marked_since(since, hat)
    regrade.state = RegradeState.UNDOING
    regrade.undone_by_id = hat.person_id
    still_dropped = set(db.session.scalars(queries.dropped_without(regrade.id)))
    # First of all, so that who hands in meanwhile is judged as before.
    for row in db.session.scalars(queries.question_rows_of(regrade.id)):
        question = db.session.get_one(AssignmentItem, row.assignment_item_id)
        if row.earlier_version_id is not None:
            question.item_version_id = row.earlier_version_id
            row.earlier_version_id = None
        if regrade.policy is Policy.DROP:
            question.is_dropped = question.id in still_dropped
    db.session.flush()
    log("undo_regrade", regrade, hat, now)
    return True


def write_back(regrade: Regrade, change_ids: Collection[int] | None = None, *, now: datetime) -> None:
    """Put these answers (all, if None) back as they were. Doing it again changes nothing more."""
    wanted = queries.changes_of(regrade.id)
    if change_ids is not None:
        wanted = wanted.where(RegradeChange.id.in_(change_ids))
    for portion in portions(db.session.scalars(wanted).all(), PORTION):
        write_portion_back(regrade, portion, now)


def finish_undo(regrade: Regrade, *, now: datetime) -> None:
    """Everything is back: the corrected wording leaves the library, and goes if nobody has answered it."""
    if regrade.state is not RegradeState.UNDOING:
        return
    for submission_id in regrade.recounted:
        flip(submission_id)
    item = db.session.get_one(Item, regrade.item_id)
    new_version_id = regrade.new_version_id
    if regrade.earlier_current_id is not None and item.current_version_id == new_version_id:
        item.current_version_id = regrade.earlier_current_id
    regrade.earlier_current_id = None
    regrade.state = RegradeState.UNDONE
    regrade.undone_at = now
    db.session.flush()
    tell(regrade, is_undone=True, now=now)
    if new_version_id is not None and not _is_used(new_version_id):
        regrade.new_version_id = None
        db.session.flush()
        db.session.execute(delete(ItemVersion).where(ItemVersion.id == new_version_id))
    publish(MarkedAnew(regrade.id, regrade.item_id))


def number_of_changes(regrade: Regrade) -> int:
    """How many answers it changed."""
    return len(db.session.scalars(queries.change_ids_of(regrade.id)).all())


def portions(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """*things* in lists of at most *size*."""
    source = iter(things)
    while portion := list(islice(source, size)):
        yield portion


def _may_overwrite(found: Plan, hat: Hat) -> frozenset[int]:
    """Answers with marks by hand that the teacher saw by name in the preview."""
    kept = [one.standing for one in found.changes if one.is_kept]
    people = visible_people(hat, {one.assignment_id for one in kept if one.assignment_id})
    return frozenset(
        one.answer_id for one in kept if one.answer_id and (one.assignment_id or 0, one.person_id) in people
    )


def _hold(question: AssignmentItem) -> None:
    """Teachers who mark the same answers, and two who regrade them, take turns."""
    db.session.execute(select(AssignmentItem.id).where(AssignmentItem.id == question.id).with_for_update())
    db.session.execute(
        select(Answer.id)
        .where(Answer.assignment_item_id == question.id)
        .order_by(Answer.id)
        .with_for_update(key_share=True)
    ).all()


def _changes(
    regrade: Regrade, attempt_ids: Collection[int] | None = None, *, holds: bool = True
) -> list[Change]:
    """What is to be changed; held until the transaction ends, so that nobody marks in between."""
    rows = list(db.session.scalars(queries.question_rows_of(regrade.id)))
    question_ids = [one.assignment_item_id for one in rows]
    earlier = db.session.get_one(ItemVersion, regrade.version_ids[-1])
    corrected = db.session.get_one(ItemVersion, regrade.new_version_id) if regrade.new_version_id else earlier
    decision = Decision(
        regrade.policy,
        pose(earlier, None),
        with_key(earlier, corrected.correct),
        frozenset(regrade.overwritten),
        regrade.new_version_id,
    )
    if holds:
        concerned = select(Answer.id).where(Answer.assignment_item_id.in_(question_ids))
        if attempt_ids is not None:
            concerned = concerned.where(Answer.attempt_id.in_(attempt_ids))
        db.session.execute(concerned.order_by(Answer.id).with_for_update(key_share=True)).all()
    standings = standings_of(question_ids, attempt_ids=attempt_ids)
    if regrade.is_everywhere:
        standings += standings_elsewhere(regrade.item_id, regrade.version_ids, attempt_ids=attempt_ids)
    return list(changes_by(decision, standings))


def _is_used(version_id: int) -> bool:
    attempts = select(Attempt.id).where(Attempt.item_version_id == version_id).limit(1)
    asked = select(AssignmentItem.id).where(AssignmentItem.item_version_id == version_id).limit(1)
    earlier = (
        select(RegradeQuestion.regrade_id).where(RegradeQuestion.earlier_version_id == version_id).limit(1)
    )
    return any(db.session.scalar(one) is not None for one in (attempts, asked, earlier))
