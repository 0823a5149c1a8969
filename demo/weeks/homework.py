"""Work given, handed in, marked and returned, many rows at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from core.clock import school_day
from demo.calendar import at, next_school_day
from demo.population import DEMO_STUDENT, Classroom, Learner, Post
from demo.shelf import ShelfItem
from demo.weeks.answers import Answers
from demo.weeks.chronicle import NAMESPACE
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.load.limits import day_of
from homework.load.models import LoadEntry
from homework.marking.models import Feedback, Mark, MarkSource
from homework.submissions.models import Answer, Page, Submission
from homework.submissions.services import Work
from learning.attempts.models import AttemptContext
from learning.records.services import Record
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.models import ItemKind
from library.media.pictures import Picture

HANDED_IN = 0.93
DUE_HOUR, OPEN_HOUR = 20.0, 16.0
LATE_SHARE = 0.05
LATE_DAYS = 3
WITH_FEEDBACK = 0.25
PHOTO_POINTS, CLOSED_POINTS = 4.0, 2.0
COMMENTS = (
    "思路清楚，步骤完整。",
    "结果对，再写清每一步的依据会更好。",
    "注意符号，订正后再看一遍。",
    "画图很认真，继续保持。",
    "第二步的移项要变号，请订正。",
)
FEEDBACKS = (
    "完成得很认真，错题请先看提示再订正。",
    "基础掌握得不错，第二题再想一想。",
    "这次进步明显，注意检查计算。",
    "概念清楚，书写再工整一些。",
)


@dataclass(frozen=True)
class Asked:
    """A question of a piece of work, with its points."""

    id: int
    item: ShelfItem
    points: float


@dataclass(frozen=True)
class Given:
    """A piece of work as it was given."""

    id: int
    title: str
    teacher: int
    opens_at: datetime
    due_at: datetime
    questions: list[Asked]


@dataclass(frozen=True)
class HandIn:
    """One pupil's work: what she answered, when, and when it came back."""

    learner: Learner
    moment: datetime
    returned_at: datetime | None
    """None while the teacher has it."""
    responses: Mapping[int, dict[str, Any]]
    pictures: Mapping[int, tuple[Picture, ...]] = field(default_factory=dict)


