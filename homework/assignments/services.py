"""Assign work, and change it until it opens."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete

from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.database import db, hold_rows
from homework.assignments import errors, queries
from homework.assignments.checks import Checked, check, given_before, kept_for, refuse_excess
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget, TargetPart
from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan, Question
from homework.assignments.release import AnswersShown
from homework.assignments.sameness import columns_of, says_the_same
from homework.assignments.schedule import Times
from homework.assignments.teaming import Teaming
from homework.assignments.turns import hold_to_change, take_turn_at, take_turn_of
from homework.load import queries as load
from homework.load import services as ledger
from homework.load.limits import DayLoad, day_of
from homework.teams import services as teams
from learning.records.services import count_activity
from library.items.models import Item, ItemKind, ItemVersion


def assign(hat: Hat, plan: Plan, *, now: datetime) -> Assignment:
    """Give *plan*'s work to those it is for; the same form sent again gives the same assignment.

    Raises:
        OtherWork: the form was used before, for something else.
        Refusals of ``check``.
    """
    take_turn_of(hat.person_id)
    if earlier := db.session.scalar(queries.by_client_key(str(plan.client_key))):
        if earlier.teacher_id != hat.person_id or not says_the_same(earlier, plan, now):
            raise errors.OtherWork
        return earlier
    checked = check(hat, plan, now=now)
    assignment = Assignment(client_key=str(plan.client_key), teacher_id=hat.person_id, created_at=now)
    _say(assignment, plan, checked)
    db.session.add(assignment)
    db.session.flush()
    _give(assignment, hat, plan, checked, now)
    count_activity(hat.person_id, now, assigned=1)
    return assignment


def change(assignment: Assignment, hat: Hat, plan: Plan, *, version: int, now: datetime) -> None:
    """Make what pupils do not see yet be as *plan* says; *version* is the one that the teacher saw.

    Raises:
        WithdrawnWork: it is withdrawn.
        OpenAlready: pupils see it.
        ChangedMeanwhile: it is another version by now.
        Refusals of ``check``.
    """
    hold(assignment)
    if assignment.withdrawn_at is not None:
        raise errors.WithdrawnWork
    if assignment.opens_at <= now:
        raise errors.OpenAlready
    if assignment.version != version:
        raise errors.ChangedMeanwhile
    _record("change_assignment", assignment, hat, now)
    checked = check(hat, plan, now=now, besides=assignment.id)
    teams.disband(assignment.id)
    for model in (AssignmentItem, TargetPart, AssignmentTarget):
        db.session.execute(delete(model).where(model.assignment_id == assignment.id))
    _say(assignment, plan, checked)
    assignment.version += 1
    db.session.flush()
    _give(assignment, hat, plan, checked, now)


def hold(assignment: Assignment) -> None:
    """Nobody hands in, or changes the work, until this is kept; it is read as who came before left it."""
    take_turn_at(assignment.id)
    hold_to_change(assignment.id)
    db.session.refresh(assignment)


def take_out(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Withdraw the assignment: pupils no longer see it, and it counts on no day."""
    assignment.withdrawn_at = now
    ledger.leave_out(assignment.id)
    _record("withdraw_assignment", assignment, hat, now)


def put_back(assignment: Assignment, hat: Hat, *, reason: str = "", now: datetime) -> None:
    """Undo the withdrawal.

    Raises:
        OverTheCap: the day would exceed what is allowed, and no *reason* is given. What was said when it was
            assigned does not count: it was said of the day as it stood then.
    """
    assignment.withdrawn_at = None
    _record("give_assignment_again", assignment, hat, now)
    _count(assignment, hat, reason, now)


def move(assignment: Assignment, hat: Hat, times: Times, *, reason: str = "", now: datetime) -> None:
    """Let the assignment be due, and taken, until other *times*; it counts on the day of these.

    Raises:
        OverTheCap: that day would exceed what is allowed, and no *reason* is given.
    """
    day = day_of(assignment.opens_at, assignment.due_at)
    assignment.due_at, assignment.cut_off_at = times.due_at, times.cut_off_at
    if day_of(assignment.opens_at, assignment.due_at) != day:
        _count(assignment, hat, reason, now)


