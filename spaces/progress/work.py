"""What a pupil did, in the shapes that pages, print and the API show."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recommender.profiles.queries import SubjectMastery


@dataclass(frozen=True, slots=True)
class Day:
    """One school day of one person."""

    day: date
    minutes: float = 0.0
    """Watched."""
    answers: int = 0
    right_answers: int = 0
    handed_in: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """Some days in a row, without gaps."""

    days: tuple[Day, ...]

    @property
    def minutes(self) -> float:
        """Watched in all."""
        return sum(day.minutes for day in self.days)

    @property
    def answers(self) -> int:
        """Answered in all."""
        return sum(day.answers for day in self.days)

    @property
    def handed_in(self) -> int:
        """Handed in, in all."""
        return sum(day.handed_in for day in self.days)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return not any(day.minutes or day.answers or day.handed_in for day in self.days)


class HomeworkState(StrEnum):
    """Where one pupil's homework stands."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    MISSED = "missed"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Homework:
    """One assignment as one pupil has it."""

    assignment_id: int
    title: str
    subject: str
    subject_en: str
    due_at: datetime
    estimated_minutes: float
    state: HomeworkState
    submission_id: int | None = None
    received_at: datetime | None = None
    returned_at: datetime | None = None
    is_late: bool = False
    points: float | None = None
    """Only of returned work."""
    most_points: float | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Watching:
    """One lesson as far as one pupil has seen it."""

    lesson_id: int
    resource_id: int
    title: str
    seen_seconds: float
    length_seconds: float
    position_seconds: float
    updated_at: datetime
    completed_at: datetime | None

    @property
    def share(self) -> float:
        """How much of it was seen, 0-1."""
        return min(1.0, self.seen_seconds / self.length_seconds) if self.length_seconds else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """A pupil's learning on one page."""

    student_id: int
    name: str
    week: Week
    homework: tuple[Homework, ...]
    lessons: tuple[Watching, ...]
    mastery: tuple[SubjectMastery, ...]
    is_personalised: bool
    """Whether mastery is kept at all: the law's gate."""


class Readiness(StrEnum):
    """How far a pupil is for the next homework."""

    HANDED_IN = "handed_in"
    LESSON_SEEN = "lesson_seen"
    BEGUN = "begun"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Member:
    """One pupil of a class in one week."""

    person_id: int
    name: str
    seat_number: int | None
    minutes: float
    answers: int
    right_answers: int
    handed_in: int
    readiness: Readiness | None
    """None where no homework is open."""


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """One knowledge point at which pupils of a class are weak, with who they are."""

    point_id: int
    name: str
    name_en: str
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NextWork:
    """The homework of a class that is due next."""

    assignment_id: int
    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """A class's week on one page."""

    class_id: int
    name: str
    name_en: str
    first: date
    last: date
    members: tuple[Member, ...]
    next_work: NextWork | None
    weak_points: tuple[WeakPoint, ...]

    def ready(self, readiness: Readiness) -> int:
        """How many pupils are that far."""
        return sum(member.readiness is readiness for member in self.members)

    @property
    def active(self) -> int:
        """How many did anything this week."""
        return sum(bool(one.minutes or one.answers or one.handed_in) for one in self.members)
