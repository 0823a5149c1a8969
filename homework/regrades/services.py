"""Put a wrong key right: look, apply, follow what is handed in later, undo to the letter.

A regrade edits judgements where they stand (the score of an attempt, the points of a mark) and keeps each as
it was: see ``docs/decisions/0019-regrades-edit-the-judgement.md``.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.clock import school_day
from core.database import db, publish
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.release import Counting
from homework.marking import queries as marking
from homework.marking.models import Mark, MarkSource
from homework.notices.services import MarkNews, take_back, tell_marked_anew
from homework.regrades import queries
from homework.regrades.changes import VERSIONS_APART, Change, Decision, changes_by, digest_of
from homework.regrades.errors import (
    BadKey,
    ChangedSincePreview,
    KeyMissing,
    KeyNotHere,
    LaterRegrade,
    MarkedSince,
    NoKeyOfItsOwn,
    NothingChanges,
    ReasonMissing,
    SameKey,
    StillRunning,
)
from homework.regrades.events import MarkedAnew
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.rulings import NEEDS_A_KEY, Policy, has_key
from homework.regrades.wordings import next_wording
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from learning.records.services import Record, change_correct_answers, record_statements
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.errors import BadItem
from library.items.kinds.table import kind_of
from library.items.models import Item, ItemVersion
from library.items.variants import Posed, pose

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
    _check_key(version, wish)
    versions = queries.versions_like(version)
    is_everywhere = wish.is_everywhere and queries.owns(hat, version.item)
    questions = list(
        db.session.scalars(
            queries.questions_asking([one.id for one in versions], None if is_everywhere else hat)
        )
    )
    earlier = pose(version, None)
    corrected = _with_key(version, wish.correct) if wish.policy in NEEDS_A_KEY and wish.correct else earlier
    decision = Decision(wish.policy, earlier, corrected, wish.overwritten)
    standings = queries.standings([one.id for one in questions])
    if is_everywhere:
        standings += queries.standings_elsewhere(version.item_id, [one.id for one in versions])
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
    _log("regrade", regrade, hat, now)
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
        _write_portion(regrade, portion, now)
    return len(found)


def finish(regrade: Regrade, *, now: datetime) -> None:
    """Everything is written: let the best hand-ins count, and tell those above."""
    if regrade.state is not RegradeState.APPLYING:
        return
    regrade.recounted = _recount(regrade)
    regrade.state = RegradeState.APPLIED
    regrade.applied_at = now
    db.session.flush()
    _tell(regrade, is_undone=False, now=now)
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
        raise _marked_since(since, hat)
    regrade.state = RegradeState.UNDOING
    regrade.undone_by_id = hat.person_id
    # First of all, so that who hands in meanwhile is judged as before.
    for row in db.session.scalars(queries.question_rows_of(regrade.id)):
        question = db.session.get_one(AssignmentItem, row.assignment_item_id)
        if row.earlier_version_id is not None:
            question.item_version_id = row.earlier_version_id
            row.earlier_version_id = None
        if regrade.policy is Policy.DROP:
            question.is_dropped = False
    db.session.flush()
    _log("undo_regrade", regrade, hat, now)
    return True


def write_back(regrade: Regrade, change_ids: Collection[int] | None = None, *, now: datetime) -> None:
    """Put these answers (all, if None) back as they were. Doing it again changes nothing more."""
    wanted = queries.changes_of(regrade.id)
    if change_ids is not None:
        wanted = wanted.where(RegradeChange.id.in_(change_ids))
    for portion in portions(db.session.scalars(wanted).all(), PORTION):
        _write_portion_back(regrade, portion, now)


def finish_undo(regrade: Regrade, *, now: datetime) -> None:
    """Everything is back: the corrected wording leaves the library, and goes if nobody has answered it."""
    if regrade.state is not RegradeState.UNDOING:
        return
    for submission_id in regrade.recounted:
        _flip(submission_id)
    item = db.session.get_one(Item, regrade.item_id)
    new_version_id = regrade.new_version_id
    if regrade.earlier_current_id is not None and item.current_version_id == new_version_id:
        item.current_version_id = regrade.earlier_current_id
    regrade.earlier_current_id = None
    regrade.state = RegradeState.UNDONE
    regrade.undone_at = now
    db.session.flush()
    _tell(regrade, is_undone=True, now=now)
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


def _check_key(version: ItemVersion, wish: Wish) -> None:
    if wish.policy not in NEEDS_A_KEY:
        return
    if not version.correct:
        raise NoKeyOfItsOwn
    if not has_key(version):
        raise KeyNotHere
    if not wish.correct:
        raise KeyMissing
    if _unordered(wish.correct) == _unordered(version.correct):
        raise SameKey
    corrected = _with_key(version, wish.correct)
    try:
        kind_of(corrected).check(corrected)
    except BadItem as refusal:
        raise BadKey(reason=str(refusal)) from refusal


def _with_key(version: ItemVersion, correct: Mapping[str, Any]) -> Posed:
    """The question with another key; of a question with variants, whose keys stay, one of those."""
    asked = pose(version, None)
    return asked if version.parameters else replace(asked, correct=dict(correct))


def _unordered(key: Mapping[str, Any]) -> dict[str, Any]:
    """*key* with its choices in one order: it makes no difference."""
    return {name: sorted(value) if name == "choices" else value for name, value in key.items()}


def _may_overwrite(found: Plan, hat: Hat) -> frozenset[int]:
    """Answers with marks by hand that the teacher saw by name in the preview."""
    kept = [one.standing for one in found.changes if one.is_kept]
    people = queries.visible_people(hat, {one.assignment_id for one in kept if one.assignment_id})
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
        _with_key(earlier, corrected.correct),
        frozenset(regrade.overwritten),
        regrade.new_version_id,
    )
    if holds:
        concerned = select(Answer.id).where(Answer.assignment_item_id.in_(question_ids))
        if attempt_ids is not None:
            concerned = concerned.where(Answer.attempt_id.in_(attempt_ids))
        db.session.execute(concerned.order_by(Answer.id).with_for_update(key_share=True)).all()
    standings = queries.standings(question_ids, attempt_ids=attempt_ids)
    if regrade.is_everywhere:
        standings += queries.standings_elsewhere(
            regrade.item_id, regrade.version_ids, attempt_ids=attempt_ids
        )
    return list(changes_by(decision, standings))


def _write_portion(regrade: Regrade, changes: Sequence[Change], now: datetime) -> None:
    db.session.execute(insert(RegradeChange), [_row(regrade, one) for one in changes])
    _set_judgements(
        {
            one.standing.attempt_id: (one.evidence.score, one.evidence.is_correct)
            for one in changes
            if one.judges
        }
    )
    marked = [one for one in changes if one.writes_mark]
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
            for one in marked
        ],
        {one.standing.answer_id for one in marked if one.standing.mark_version is None},
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
    _read_anew()


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


def _write_portion_back(regrade: Regrade, changes: Sequence[RegradeChange], now: datetime) -> None:
    attempts = {
        row.id: row
        for row in db.session.execute(
            select(
                Attempt.id, Attempt.person_id, Attempt.item_id, Attempt.answered_at, Attempt.is_correct,
                Attempt.score,
            ).where(Attempt.id.in_([one.attempt_id for one in changes]))
        )
    }  # fmt: skip
    back = [
        one
        for one in changes
        if (attempts[one.attempt_id].score, attempts[one.attempt_id].is_correct)
        != (one.earlier_score, one.earlier_is_correct)
    ]
    _set_judgements({one.attempt_id: (one.earlier_score, one.earlier_is_correct) for one in back})
    marked = [one for one in changes if one.marks]
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
            for one in marked
            if one.earlier_version is not None
        ],
        set(),
    )
    nobody_had = [one.answer_id for one in marked if one.earlier_version is None]
    db.session.execute(delete(Mark).where(Mark.answer_id.in_(nobody_had)))
    rows = [attempts[one.attempt_id] for one in back]
    _count_right_answers(
        (row.person_id, row.answered_at, row.is_correct, one.earlier_is_correct)
        for row, one in zip(rows, back, strict=True)
    )
    _state(
        (
            (row.person_id, row.item_id, row.id, one.earlier_score, one.earlier_is_correct)
            for row, one in zip(rows, back, strict=True)
        ),
        regrade,
        now,
    )
    _read_anew()


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


def _recount(regrade: Regrade) -> list[int]:
    """Where the best hand-in counts, let it be the best one again; return ids of those that changed."""
    rows = db.session.execute(
        select(Submission.assignment_id, Submission.student_id)
        .join(Answer, Answer.submission_id == Submission.id)
        .join(RegradeChange, RegradeChange.answer_id == Answer.id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(RegradeChange.regrade_id == regrade.id, Assignment.counting == Counting.BEST)
        .distinct()
    ).all()
    if not rows:
        return []
    wanted = {(row[0], row[1]) for row in rows}
    by_pupil: dict[tuple[int, int], list[Submission]] = defaultdict(list)
    for one in db.session.scalars(
        queries.best_counting({one for one, _ in wanted}, {one for _, one in wanted})
    ):
        if (one.assignment_id, one.student_id) in wanted:
            by_pupil[one.assignment_id, one.student_id].append(one)
    ids = [one.id for hand_ins in by_pupil.values() for one in hand_ins]
    points: dict[int, float] = dict(db.session.execute(marking.points_of(ids)).all())
    changed = []
    for hand_ins in by_pupil.values():
        best = max(hand_ins, key=lambda one: (points.get(one.id, 0.0), one.number))
        changed += [one.id for one in hand_ins if one.is_counted != (one is best)]
    for submission_id in changed:
        _flip(submission_id)
    return changed


def _flip(submission_id: int) -> None:
    change = update(Submission).where(Submission.id == submission_id)
    db.session.connection().execute(change.values(is_counted=~Submission.is_counted))
    _read_anew()


def _read_anew() -> None:
    """Rows were written beside the session: what it holds is written too, and read again when needed."""
    db.session.flush()
    db.session.expire_all()


def _is_used(version_id: int) -> bool:
    attempts = select(Attempt.id).where(Attempt.item_version_id == version_id).limit(1)
    asked = select(AssignmentItem.id).where(AssignmentItem.item_version_id == version_id).limit(1)
    earlier = (
        select(RegradeQuestion.regrade_id).where(RegradeQuestion.earlier_version_id == version_id).limit(1)
    )
    return any(db.session.scalar(one) is not None for one in (attempts, asked, earlier))


def _tell(regrade: Regrade, *, is_undone: bool, now: datetime) -> None:
    """Tell the pupils who know their marks already, and with them their guardians, and the teachers."""
    rows = (
        queries.concerned_by_drop(regrade.id)
        if regrade.policy is Policy.DROP
        else queries.concerned(regrade.id)
    )
    about = f"regrade:{regrade.id}"
    if is_undone:
        take_back(about, now=now)
        about = f"{about}:undone"
    news = [
        MarkNews(student_id, assignment_id, position, *((after, before) if is_undone else (before, after)))
        for student_id, assignment_id, position, before, after in db.session.execute(rows)
    ]
    tell_marked_anew(
        news,
        db.session.execute(queries.teachers_of(regrade.id)).all(),
        by_id=regrade.undone_by_id if is_undone and regrade.undone_by_id else regrade.made_by_id,
        about=about,
        reason=regrade.reason,
        is_undone=is_undone,
        now=now,
    )


def _marked_since(rows: Sequence[Any], hat: Hat) -> MarkedSince:
    people = queries.visible_people(hat, {row[2] for row in rows})
    seen: list[Person] = [
        people[assignment_id, student_id]
        for _answer_id, student_id, assignment_id in rows
        if (assignment_id, student_id) in people
    ]
    names = "、".join(dict.fromkeys(one.name for one in seen)) or "–"
    return MarkedSince(number=len(rows), names=names, answers=[row[0] for row in rows])


def _log(verb: str, regrade: Regrade, hat: Hat, now: datetime) -> None:
    record(
        verb,
        "item",
        regrade.item_id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={
            "regrade": regrade.id,
            "policy": regrade.policy.value,
            "versions": list(regrade.version_ids),
            "new_version": regrade.new_version_id,
            "everywhere": regrade.is_everywhere,
            "reason": regrade.reason,
        },
    )
