"""Assign work, and change it until it opens."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.database import db
from core.i18n import localized
from homework.assignments import errors, queries
from homework.assignments.audience import Part, Share, Worth, depth_in
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget, TargetPart
from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan, Question
from homework.assignments.release import AnswersShown, HandIns
from homework.estimates.queries import estimates_for
from homework.groups import queries as groups
from homework.groups.models import PupilGroup
from homework.load import queries as load
from homework.load import services as ledger
from homework.load.limits import DayLoad, day_of, days_until, may_be_written
from learning.lessons.models import MicroLesson
from learning.records.services import count_activity
from library.items.models import Item, ItemKind, ItemVersion
from library.resources.models import Resource
from library.resources.queries import versions_visible_to
from library.resources.queries import visible_to as resources_visible_to

MOST_HAND_INS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan against which nothing speaks: who gets it, when it counts, and how long it takes."""

    shares: list[Share]
    day: date
    worth: Worth
    over: list[DayLoad]
    """Days of classes on which it is more than allowed; a reason is given."""


def assign(hat: Hat, plan: Plan, *, now: datetime) -> Assignment:
    """Give *plan*'s work to those it is for; the same form sent again gives the same assignment.

    Raises:
        OtherWork: the form was used before, for something else.
        Refusals of ``check``.
    """
    db.session.execute(queries.turn_of(hat.person_id))
    if earlier := db.session.scalar(queries.by_client_key(str(plan.client_key))):
        return _same_work(earlier, hat, plan)
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
    if assignment.withdrawn_at is not None:
        raise errors.WithdrawnWork
    if assignment.opens_at <= now:
        raise errors.OpenAlready
    if assignment.version != version:
        raise errors.ChangedMeanwhile
    checked = check(hat, plan, now=now, besides=assignment.id)
    for model in (AssignmentItem, TargetPart, AssignmentTarget):
        db.session.execute(delete(model).where(model.assignment_id == assignment.id))
    _say(assignment, plan, checked)
    assignment.version += 1
    db.session.flush()
    _give(assignment, hat, plan, checked, now)


def check(hat: Hat, plan: Plan, *, now: datetime, besides: int | None = None) -> Checked:
    """Whether *plan* may be given; its classes' days are held until the transaction ends.

    Raises:
        NothingAssigned: there is nothing to do.
        DueInThePast: the due time is over.
        TimesOutOfOrder: it would be due before it opens, or cut off before it is due.
        HandInsNeeded: hand-ins are limited, and it is not said how many.
        NoClassChosen: it is for nobody.
        NotYourClass, NotYourGroup, NotYourPupil: it is for others than the teacher's own.
        NoPupils: a class or group is empty.
        NoWrittenHomework: something to write for a grade that must not get any.
        QuestionGone: a question or the lesson is not there for this teacher.
        OverTheCap: a day would exceed what is allowed, and no reason is given.
    """
    _check_times(plan, now)
    shares = _shares(hat, plan)
    for one in shares:
        if plan.is_written and not may_be_written(one.school_class.grade):
            raise errors.NoWrittenHomework(class_name=localized(one.school_class))
    worth = worth_of(hat, plan)
    # Two who assign to one class at once queue here, so that the second sees what the first gave.
    db.session.execute(load.held([one.school_class.id for one in shares]))
    day = day_of(plan.opens_at, plan.due_at)
    loads = load.loads(
        [one.school_class for one in shares],
        days_until(plan.opens_at, day),
        worth.by_class(shares),
        besides=besides,
    )
    return Checked(shares, day, worth, _over(loads, plan.reason))


def planned_loads(hat: Hat, plan: Plan, *, besides: int | None = None) -> list[DayLoad]:
    """What the days would hold with *plan*, for the teacher who is still planning; nothing is refused."""
    shares = _shares_so_far(hat, plan)
    minutes = worth_of(hat, plan).by_class(shares)
    days = days_until(plan.opens_at, day_of(plan.opens_at, plan.due_at))
    return load.loads([one.school_class for one in shares], days, minutes, besides=besides)


def worth_of(hat: Hat, plan: Plan) -> Worth:
    """The minutes of *plan*, question by question: from pupils' answers where enough answered.

    Raises:
        QuestionGone: a question or the lesson is not there for this teacher.
    """
    versions = _versions(hat, plan.questions)
    estimates = estimates_for(versions.values())
    minutes = [
        estimates[one.item_version_id].minutes if isinstance(one, LibraryQuestion) else one.minutes
        for one in plan.questions
    ]
    layers = [one.layer for one in plan.questions]
    common = plan.own_minutes + _lesson_minutes(hat, plan.lesson_id)
    return Worth(common, list(zip(layers, minutes, strict=True)))