def show_answers(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Let those who have handed in see the answers.

    Raises:
        AnswersOtherwise: the assignment's rule shows them by itself.
    """
    if assignment.answers_shown is not AnswersShown.BY_HAND:
        raise errors.AnswersOtherwise
    if assignment.answers_shown_at is None:
        assignment.answers_shown_at = now
        _record("show_answers", assignment, hat, now)


def hide_answers(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Undo ``show_answers``, for who has not looked yet."""
    if assignment.answers_shown_at is not None:
        assignment.answers_shown_at = None
        _record("hide_answers", assignment, hat, now)


def _say(assignment: Assignment, plan: Plan, checked: Checked) -> None:
    """Write in *assignment* what *plan* says."""
    for name, value in columns_of(plan).items():
        setattr(assignment, name, value)
    assignment.opens_at = plan.opens_at
    assignment.estimated_minutes = checked.worth.usual(checked.shares)


def _give(assignment: Assignment, hat: Hat, plan: Plan, checked: Checked, now: datetime) -> None:
    """Attach targets and questions, and enter the work in the ledger."""
    for share in checked.shares:
        db.session.add(
            AssignmentTarget(
                assignment_id=assignment.id,
                class_id=share.school_class.id,
                is_whole=share.is_whole,
                depth=share.depth,
            )
        )
        db.session.flush()
        db.session.add_all(
            TargetPart(
                assignment_id=assignment.id,
                class_id=share.school_class.id,
                group_id=part.group_id,
                student_id=part.student_id,
                depth=part.depth,
            )
            for part in share.parts
        )
    if plan.rules.teaming is Teaming.KEPT:
        teams.gather(assignment.id, kept_for(hat, checked.shares))
    for position, question in enumerate(plan.questions, start=1):
        db.session.add(
            AssignmentItem(
                assignment_id=assignment.id,
                position=position,
                item_version_id=_version_id(hat, plan.subject_id, question, now),
                points=question.points,
                layer=question.layer,
            )
        )
    minutes = checked.worth.by_class(checked.shares)
    ledger.enter(assignment.id, plan.subject_id, checked.day, minutes, is_written=plan.is_written)
    _explain(assignment, hat, checked.day, checked.over, plan.reason, now)


def _count(assignment: Assignment, hat: Hat, reason: str, now: datetime) -> None:
    """Enter work that stands in the ledger, on its day as it is now."""
    shares, worth = given_before(assignment)
    classes, minutes = [one.school_class for one in shares], worth.by_class(shares)
    hold_rows(load.held([one.id for one in classes]))
    day = day_of(assignment.opens_at, assignment.due_at)
    over = refuse_excess(load.loads(classes, [day], minutes, besides=assignment.id), reason)
    ledger.enter(assignment.id, assignment.subject_id, day, minutes, is_written=assignment.is_written)
    _explain(assignment, hat, day, over, reason, now)


def _explain(
    assignment: Assignment, hat: Hat, day: date, over: Sequence[DayLoad], reason: str, now: datetime
) -> None:
    """Keep why the day is more than allowed, where it is: for the head of the grade, and in the log."""
    said = reason.strip()
    ledger.explain(assignment.id, day, over, said, by=hat, now=now)
    if over:
        classes = [{"class_id": one.class_id, "minutes": one.minutes, "cap": one.cap} for one in over]
        details: dict[str, object] = {"reason": said, "day": str(day), "classes": classes}
        _record("exceed_homework_cap", assignment, hat, now, details)


def _version_id(hat: Hat, subject_id: int, question: Question, now: datetime) -> int:
    if isinstance(question, LibraryQuestion):
        return question.item_version_id
    return _write_photo_question(hat, subject_id, question, now).id


def _write_photo_question(hat: Hat, subject_id: int, question: PhotoQuestion, now: datetime) -> ItemVersion:
    item = Item(identifier=f"photo-{uuid4()}", subject_id=subject_id, created_by_id=hat.person_id)
    db.session.add(item)
    db.session.flush()
    version = ItemVersion(
        item_id=item.id,
        number=1,
        kind=ItemKind.PHOTO,
        prompt=question.prompt,
        interaction={},
        correct={},
        hints=[],
        misconceptions=[],
        minutes=question.minutes,
        created_at=now,
    )
    db.session.add(version)
    db.session.flush()
    item.current_version_id = version.id
    return version


def _record(
    verb: str, assignment: Assignment, hat: Hat, now: datetime, details: dict[str, object] | None = None
) -> None:
    record_in_audit_log(
        verb, "assignment", assignment.id, actor_id=hat.person_id, role=hat.role, now=now, details=details
    )
