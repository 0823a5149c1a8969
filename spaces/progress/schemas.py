"""The shape of progress in the API."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from spaces.progress.work import ClassProgress, HomeworkState, Progress, Readiness


class Out(BaseModel):
    """Nothing beside what is described."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class DayOut(Out):
    """One school day."""

    day: date
    minutes: float
    answers: int
    right_answers: int
    handed_in: int


class HomeworkOut(Out):
    """One assignment as the pupil has it; points only once the work is returned."""

    assignment_id: int
    title: str
    due_at: datetime
    state: HomeworkState
    submission_id: int | None
    received_at: datetime | None
    returned_at: datetime | None
    is_late: bool
    points: float | None
    most_points: float | None


class WatchingOut(Out):
    """One lesson as far as it was seen."""

    lesson_id: int
    resource_id: int
    title: str
    share: float
    updated_at: datetime
    completed_at: datetime | None


class PointOut(Out):
    """One knowledge point: how far it is mastered, with two dates and its evidence."""

    point_id: int
    name: str
    level: str
    now: float
    reached_at: datetime | None
    last_answer_at: datetime | None
    answers: int
    correct: int


class SubjectOut(Out):
    """The points of one subject."""

    code: str
    name: str
    points: list[PointOut]


class ProgressOut(Out):
    """A pupil's learning."""

    student_id: int
    name: str
    week: list[DayOut]
    homework: list[HomeworkOut]
    lessons: list[WatchingOut]
    mastery: list[SubjectOut]
    is_personalised: bool

    @classmethod
    def of(cls, progress: Progress) -> "ProgressOut":
        """A pupil's page for programs."""
        return cls(
            student_id=progress.student_id,
            name=progress.name,
            week=[DayOut.model_validate(day) for day in progress.week.days],
            homework=[HomeworkOut.model_validate(one) for one in progress.homework],
            lessons=[WatchingOut.model_validate(one) for one in progress.lessons],
            mastery=[SubjectOut.model_validate(one) for one in progress.mastery],
            is_personalised=progress.is_personalised,
        )


class MemberOut(Out):
    """One pupil in one week."""

    person_id: int
    name: str
    minutes: float
    answers: int
    right_answers: int
    handed_in: int
    readiness: Readiness | None


class WeakPointOut(Out):
    """One point at which some are weak."""

    point_id: int
    name: str
    person_ids: list[int]


class NextWorkOut(Out):
    """The homework that is due next."""

    assignment_id: int
    title: str
    due_at: datetime


class ClassProgressOut(Out):
    """A class's week."""

    class_id: int
    name: str
    first: date
    last: date
    members: list[MemberOut]
    next_work: NextWorkOut | None
    weak_points: list[WeakPointOut]

    @classmethod
    def of(cls, progress: ClassProgress) -> "ClassProgressOut":
        """A class's page for programs."""
        return cls.model_validate(progress)
