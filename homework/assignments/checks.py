"""What speaks against a plan: whom it is for, what it is worth, whether the days hold it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db, hold_rows
from core.i18n import localized
from homework.assignments import errors, queries
from homework.assignments.audience import Part, Share, Worth, depth_in
from homework.assignments.models import Assignment
from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan, Question
from homework.assignments.release import HandIns
from homework.assignments.schedule import is_too_far_ahead
from homework.assignments.teaming import LARGEST_TEAM, SMALLEST_TEAM, Teaming
from homework.estimates.queries import estimates_for
from homework.groups import queries as groups
from homework.groups.models import PupilGroup
from homework.load import queries as load
from homework.load.limits import DayLoad, day_of, days_until, may_be_written
from learning.lessons.models import MicroLesson
from library.items.models import ItemVersion
from library.resources.queries import is_among, versions_visible_to
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


def check(hat: Hat, plan: Plan, *, now: datetime, besides: int | None = None) -> Checked:
    """Whether *plan* may be given; its classes' days are held until the transaction ends.

    Raises:
        NothingAssigned: there is nothing to do.
        NothingAsked: a question on paper has no words.
        DueInThePast: the due time is over.
        DueTooFarAhead, CutOffTooFarAhead: a time is more than two years away.
        TimesOutOfOrder: it would be due before it opens, or cut off before it is due.
        HandInsNeeded: hand-ins are limited, and it is not said how many.
        TeamSizeNeeded: pupils form groups, and it is not said how large.
        NoGroupsKept: work in the teacher's groups for classes without any.
        NoClassChosen: it is for nobody.
        NotYourClass, NotYourGroup, NotYourPupil: it is for others than the teacher's own.
        NoPupils: a class or group is empty.
        NoWrittenHomework: something to write for a grade that must not get any.
        QuestionGone: a question or the lesson is not there for this teacher.
        OverTheCap: a day would exceed what is allowed, and no reason is given.
    """
    _check_times(plan, now)
    _check_words(plan.questions)
    shares = _shares(hat, plan)
    too_young = [one.school_class for one in shares if not may_be_written(one.school_class.grade)]
    if plan.is_written and too_young:
        raise errors.NoWrittenHomework(localized(one) for one in too_young)
    if plan.rules.teaming is Teaming.KEPT:
        kept_for(hat, shares)
    worth = worth_of(hat, plan)
    # Two who assign to one class at once queue here, so that the second sees what the first gave.
    hold_rows(load.held([one.school_class.id for one in shares]))
    day = day_of(plan.opens_at, plan.due_at)
    loads = load.loads(
        [one.school_class for one in shares],
        days_until(plan.opens_at, day),
        worth.by_class(shares),
        besides=besides,
    )
    return Checked(shares, day, worth, refuse_excess(loads, plan.reason))


def planned_loads(hat: Hat, plan: Plan, *, besides: int | None = None) -> list[DayLoad]:
    """What the days would hold with *plan*, for the teacher who is still planning; nothing is refused."""
    shares = _shares_so_far(hat, plan)
    minutes = worth_of(hat, plan).by_class(shares)
    days = days_until(plan.opens_at, day_of(plan.opens_at, plan.due_at))
    return load.loads([one.school_class for one in shares], days, minutes, besides=besides)


def loads_again(assignment: Assignment) -> list[DayLoad]:
    """What the day of work that is withdrawn would hold if it were given again."""
    shares, worth = given_before(assignment)
    day = day_of(assignment.opens_at, assignment.due_at)
    return load.loads([one.school_class for one in shares], [day], worth.by_class(shares))


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


def given_before(assignment: Assignment) -> tuple[list[Share], Worth]:
    """Whom an assignment that stands is given to, and what it is worth now."""
    return _shares_given(assignment.id), _worth_given(assignment)


def kept_for(hat: Hat, shares: Sequence[Share]) -> list[PupilGroup]:
    """The groups in which group work is done: those that were chosen, in whole classes all that he keeps.

    Raises:
        NoGroupsKept: he keeps none in some of the classes.
    """
    found: list[PupilGroup] = []
    without: list[str] = []
    kept = list(db.session.scalars(groups.kept_by(hat)))
    for share in shares:
        named = {one.group_id for one in share.parts}
        here = [one for one in kept if one.class_id == share.school_class.id]
        here = [one for one in here if one.id in named] or (here if share.is_whole else [])
        if not here:
            without.append(localized(share.school_class))
        found += here
    if without:
        raise errors.NoGroupsKept(without)
    return found


def refuse_excess(loads: Sequence[DayLoad], reason: str) -> list[DayLoad]:
    """The days of classes that are over, which only a reason excuses.

    Raises:
        OverTheCap: one is, and none is given.
    """
    over = [one for one in loads if one.is_over]
    if over and not reason.strip():
        raise errors.OverTheCap(over)
    return over


def check_nearness(due_at: datetime, cut_off_at: datetime, now: datetime) -> None:
    """Whether somebody can mean these times.

    Raises:
        DueTooFarAhead, CutOffTooFarAhead: one is more than two years away.
    """
    if is_too_far_ahead(due_at, now):
        raise errors.DueTooFarAhead
    if is_too_far_ahead(cut_off_at, now):
        raise errors.CutOffTooFarAhead


def _check_words(questions: Sequence[Question]) -> None:
    for number, one in enumerate(questions, start=1):
        if isinstance(one, PhotoQuestion) and not one.prompt.strip():
            raise errors.NothingAsked(number=number)


def _check_times(plan: Plan, now: datetime) -> None:
    says_what = plan.own_minutes > 0 and plan.instructions
    if not plan.questions and plan.lesson_id is None and not says_what:
        raise errors.NothingAssigned
    if plan.due_at <= now:
        raise errors.DueInThePast
    check_nearness(plan.due_at, plan.cut_off_at, now)
    if not plan.opens_at < plan.due_at <= plan.cut_off_at:
        raise errors.TimesOutOfOrder
    most = plan.rules.most_hand_ins or 0
    if plan.rules.hand_ins is HandIns.LIMITED and not 1 < most <= MOST_HAND_INS:
        raise errors.HandInsNeeded
    size = plan.rules.team_size or 0
    if plan.rules.teaming is Teaming.CHOSEN and not SMALLEST_TEAM <= size <= LARGEST_TEAM:
        raise errors.TeamSizeNeeded


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
    empty = [localized(one.school_class) for one in whole if one.school_class.id not in filled]
    sizes = dict(db.session.execute(groups.sizes(plan.group_ids)).all())
    chosen = db.session.scalars(groups.kept_by(hat).where(PupilGroup.id.in_(group_ids)))
    empty += [one.name for one in chosen if one.id not in sizes]
    if empty:
        raise errors.NoPupils(empty)
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


def _shares_given(assignment_id: int) -> list[Share]:
    parts: dict[int, list[Part]] = defaultdict(list)
    for one in db.session.scalars(queries.parts_of(assignment_id)):
        parts[one.class_id].append(Part(one.depth, one.group_id, one.student_id))
    return [
        Share(db.session.get_one(SchoolClass, one.class_id), one.is_whole, one.depth, parts[one.class_id])
        for one in db.session.scalars(queries.targets_of(assignment_id))
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
    may_open = is_among(resources_visible_to(hat), MicroLesson.resource_id)
    lesson = db.session.scalar(select(MicroLesson).where(MicroLesson.id == lesson_id, may_open))
    if lesson is None:
        raise errors.QuestionGone
    return _minutes_of_lesson(lesson)


def _minutes_of_lesson(lesson: MicroLesson) -> float:
    seconds = lesson.asset.duration_seconds
    return seconds / 60 if seconds else (lesson.resource.minutes or 0.0)
