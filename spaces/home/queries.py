"""What each home page shows, gathered with a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.guardians.queries import children_of
from accounts.people.models import Hat, Person
from core.clock import SCHOOL_ZONE, school_day, start_of_day, start_of_week
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.marking import progress as marking_progress
from homework.marking import queries as marking
from learning.classroom.models import TaughtLesson
from learning.lessons.models import MicroLesson
from learning.lessons.queries import made_by
from library.resources.models import Resource
from recommender.profiles.queries import PointMastery, SubjectMastery, mastery_of
from recommender.profiles.services import is_personalised
from recommender.recommendations.services import Suggestion, suggestions_for
from spaces.progress import queries as progress
from spaces.progress.queries import staff_classes
from spaces.progress.work import Homework, HomeworkState, Progress, Watching, Week

BACK_WITHIN = timedelta(days=7)
MOST_SUGGESTIONS = 4
MOST_BEGUN = 3
MOST_LISTED = 5
PARTS_OF_THE_DAY = ((5, "night"), (12, "morning"), (18, "afternoon"), (23, "evening"), (24, "night"))
"""Until which hour each lasts."""


@dataclass(frozen=True, slots=True)
class StudentHome:
    """A pupil's day: what is due, what was begun, what came back, what next, and her week."""

    due: tuple[Homework, ...]
    due_today: int
    begun: tuple[Watching, ...]
    returned: tuple[Homework, ...]
    suggestions: tuple[Suggestion, ...]
    week: Week
    mastery: tuple[SubjectMastery, ...]
    is_personalised: bool


@dataclass(frozen=True, slots=True)
class ClassCard:
    """One class of a teacher, and the homework that is due next there."""

    school_class: SchoolClass
    pupils: int


@dataclass(frozen=True, slots=True)
class TeacherHome:
    """A teacher's day: what waits to be marked, who is ready for what is coming, the classes, the lessons."""

    classes: tuple[ClassCard, ...]
    to_mark: tuple[tuple[Assignment, marking_progress.Progress], ...]
    coming: tuple[tuple[Assignment, marking_progress.Progress], ...]
    lessons: tuple[MicroLesson, ...]
    taught: tuple[tuple[TaughtLesson, SchoolClass, Resource], ...]

    @property
    def waiting(self) -> int:
        """Pieces of work that wait for the teacher."""
        return sum(one.unmarked + one.to_return for _, one in self.to_mark)


@dataclass(frozen=True, slots=True)
class GuardianHome:
    """One child's week, for those who look after her: no rank, no other child, nothing to mark."""

    children: tuple[Person, ...]
    child: Person
    progress: Progress
    newly_mastered: tuple[PointMastery, ...]
    to_review: tuple[PointMastery, ...]

    @property
    def due(self) -> tuple[Homework, ...]:
        """What the child has yet to hand in, the nearest first."""
        still_open = (one for one in self.progress.homework if one.state is HomeworkState.OPEN)
        return tuple(sorted(still_open, key=lambda one: one.due_at))

    @property
    def words(self) -> tuple[Homework, ...]:
        """Returned work about which the teacher said something."""
        return tuple(one for one in self.progress.homework if one.feedback)


def student_home(hat: Hat, now: datetime) -> StudentHome:
    """A pupil's home."""
    today = school_day(now)
    due = progress.due_homework(hat.person_id, now)
    begun = progress.lessons_of(hat.person_id, MOST_BEGUN, only_begun=True)
    in_hand = {one.resource_id for one in begun}
    suggested = suggestions_for(hat, now, MOST_SUGGESTIONS + MOST_BEGUN)
    return StudentHome(
        due=tuple(due),
        due_today=sum(school_day(one.due_at) <= today for one in due),
        begun=tuple(begun),
        returned=tuple(progress.returned_homework(hat.person_id, now - BACK_WITHIN, now)),
        suggestions=tuple(one for one in suggested if one.resource.id not in in_hand)[:MOST_SUGGESTIONS],
        week=progress.week_of(hat.person_id, start_of_week(today)),
        mastery=tuple(mastery_of(hat.person_id, now)),
        is_personalised=is_personalised(hat.person_id, today),
    )


def teacher_home(hat: Hat, now: datetime) -> TeacherHome:
    """A teacher's home."""
    waiting = list(
        db.session.scalars(marking.to_mark(hat).options(joinedload(Assignment.subject)).limit(MOST_LISTED))
    )
    coming = list(
        db.session.scalars(
            assignments.taught_by(hat)
            .where(Assignment.withdrawn_at.is_(None), Assignment.due_at >= now)
            .options(joinedload(Assignment.subject))
            .order_by(Assignment.due_at, Assignment.id)
            .limit(MOST_LISTED)
        )
    )
    how_far = marking_progress.progress(hat, sorted({one.id for one in (*waiting, *coming)}))
    return TeacherHome(
        classes=tuple(ClassCard(one, pupils) for one, pupils in staff_classes(hat)),
        to_mark=tuple((one, how_far[one.id]) for one in waiting),
        coming=tuple((one, how_far[one.id]) for one in coming),
        lessons=tuple(
            db.session.scalars(made_by(hat).order_by(MicroLesson.id.desc()).limit(MOST_LISTED)).unique()
        ),
        taught=tuple(
            (taught, school_class, resource)
            for taught, school_class, resource in db.session.execute(
                select(TaughtLesson, SchoolClass, Resource)
                .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
                .join(Resource, Resource.id == TaughtLesson.resource_id)
                .where(TaughtLesson.teacher_id == hat.person_id)
                .order_by(TaughtLesson.id.desc())
                .limit(MOST_LISTED)
            )
        ),
    )


def guardian_home(hat: Hat, child_id: int | None, now: datetime) -> GuardianHome | None:
    """A guardian's home: the week of the child that was chosen, else of the first; None without children."""
    children = list(db.session.scalars(children_of(hat)))
    if not children:
        return None
    child = next((one for one in children if one.id == child_id), children[0])
    found = progress.progress_of(child, now)
    monday = start_of_day(start_of_week(school_day(now)))
    points = [point for subject in found.mastery for point in subject.points]
    return GuardianHome(
        children=tuple(children),
        child=child,
        progress=found,
        newly_mastered=tuple(one for one in points if one.reached_at and one.reached_at >= monday),
        to_review=tuple(one for one in points if one.level == "review")[:3],
    )


def greeting_part(moment: datetime) -> str:
    """``night``, ``morning``, ``afternoon`` or ``evening`` on the school's clock."""
    hour = moment.astimezone(SCHOOL_ZONE).hour
    return next(part for until, part in PARTS_OF_THE_DAY if hour < until)