def take_out(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Withdraw the assignment: pupils no longer see it, and it counts on no day."""
    assignment.withdrawn_at = now
    ledger.leave_out(assignment.id)
    _record("withdraw_assignment", assignment, hat, now)


def put_back(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Undo the withdrawal.

    Raises:
        OverTheCap: the day has filled up meanwhile, and no reason was given for it before.
    """
    targets = list(db.session.scalars(queries.targets_of(assignment.id)))
    shares = _shares_given(assignment.id, targets)
    db.session.execute(load.held([one.school_class.id for one in shares]))
    worth = _worth_given(assignment)
    day = day_of(assignment.opens_at, assignment.due_at)
    said = db.session.scalars(load.excesses_of(assignment.id)).first()
    _over(
        load.loads([one.school_class for one in shares], [day], worth.by_class(shares)),
        said.reason if said else "",
    )
    assignment.withdrawn_at = None
    ledger.enter(
        assignment.id, assignment.subject_id, day, worth.by_class(shares), is_written=assignment.is_written
    )
    _record("give_assignment_again", assignment, hat, now)


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


def _same_work(earlier: Assignment, hat: Hat, plan: Plan) -> Assignment:
    same = (
        earlier.teacher_id == hat.person_id
        and earlier.title == plan.title
        and earlier.due_at == plan.due_at
        and earlier.subject_id == plan.subject_id
        and len(plan.questions) == len(list(db.session.scalars(queries.questions_of(earlier.id))))
    )
    if not same:
        raise errors.OtherWork
    return earlier


def _check_times(plan: Plan, now: datetime) -> None:
    says_what = plan.own_minutes > 0 and plan.instructions
    if not plan.questions and plan.lesson_id is None and not says_what:
        raise errors.NothingAssigned
    if plan.due_at <= now:
        raise errors.DueInThePast
    if not plan.opens_at < plan.due_at <= plan.cut_off_at:
        raise errors.TimesOutOfOrder
    most = plan.rules.most_hand_ins or 0
    if plan.rules.hand_ins is HandIns.LIMITED and not 1 < most <= MOST_HAND_INS:
        raise errors.HandInsNeeded


def _shares(hat: Hat, plan: Plan) -> list[Share]:
    if not (plan.class_ids or plan.group_ids or plan.pupil_ids):
        raise errors.NoClassChosen
    shares = _shares_so_far(hat, plan)
    whole = [one for one in shares if one.is_whole]
    parts = [part for one in shares for part in one.parts]
    if len(whole) != len(set(plan.class_ids)):
        raise errors.NotYourClass
    group_ids = {one.group_id for one in parts if one.group_id}
    if len(group_ids) != len(set(plan.group_ids)):
        raise errors.NotYourGroup
    if len([one for one in parts if one.student_id]) != len(set(plan.pupil_ids)):
        raise errors.NotYourPupil
    filled = dict(db.session.execute(queries.pupils_in(plan.class_ids)).all())
    for one in whole:
        if one.school_class.id not in filled:
            raise errors.NoPupils(class_name=localized(one.school_class))
    sizes = dict(db.session.execute(groups.sizes(plan.group_ids)).all())
    for group in db.session.scalars(groups.kept_by(hat).where(PupilGroup.id.in_(group_ids))):
        if group.id not in sizes:
            raise errors.NoPupils(class_name=group.name)
    return shares


def _shares_so_far(hat: Hat, plan: Plan) -> list[Share]:
    """Class by class whom *plan* is for, without those who are not the teacher's own."""
    whole = list(db.session.scalars(queries.classes_of(hat).where(SchoolClass.id.in_(plan.class_ids))))
    shares = {
        one.id: Share(one, is_whole=True, depth=depth_in(plan.depths, "class", one.id)) for one in whole
    }
    for class_id, parts in _parts(hat, plan, set(shares)).items():
        share = shares.setdefault(class_id, Share(db.session.get_one(SchoolClass, class_id)))
        share.parts.extend(parts)
    return [shares[one] for one in sorted(shares)]


def _parts(hat: Hat, plan: Plan, whole: set[int]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for group in db.session.scalars(groups.kept_by(hat).where(PupilGroup.id.in_(plan.group_ids))):
        depth = depth_in(plan.depths, "group", group.id)
        found[group.class_id].append(Part(depth, group_id=group.id))
    places: dict[int, list[int]] = defaultdict(list)
    for student_id, class_id in db.session.execute(queries.pupils_named(hat, plan.pupil_ids)):
        places[student_id].append(class_id)
    for student_id, class_ids in places.items():
        here = next((one for one in class_ids if one in whole), class_ids[0])
        found[here].append(Part(depth_in(plan.depths, "pupil", student_id), student_id=student_id))
    return found


def _over(loads: Sequence[DayLoad], reason: str) -> list[DayLoad]:
    over = [one for one in loads if one.is_over]
    if over and not reason.strip():
        first = over[0]
        raise errors.OverTheCap(class_name=first.class_name, minutes=round(first.minutes), cap=first.cap)
    return over


def _say(assignment: Assignment, plan: Plan, checked: Checked) -> None:
    """Write in *assignment* what *plan* says."""
    assignment.title = plan.title
    assignment.instructions = plan.instructions
    assignment.subject_id = plan.subject_id
    assignment.lesson_id = plan.lesson_id
    assignment.estimated_minutes = checked.worth.usual(checked.shares)
    assignment.own_minutes = plan.own_minutes
    assignment.is_written = plan.is_written
    assignment.hand_ins = plan.rules.hand_ins
    assignment.most_hand_ins = plan.rules.most_hand_ins if plan.rules.hand_ins is HandIns.LIMITED else None
    assignment.counting = plan.rules.counting
    assignment.answers_shown = plan.rules.answers_shown
    assignment.opens_at = plan.opens_at
    assignment.due_at = plan.due_at
    assignment.cut_off_at = plan.cut_off_at


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
    _explain(assignment, hat, plan, checked, now)


def _explain(assignment: Assignment, hat: Hat, plan: Plan, checked: Checked, now: datetime) -> None:
    """Keep why the day is more than allowed, where it is: for the head of the grade, and in the log."""
    reason = plan.reason.strip()
    ledger.explain(assignment.id, checked.day, checked.over, reason, by=hat, now=now)
    if checked.over:
        classes = [
            {"class_id": one.class_id, "minutes": round(one.minutes, 1), "cap": one.cap}
            for one in checked.over
        ]
        details: dict[str, object] = {"reason": reason, "day": str(checked.day), "classes": classes}
        _record("exceed_homework_cap", assignment, hat, now, details)


def _shares_given(assignment_id: int, targets: Sequence[AssignmentTarget]) -> list[Share]:
    parts: dict[int, list[Part]] = defaultdict(list)
    for one in db.session.scalars(queries.parts_of(assignment_id)):
        parts[one.class_id].append(Part(one.depth, one.group_id, one.student_id))
    return [
        Share(db.session.get_one(SchoolClass, one.class_id), one.is_whole, one.depth, parts[one.class_id])
        for one in targets
    ]


def _worth_given(assignment: Assignment) -> Worth:
    questions = list(db.session.scalars(queries.questions_of(assignment.id)))
    estimates = estimates_for(one.item_version for one in questions)
    lesson = db.session.get(MicroLesson, assignment.lesson_id) if assignment.lesson_id else None
    return Worth(
        assignment.own_minutes + (_minutes_of_lesson(lesson) if lesson else 0.0),
        [(one.layer, estimates[one.item_version_id].minutes) for one in questions],
    )


def _versions(hat: Hat, questions: Sequence[Question]) -> Mapping[int, ItemVersion]:
    wanted = {one.item_version_id for one in questions if isinstance(one, LibraryQuestion)}
    found = {one.id: one for one in db.session.scalars(versions_visible_to(hat, wanted))}
    if len(found) != len(wanted):
        raise errors.QuestionGone
    return found


def _lesson_minutes(hat: Hat, lesson_id: int | None) -> float:
    if lesson_id is None:
        return 0.0
    readable = resources_visible_to(hat).with_only_columns(Resource.id)
    lesson = db.session.scalar(
        select(MicroLesson).where(MicroLesson.id == lesson_id, MicroLesson.resource_id.in_(readable))
    )
    if lesson is None:
        raise errors.QuestionGone
    return _minutes_of_lesson(lesson)


def _minutes_of_lesson(lesson: MicroLesson) -> float:
    seconds = lesson.asset.duration_seconds
    return seconds / 60 if seconds else (lesson.resource.minutes or 0.0)


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
