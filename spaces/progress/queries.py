"""One source for what pages, print and the API tell of pupils and classes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.people.models import Hat, Person, Role
from core.clock import school_day, start_of_week
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.assignments.schedule import Times
from homework.marking import queries as marking
from homework.submissions import queries as submissions
from homework.submissions.models import Draft, Submission
from learning.lessons.models import MicroLesson
from learning.playback.models import Registration
from learning.records.models import DailyActivity
from library.media.models import MediaAsset
from library.resources.models import Resource
from recommender.profiles import queries as profiles
from recommender.profiles.services import is_personalised
from spaces.progress.work import (
    ClassProgress,
    Day,
    Homework,
    HomeworkState,
    Member,
    NextWork,
    Progress,
    Readiness,
    Watching,
    WeakPoint,
    Week,
)

MOST_HOMEWORK = 12
MOST_LESSONS = 8
MOST_WEAK_POINTS = 8
RECENT = timedelta(days=45)


def classes_of_staff(hat: Hat) -> Select[SchoolClass]:
    """The classes whose pupils the hat may read by name: a teacher's own, those of an own school."""
    classes = classes_visible_to(hat)
    return classes.where(SchoolClass.school_id == hat.organisation_id)


def staff_classes(hat: Hat) -> list[tuple[SchoolClass, int]]:
    """The classes that the hat reads by name, by grade and name, each with its number of pupils."""
    found = list(
        db.session.scalars(
            classes_of_staff(hat).order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id)
        )
    )
    pupils = {row[0]: row[1] for row in db.session.execute(assignments.pupils_in([one.id for one in found]))}
    return [(one, pupils.get(one.id, 0)) for one in found]


def week_of(person_id: int, first: date, days: int = 7) -> Week:
    """*days* days from *first*; a day without a row is a day without work."""
    rows = db.session.scalars(
        select(DailyActivity).where(
            DailyActivity.person_id == person_id,
            DailyActivity.day.between(first, first + timedelta(days=days - 1)),
        )
    )
    known = {
        row.day: Day(row.day, row.watched_seconds / 60, row.answers, row.correct_answers, row.handed_in)
        for row in rows
    }
    every = (first + timedelta(days=number) for number in range(days))
    return Week(tuple(known.get(day, Day(day)) for day in every))


def homework_of(student_id: int, now: datetime, most: int = MOST_HOMEWORK) -> list[Homework]:
    """The pupil's homework of late, the latest due first; points and words only of what was returned."""
    given = list(
        db.session.scalars(
            assignments.given_to([student_id], now)
            .where(Assignment.due_at >= now - RECENT, assignments.leaves_a_trace())
            .options(joinedload(Assignment.subject))
            .order_by(Assignment.due_at.desc(), Assignment.id.desc())
            .limit(most)
        )
    )
    return _as_homework(student_id, given, now)


def due_homework(student_id: int, now: datetime, most: int = MOST_HOMEWORK) -> list[Homework]:
    """What the pupil can still hand in and has not, the nearest due time first."""
    open_ones = list(
        db.session.scalars(
            submissions.unfinished(student_id, now).options(joinedload(Assignment.subject)).limit(most)
        )
    )
    times = _times(student_id, open_ones)
    return [_homework(one, times[one.id], None, now) for one in open_ones]


def returned_homework(student_id: int, since: datetime, now: datetime, most: int = 5) -> list[Homework]:
    """What came back marked since then, the newest first."""
    back = list(
        db.session.scalars(
            submissions.returned_for(student_id, since)
            .options(joinedload(Submission.assignment).joinedload(Assignment.subject))
            .limit(most)
        )
    )
    return _with_marks(student_id, [(one.assignment, one) for one in back], now)


