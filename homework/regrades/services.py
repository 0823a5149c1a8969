"""Put a wrong key right: look, apply, follow what is handed in later. ``undoing`` takes it back.

A regrade edits judgements where they stand (the score of an attempt, the points of a mark) and keeps each as
it was: see ``docs/decisions/0019-regrades-edit-the-judgement.md``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from accounts.people.models import Hat
from core.database import db, hold_rows, publish
from homework.assignments.models import AssignmentItem
from homework.regrades import queries
from homework.regrades.changes import Change, Decision, changes_by, digest_of
from homework.regrades.counting import recount
from homework.regrades.errors import ChangedSincePreview, NothingChanges, ReasonMissing
from homework.regrades.events import MarkedAnew
from homework.regrades.holding import hold
from homework.regrades.keys import check_key, with_key
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.portions import in_portions
from homework.regrades.previews import visible_people
from homework.regrades.reopening import open_readings, open_readings_done_since, tell_of_readings
from homework.regrades.rows import write_portion
from homework.regrades.rulings import NEEDS_A_KEY, Policy
from homework.regrades.standings import standings_elsewhere, standings_of, standings_of_corrections
from homework.regrades.telling import log, tell
from homework.regrades.wordings import next_wording
from homework.submissions.models import Answer, Submission
from library.items.models import Item, ItemVersion
from library.items.variants import pose


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
    questions = list(db.session.scalars(_concerned(versions, hat, is_everywhere=is_everywhere)))
    earlier = pose(version, None)
    corrected = with_key(version, wish.correct) if wish.policy in NEEDS_A_KEY and wish.correct else earlier
    decision = Decision(wish.policy, earlier, corrected, wish.overwritten)
    question_ids = [one.id for one in questions]
    standings = standings_of(question_ids) + standings_of_corrections(version.item_id, question_ids)
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
    if not wish.reason.strip():
        raise ReasonMissing
    question = _held(question, hat, wish)
    if earlier := db.session.scalar(queries.by_client_key(client_key)):
        return earlier, False
    found = plan(question, hat, replace(wish, overwritten=frozenset()))
    if found.digest != seen:
        raise ChangedSincePreview
    if not found.changes and wish.policy is not Policy.DROP and wish.policy not in NEEDS_A_KEY:
        raise NothingChanges
    item = db.session.get_one(Item, found.version.item_id)
    new_version = _corrected(found.version, hat, wish, now) if wish.policy in NEEDS_A_KEY else None
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
    _change_questions(regrade, found.questions)
    if stands_for_all and new_version is not None:
        item.current_version_id = new_version.id
    open_readings(regrade)
    db.session.flush()
    log("regrade", regrade, hat, now)
    return regrade, True


def _corrected(version: ItemVersion, hat: Hat, wish: Wish, now: datetime) -> ItemVersion:
    """The next wording of the question, with the key that is wished for."""
    return next_wording(
        version,
        by_id=hat.person_id,
        now=now,
        correct=dict(wish.correct or {}),
        explanation=wish.explanation.strip() or version.explanation,
    )


def _change_questions(regrade: Regrade, questions: Sequence[AssignmentItem]) -> None:
    """Let the work ask the corrected wording, or leave the question out; what it asked is kept."""
    for one in questions:
        db.session.add(
            RegradeQuestion(
                regrade_id=regrade.id, assignment_item_id=one.id, earlier_version_id=one.item_version_id
            )
        )
        if regrade.new_version_id is not None:
            one.item_version_id = regrade.new_version_id
        one.is_dropped = one.is_dropped or regrade.policy is Policy.DROP


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
    for portion in in_portions(found):
        open_readings_done_since(portion)
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
    tell_of_readings(regrade, now=now)
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


def follow_correction(attempt_id: int, assignment_id: int, *, now: datetime) -> None:
    """Let corrected keys hold, also two at once, for what a pupil answers when she corrects returned work."""
    for regrade in db.session.scalars(queries.standing_for(assignment_id)).all():
        if regrade.policy in NEEDS_A_KEY:
            write(regrade, [attempt_id], now=now)


def _may_overwrite(found: Plan, hat: Hat) -> frozenset[int]:
    """Answers with marks by hand that the teacher saw by name in the preview."""
    kept = [one.standing for one in found.changes if one.is_kept]
    people = visible_people(hat, {one.assignment_id for one in kept if one.assignment_id})
    return frozenset(
        one.answer_id for one in kept if one.answer_id and (one.assignment_id or 0, one.person_id) in people
    )


def _concerned(versions: Sequence[ItemVersion], hat: Hat, *, is_everywhere: bool) -> Select[AssignmentItem]:
    return queries.questions_asking([one.id for one in versions], None if is_everywhere else hat)


def _held(question: AssignmentItem, hat: Hat, wish: Wish) -> AssignmentItem:
    """The question as it is when all that *wish* concerns, in whichever work, is held."""
    version = question.item_version
    concerned = _concerned(
        queries.versions_like(version),
        hat,
        is_everywhere=wish.is_everywhere and queries.owns(hat, version.item),
    )
    asking = db.session.scalars(concerned.with_only_columns(AssignmentItem.id)).all()
    hold({question.id, *asking}, version.item_id)
    anew = queries.question_of(hat, question.id).execution_options(populate_existing=True)
    return db.session.scalars(anew).one()


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
        regrade.made_at,
    )
    if holds:
        concerned = select(Answer.id).where(Answer.assignment_item_id.in_(question_ids))
        if attempt_ids is not None:
            concerned = concerned.where(Answer.attempt_id.in_(attempt_ids))
        hold_rows(concerned.order_by(Answer.id).with_for_update(key_share=True))
    standings = standings_of(question_ids, attempt_ids=attempt_ids)
    standings += standings_of_corrections(regrade.item_id, question_ids, attempt_ids=attempt_ids)
    if regrade.is_everywhere:
        standings += standings_elsewhere(regrade.item_id, regrade.version_ids, attempt_ids=attempt_ids)
    return list(changes_by(decision, standings))