class Homework:
    """Gives work to classes, and takes it in from their pupils."""

    def __init__(self, answers: Answers, subjects: Mapping[str, int]) -> None:
        self.chronicle, self.answers, self.subjects = answers.chronicle, answers, subjects

    def give(  # noqa: PLR0913, PLR0917 -- work has these parts, and one place writes it
        self,
        rng: Random,
        room: Classroom,
        post: Post,
        about: str,
        day: date,
        due_day: date,
        questions: Sequence[ShelfItem],
    ) -> Given:
        """Give a class work on the afternoon of *day*, due on the evening of *due_day*."""
        opens_at, due_at = at(day, OPEN_HOUR), at(due_day, DUE_HOUR)
        title = title_of(about)
        name = f"work/{self.chronicle.seed}/{room.id}/{post.subject}/{day}/{about}"
        minutes = round(sum(q.minutes for q in questions) * 1.5)
        number = self.chronicle.rows.add(
            Assignment,
            client_key=str(uuid5(NAMESPACE, name)),
            title=title,
            instructions="独立完成；不会的题先看提示，写清过程。",
            subject_id=self.subjects[post.subject],
            teacher_id=post.teacher,
            estimated_minutes=minutes,
            opens_at=opens_at,
            due_at=due_at,
            cut_off_at=due_at + timedelta(days=LATE_DAYS),
            created_at=opens_at - timedelta(minutes=rng.randint(2, 90)),
        )
        self.chronicle.rows.add(AssignmentTarget, assignment_id=number, class_id=room.id)
        self.chronicle.rows.add(
            LoadEntry,
            assignment_id=number,
            class_id=room.id,
            subject_id=self.subjects[post.subject],
            day=day_of(opens_at, due_at),
            minutes=minutes,
        )
        asked = [self._ask(number, position, item) for position, item in enumerate(questions, 1)]
        self.chronicle.diary.note(post.teacher, opens_at, assigned=1)
        return Given(number, title, post.teacher, opens_at, due_at, asked)

    def hand_in_all(
        self,
        rng: Random,
        room: Classroom,
        given: Given,
        returned_at: datetime | None,
        pictures: Mapping[int, Picture] | None = None,
    ) -> None:
        """Let the pupils of a class hand in, most of them in time; *pictures* are theirs, by their ids."""
        for learner in room.learners:
            is_demo = learner.username == DEMO_STUDENT
            willing = HANDED_IN * (0.8 + 0.2 * learner.diligence)
            if not is_demo and (not learner.has_opened or rng.random() > willing):
                continue
            moment = _moment(rng, given, is_late=not is_demo and rng.random() < LATE_SHARE)
            if moment < self.chronicle.now:
                back_at = self._back_at(moment, returned_at)
                self._hand_in(rng, given, self._work_of(rng, learner, given, moment, back_at, pictures or {}))

    def _ask(self, assignment: int, position: int, item: ShelfItem) -> Asked:
        worth = PHOTO_POINTS if item.kind is ItemKind.PHOTO else CLOSED_POINTS
        number = self.chronicle.rows.add(
            AssignmentItem,
            assignment_id=assignment,
            position=position,
            item_version_id=item.version,
            points=worth,
        )
        return Asked(number, item, worth)

    def _back_at(self, moment: datetime, returned_at: datetime | None) -> datetime | None:
        """When work handed in at *moment* is back; late work comes back on the next morning of school."""
        if returned_at is not None and moment >= returned_at:
            returned_at = at(next_school_day(school_day(moment)), 8.5)
        return returned_at if returned_at is not None and returned_at < self.chronicle.now else None

    def _work_of(
        self,
        rng: Random,
        learner: Learner,
        given: Given,
        moment: datetime,
        back_at: datetime | None,
        pictures: Mapping[int, Picture],
    ) -> HandIn:
        photos: dict[int, tuple[Picture, ...]] = {}
        responses: dict[int, dict[str, Any]] = {}
        for asked in given.questions:
            if asked.item.kind is not ItemKind.PHOTO:
                responses[asked.id] = self.answers.respond(rng, learner, asked.item, moment)
            elif learner.id in pictures:
                photos[asked.id] = (pictures[learner.id],)
                responses[asked.id] = {"photos": [pictures[learner.id].sha256]}
        return HandIn(learner, moment, back_at, responses, photos)

    def _hand_in(self, rng: Random, given: Given, work: HandIn) -> None:
        learner, moment = work.learner, work.moment
        name = f"hand-in/{self.chronicle.seed}/{given.id}/{given.title}/{learner.id}/{moment.isoformat()}"
        key = uuid5(NAMESPACE, name)
        closed = {q: r for q, r in work.responses.items() if q not in work.pictures}
        is_late = moment > given.due_at
        submission = self.chronicle.rows.add(
            Submission,
            client_key=key,
            assignment_id=given.id,
            student_id=learner.id,
            number=1,
            content_sha256=Work(client_key=key, responses=closed, pictures=work.pictures).sha256,
            received_at=moment,
            is_late=is_late,
            returned_at=work.returned_at,
            returned_by_id=given.teacher if work.returned_at else None,
        )
        for asked in given.questions:
            if asked.id in work.responses:
                self._answer(rng, given, work, submission, key, asked)
        if work.returned_at is not None:
            self._give_back(rng, given, learner, submission, work.returned_at)
        extensions = {f"{EXTENSION}number": 1, f"{EXTENSION}is-late": is_late}
        self.chronicle.state(
            Record(
                uuid=key,
                actor_id=learner.id,
                verb=Verb.SUBMITTED,
                object_type=ObjectType.ASSIGNMENT,
                object_id=given.id,
                timestamp=moment,
                result={"extensions": extensions},
            )
        )
        self.chronicle.diary.note(learner.id, moment, handed_in=1)

    def _give_back(
        self, rng: Random, given: Given, learner: Learner, submission: int, returned_at: datetime
    ) -> None:
        self.chronicle.diary.note(given.teacher, returned_at, marked=1)
        if rng.random() < WITH_FEEDBACK or learner.username == DEMO_STUDENT:
            self.chronicle.rows.add(
                Feedback,
                submission_id=submission,
                text=rng.choice(FEEDBACKS),
                written_by_id=given.teacher,
                written_at=returned_at,
            )

    def _answer(
        self, rng: Random, given: Given, work: HandIn, submission: int, key: UUID, asked: Asked
    ) -> None:
        attempt, judgement = self.answers.keep(
            rng,
            work.learner,
            asked.item,
            work.responses[asked.id],
            work.moment,
            uuid5(key, str(asked.id)),
            AttemptContext.HOMEWORK,
            given.id,
        )
        answer = self.chronicle.rows.add(
            Answer, submission_id=submission, assignment_item_id=asked.id, attempt_id=attempt
        )
        for position, picture in enumerate(work.pictures.get(asked.id, ()), 1):
            self._page(answer, position, picture)
        if judgement.score is not None:
            self.chronicle.rows.add(
                Mark,
                answer_id=answer,
                points=round(judgement.score * asked.points, 2),
                source=MarkSource.MACHINE,
                marked_at=work.moment,
            )
        elif work.returned_at is not None:
            share = rng.choice((1.0, 1.0, 0.75, 0.5))
            self.chronicle.rows.add(
                Mark,
                answer_id=answer,
                points=asked.points * share,
                comment=rng.choice(COMMENTS),
                source=MarkSource.TEACHER,
                marked_by_id=given.teacher,
                marked_at=work.returned_at - timedelta(minutes=rng.randint(2, 40)),
            )

    def _page(self, answer: int, position: int, picture: Picture) -> None:
        self.chronicle.rows.add(
            Page,
            answer_id=answer,
            position=position,
            upload_sha256=picture.upload_sha256,
            picture_sha256=picture.sha256,
            thumbnail_sha256=picture.thumbnail_sha256,
            width=picture.width,
            height=picture.height,
        )


def title_of(about: str) -> str:
    """What work about something is called."""
    return f"{about} 练习"


def _moment(rng: Random, given: Given, *, is_late: bool) -> datetime:
    """When a pupil hands in: in the afternoon or evening, or some hours after it was due."""
    seconds = (given.due_at - given.opens_at).total_seconds()
    moment = given.opens_at + timedelta(seconds=rng.betavariate(1.4, 1.9) * seconds)
    is_long_before = moment < given.due_at - timedelta(hours=4)
    moment = at(school_day(moment), rng.uniform(16.6, 20.8) if is_long_before else 19.4)
    return given.due_at + timedelta(hours=rng.uniform(1, 20)) if is_late else moment