def lessons_of(person_id: int, most: int = MOST_LESSONS, *, only_begun: bool = False) -> list[Watching]:
    """The lessons that the person watched last, each once."""
    latest = select(func.max(Registration.id)).where(Registration.person_id == person_id)
    rows = (
        select(
            MicroLesson.id,
            Resource.id,
            Resource.title,
            Registration.seen_seconds,
            MediaAsset.duration_seconds,
            Registration.position_seconds,
            Registration.updated_at,
            Registration.completed_at,
        )
        .join(MicroLesson, MicroLesson.id == Registration.lesson_id)
        .join(Resource, Resource.id == MicroLesson.resource_id)
        .join(MediaAsset, MediaAsset.id == MicroLesson.asset_id)
        .where(Registration.id.in_(latest.group_by(Registration.lesson_id)), Registration.seen_seconds > 0)
        .order_by(Registration.updated_at.desc())
        .limit(most)
    )
    if only_begun:
        rows = rows.where(Registration.completed_at.is_(None))
    return [
        Watching(lesson, resource, title, seen, length or 0.0, position, updated, done)
        for lesson, resource, title, seen, length, position, updated, done in db.session.execute(rows)
    ]


def progress_of(student: Person, now: datetime) -> Progress:
    """Everything that a pupil's page tells."""
    today = school_day(now)
    return Progress(
        student_id=student.id,
        name=student.name,
        week=week_of(student.id, start_of_week(today)),
        homework=tuple(homework_of(student.id, now)),
        lessons=tuple(lessons_of(student.id)),
        mastery=tuple(profiles.mastery_of(student.id, now)),
        is_personalised=is_personalised(student.id, today),
    )


def class_progress(school_class: SchoolClass, now: datetime) -> ClassProgress:
    """A class's week: who did what, who is ready for the next homework, what is weak."""
    last = school_day(now)
    first = start_of_week(last)
    work = next_work(school_class.id, now)
    people = _members(school_class.id, first, last)
    ids = [row.id for row in people]
    readiness = _readiness(ids, work)
    weak = profiles.weak_points_of(ids, now)
    return ClassProgress(
        class_id=school_class.id,
        name=school_class.name,
        name_en=school_class.name_en,
        first=first,
        last=last,
        members=tuple(
            Member(
                row.id,
                row.name,
                row.seat_number,
                (row.seconds or 0.0) / 60,
                row.answers or 0,
                row.right or 0,
                row.handed_in or 0,
                readiness.get(row.id),
            )
            for row in people
        ),
        next_work=NextWork(work.id, work.title, work.due_at) if work else None,
        weak_points=tuple(
            WeakPoint(point_id, stands[0][1].name, stands[0][1].name_en, tuple(who for who, _ in stands))
            for point_id, stands in sorted(weak.items(), key=lambda pair: -len(pair[1]))[:MOST_WEAK_POINTS]
        ),
    )


def next_work(class_id: int, now: datetime) -> Assignment | None:
    """The homework of the whole class that is due next."""
    found: Assignment | None = db.session.scalar(
        select(Assignment)
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .where(
            AssignmentTarget.class_id == class_id,
            AssignmentTarget.is_whole,
            Assignment.withdrawn_at.is_(None),
            Assignment.opens_at <= now,
            Assignment.due_at >= now,
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(1)
    )
    return found


def _members(class_id: int, first: date, last: date) -> Sequence[Row[*tuple[Any, ...]]]:
    week = (
        select(
            DailyActivity.person_id,
            func.sum(DailyActivity.watched_seconds).label("seconds"),
            func.sum(DailyActivity.answers).label("answers"),
            func.sum(DailyActivity.correct_answers).label("right"),
            func.sum(DailyActivity.handed_in).label("handed_in"),
        )
        .where(DailyActivity.day.between(first, last))
        .group_by(DailyActivity.person_id)
        .subquery()
    )
    return db.session.execute(
        select(
            Person.id,
            Person.name,
            Enrolment.seat_number,
            week.c.seconds,
            week.c.answers,
            week.c.right,
            week.c.handed_in,
        )
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(week, week.c.person_id == Person.id)
        .where(Enrolment.class_id == class_id, Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None))
        .order_by(Enrolment.seat_number, Person.name, Person.id)
    ).all()


def _readiness(student_ids: Sequence[int], work: Assignment | None) -> dict[int, Readiness]:
    if work is None:
        return {}
    handed = set(
        db.session.scalars(
            select(Submission.student_id).where(
                Submission.assignment_id == work.id, Submission.student_id.in_(student_ids)
            )
        )
    )
    begun = set(
        db.session.scalars(
            select(Draft.student_id).where(Draft.assignment_id == work.id, Draft.student_id.in_(student_ids))
        )
    )
    seen: set[int] = set()
    if work.lesson_id is not None:
        for person_id, is_done in db.session.execute(
            select(Registration.person_id, Registration.completed_at.is_not(None)).where(
                Registration.lesson_id == work.lesson_id, Registration.person_id.in_(student_ids)
            )
        ):
            (seen if is_done else begun).add(person_id)
    return {one: _how_ready(one, handed, seen, begun) for one in student_ids}


def _how_ready(one: int, handed: set[int], seen: set[int], begun: set[int]) -> Readiness:
    if one in handed:
        return Readiness.HANDED_IN
    if one in seen:
        return Readiness.LESSON_SEEN
    return Readiness.BEGUN if one in begun else Readiness.NOT_YET


def _as_homework(student_id: int, given: Sequence[Assignment], now: datetime) -> list[Homework]:
    counted = {
        one.assignment_id: one
        for one in db.session.scalars(submissions.counted_for([one.id for one in given], [student_id]))
    }
    return _with_marks(student_id, [(one, counted.get(one.id)) for one in given], now)


def _times(student_id: int, given: Sequence[Assignment]) -> dict[int, Times]:
    """When each is due for the pupil."""
    found = db.session.scalars(assignments.exceptions_for([one.id for one in given], [student_id]))
    excepted = {one.assignment_id: one for one in found}
    return {one.id: assignments.times_of(one, excepted.get(one.id)) for one in given}


def _with_marks(
    student_id: int, pairs: Sequence[tuple[Assignment, Submission | None]], now: datetime
) -> list[Homework]:
    times = _times(student_id, [given for given, _ in pairs])
    returned = [one for _, one in pairs if one is not None and one.returned_at is not None]
    if not returned:
        return [_homework(given, times[given.id], one, now) for given, one in pairs]
    ids = [one.id for one in returned]
    points = {row[0]: row[1] for row in db.session.execute(marking.points_of(ids))}
    worth = marking.worth_for(student_id, [one.assignment_id for one in returned])
    words = {one.submission_id: one.text for one in db.session.scalars(marking.feedback_of(ids))}
    return [
        _homework(
            given,
            times[given.id],
            one,
            now,
            points=points.get(one.id) if one else None,
            most=worth[given.id].points if given.id in worth else None,
            words=words.get(one.id, "") if one else "",
        )
        for given, one in pairs
    ]


def _homework(  # noqa: PLR0913 -- what one line tells is named at the call, and each is needed
    given: Assignment,
    times: Times,
    submission: Submission | None,
    now: datetime,
    *,
    points: float | None = None,
    most: float | None = None,
    words: str = "",
) -> Homework:
    is_back = submission is not None and submission.returned_at is not None
    if submission is not None:
        state = HomeworkState.RETURNED if is_back else HomeworkState.HANDED_IN
    elif times.is_excused:
        state = HomeworkState.EXCUSED
    else:
        state = HomeworkState.OPEN if times.cut_off_at >= now else HomeworkState.MISSED
    return Homework(
        assignment_id=given.id,
        title=given.title,
        subject=given.subject.name,
        subject_en=given.subject.name_en,
        due_at=times.due_at,
        estimated_minutes=given.estimated_minutes,
        state=state,
        submission_id=submission.id if submission else None,
        received_at=submission.received_at if submission else None,
        returned_at=submission.returned_at if submission else None,
        is_late=bool(submission and submission.is_late),
        points=points if is_back else None,
        most_points=most if is_back else None,
        feedback=words if is_back else "",
    )
