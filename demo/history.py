"""Eight weeks of school life: taught, given, handed in, marked, returned, practised.

The weeks are written school by school, each portion in a short transaction of its own, so that people can use
the platform meanwhile. A portion that stands already is left alone: the job may be run again at any point.
Answers are marked by the product's own rule; hashes and statements are made by its own functions.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from accounts.duties.models import GradeHead
from core.clock import school_day
from core.database import count_rows_anew, db, insert_if_absent, transaction
from demo.calendar import WEEKS_OF_HISTORY, at, is_school_day, term_of
from demo.curriculum import Point, points, points_of
from demo.pages import draw_page
from demo.population import DEMO_STUDENT, Classroom, Learner, Post, load_classrooms
from demo.rows import Rows
from demo.shelf import ShelfItem, kind_items, shelf_items
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.estimates.services import count_times
from homework.groups.models import GroupMember, PupilGroup
from homework.ledger.services import measure
from homework.load.limits import day_of
from homework.load.models import LoadEntry
from homework.marking.models import Feedback, Mark, MarkSource
from homework.submissions.models import Answer, Page, Submission
from homework.submissions.services import Work
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import response_digest, statement_of
from learning.classroom.models import TaughtLesson
from learning.records.models import DailyActivity, Statement
from learning.records.services import Record
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.curriculum.models import Subject
from library.items.kinds.table import MARKED_BY_MACHINE, kind_of
from library.items.marking import Judgement, mark
from library.items.models import ItemKind
from library.media.pictures import Picture
from recommender.profiles.services import rebuild

NAMESPACE = UUID("0b0b4f2e-9d6b-5a43-8d5e-5e7a3c1b9f10")
FIRST_GRADE_WITH_HOMEWORK = 3
"""None is written in grades 1 and 2 (双减意见)."""
WORK_A_WEEK, WORK_A_WEEK_IN_DEMO_SCHOOL = 0.055, 0.42
"""How many pieces of work a teacher gives a class on the platform in a week, before the school's keenness."""
PRACTICE_A_WEEK, PRACTICE_A_WEEK_IN_DEMO_SCHOOL = 0.9, 1.6
LIKELY_DAYS, RESTING_DAY = (3, 3, 3, 3, 2, 4, 4), 4
"""How likely practice is on each day of the week; on Fridays the demo pupil rests."""
TAUGHT_A_DAY = 0.1
HANDED_IN = 0.93
DUE_HOUR, OPEN_HOUR = 20.0, 16.0
LATE_SHARE = 0.05
LATE_DAYS = 3
FORGETTING_A_DAY, LEARNING_AN_ANSWER = 0.02, 0.3
GUESSING = 0.08
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


@dataclass
class Diary:
    """What each person did on each day: what ``DailyActivity`` will say."""

    days: dict[tuple[int, date], dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )

    def note(self, person: int, moment: datetime, **amounts: float) -> None:
        """Add *amounts* to the person's school day."""
        day = self.days[person, school_day(moment)]
        for name, amount in amounts.items():
            day[name] += amount


@dataclass
class Given:
    """A piece of work as it was given."""

    id: int
    title: str
    teacher: int
    opens_at: datetime
    due_at: datetime
    questions: list[tuple[int, ShelfItem, float]]
    """Id in the assignment, the question, its points."""


def write_history(seed: int, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Write what the city's people did in the last eight weeks, up to *now*."""
    count_rows_anew()
    _History(seed, now).write(on_progress)


class _History:
    def __init__(self, seed: int, now: datetime) -> None:
        self.seed = seed
        self.now = now
        self.today = school_day(now)
        self.term = term_of(self.today)
        self.schools = load_classrooms(seed)
        self.items = shelf_items(seed)
        self.other_kinds = kind_items(seed)
        self.subjects = {s.code: s.id for s in db.session.scalars(select(Subject))}
        self.diary = Diary()
        self.rows = Rows()
        db.session.rollback()

    def write(self, on_progress: Callable[[int, int], None]) -> None:
        monday = self.today - timedelta(days=self.today.weekday() + 7 * WEEKS_OF_HISTORY)
        portions = [(week, school) for week in range(WEEKS_OF_HISTORY + 1) for school in self.schools]
        for done, (week, school) in enumerate(portions):
            on_progress(done, len(portions) + 2)
            self._portion(week, school, monday + timedelta(days=7 * week))
        on_progress(len(portions), len(portions) + 2)
        self._write_days()
        db.session.remove()
        on_progress(len(portions) + 1, len(portions) + 2)
        rebuild(self.now)
        count_times(now=self.now)
        measure(now=self.now)
        on_progress(len(portions) + 2, len(portions) + 2)

    def _portion(self, week: int, school: int, monday: date) -> None:
        marker = uuid5(NAMESPACE, f"{self.seed}/{monday}/{school}")
        rooms = self.schools[school]
        pictures = self._pictures(rooms) if week == WEEKS_OF_HISTORY else {}
        with transaction():
            is_written = db.session.scalar(select(Statement.id).where(Statement.uuid == marker)) is not None
            self.rows = Rows()
            for room in rooms:
                rng = Random(f"week/{self.seed}/{monday}/{room.id}")
                self._teach(rng, room, week, monday)
                self._set_work(rng, room, week, monday)
                self._practise(rng, room, week, monday)
                if room.is_demo and week == WEEKS_OF_HISTORY:
                    self._demo_work(rng, room, pictures)
            if not is_written:
                self._mark_written(marker, rooms[0], monday)
                self.rows.finish()

    def _mark_written(self, marker: UUID, room: Classroom, monday: date) -> None:
        """Let a first statement tell that the portion stands: a teacher opened something."""
        moment = min(at(monday, 7.5), self.now)
        self._state(
            Record(
                uuid=marker,
                actor_id=room.posts[0].teacher,
                verb=Verb.INITIALIZED,
                object_type=ObjectType.RESOURCE,
                object_id=next(iter(self.items.values()))[0].practice,
                timestamp=moment,
            )
        )

    # What is taught when ---------------------------------------------------------------------------

    def _points_now(self, grade: int, subject: str, week: int) -> list[Point]:
        """Return the points that a class has reached in *week*, the newest last."""
        reached = taught_points(grade, subject, "a" if self.term.code.endswith("1") else "b")
        if not reached:
            return []
        share = (week + 2) / (WEEKS_OF_HISTORY + 4)
        return list(reached[: max(1, math.ceil(share * len(reached)))])

    def _teach(self, rng: Random, room: Classroom, week: int, monday: date) -> None:
        used: set[tuple[int, int, date]] = set()
        for post in room.posts:
            reached = self._points_now(room.grade, post.subject, week)
            for offset in range(5):
                day = monday + timedelta(days=offset)
                moment = at(day, rng.uniform(8, 16.5))
                if (
                    not reached
                    or rng.random() > TAUGHT_A_DAY * room.keenness
                    or not self._is_past(day, moment)
                ):
                    continue
                resource = rng.choice(self.items[reached[-1].code]).practice
                if (post.teacher, resource, day) in used:
                    continue
                used.add((post.teacher, resource, day))
                self.rows.add(
                    TaughtLesson,
                    teacher_id=post.teacher,
                    class_id=room.id,
                    resource_id=resource,
                    day=day,
                    taught_at=moment,
                )
                self.diary.note(post.teacher, moment, taught=1)

    def _is_past(self, day: date, moment: datetime) -> bool:
        return is_school_day(day) and moment < self.now

    # Work given, handed in, marked, returned ---------------------------------------------------------

    def _set_work(self, rng: Random, room: Classroom, week: int, monday: date) -> None:
        if room.grade < FIRST_GRADE_WITH_HOMEWORK:
            return
        in_demo_school = any(one.is_demo for one in self.schools[room.school])
        rate = WORK_A_WEEK_IN_DEMO_SCHOOL if in_demo_school else WORK_A_WEEK * (0.5 + room.keenness)
        for post in room.posts:
            reached = self._points_now(room.grade, post.subject, week)
            day = monday + timedelta(days=rng.randrange(4))
            if not reached or rng.random() > rate or not self._is_past(day, at(day, OPEN_HOUR)):
                continue
            due_day = next_school_day(day)
            questions = self._choose(rng, reached, rng.randint(3, 4))
            given = self._give(rng, room, post, reached[-1].name, day, due_day, questions)
            returned = at(next_school_day(due_day), rng.uniform(7.5, 12))
            self._hand_in_all(rng, room, given, returned if returned < self.now else None)

    def _choose(self, rng: Random, reached: Sequence[Point], count: int) -> list[ShelfItem]:
        newest, older = reached[-1], reached[-4:]
        pool = [i for i in self.items[newest.code] if i.kind in MARKED_BY_MACHINE]
        chosen = rng.sample(pool, min(len(pool), count - 1))
        other = [
            i for p in older for i in self.items[p.code] if i not in chosen and i.kind in MARKED_BY_MACHINE
        ]
        return [*chosen, *rng.sample(other, min(len(other), count - len(chosen)))]

    def _give(  # noqa: PLR0913, PLR0917 -- likewise
        self,
        rng: Random,
        room: Classroom,
        post: Post,
        about: str,
        day: date,
        due_day: date,
        questions: Sequence[ShelfItem],
    ) -> Given:
        opens_at, due_at = at(day, OPEN_HOUR), at(due_day, DUE_HOUR)
        title = f"{about} 练习"
        key = str(uuid5(NAMESPACE, f"work/{self.seed}/{room.id}/{post.subject}/{day}/{about}"))
        number = self.rows.add(
            Assignment,
            client_key=key,
            title=title,
            instructions="独立完成；不会的题先看提示，写清过程。",
            subject_id=self.subjects[post.subject],
            teacher_id=post.teacher,
            estimated_minutes=round(sum(q.minutes for q in questions) * 1.5),
            opens_at=opens_at,
            due_at=due_at,
            cut_off_at=due_at + timedelta(days=LATE_DAYS),
            created_at=opens_at - timedelta(minutes=rng.randint(2, 90)),
        )
        self.rows.add(AssignmentTarget, assignment_id=number, class_id=room.id)
        self.rows.add(
            LoadEntry,
            assignment_id=number,
            class_id=room.id,
            subject_id=self.subjects[post.subject],
            day=day_of(opens_at, due_at),
            minutes=round(sum(q.minutes for q in questions) * 1.5),
        )
        asked = []
        for position, item in enumerate(questions, 1):
            worth = PHOTO_POINTS if item.kind is ItemKind.PHOTO else CLOSED_POINTS
            asked.append(
                (
                    self.rows.add(
                        AssignmentItem,
                        assignment_id=number,
                        position=position,
                        item_version_id=item.version,
                        points=worth,
                    ),
                    item,
                    worth,
                )
            )
        self.diary.note(post.teacher, opens_at, assigned=1)
        return Given(number, title, post.teacher, opens_at, due_at, asked)

    def _hand_in_all(
        self,
        rng: Random,
        room: Classroom,
        given: Given,
        returned_at: datetime | None,
        pictures: Mapping[int, Picture] | None = None,
    ) -> None:
        for learner in room.learners:
            is_demo = learner.username == DEMO_STUDENT
            if not is_demo and (
                not learner.has_opened or rng.random() > HANDED_IN * (0.8 + 0.2 * learner.diligence)
            ):
                continue
            late = not is_demo and rng.random() < LATE_SHARE
            seconds = (given.due_at - given.opens_at).total_seconds()
            moment = given.opens_at + timedelta(seconds=rng.betavariate(1.4, 1.9) * seconds)
            moment = at(
                school_day(moment),
                rng.uniform(16.6, 20.8) if moment < given.due_at - timedelta(hours=4) else 19.4,
            )
            if late:
                moment = given.due_at + timedelta(hours=rng.uniform(1, 20))
            if moment >= self.now:
                continue
            self._hand_in(rng, learner, given, moment, returned_at, pictures or {})

    def _hand_in(
        self,
        rng: Random,
        learner: Learner,
        given: Given,
        moment: datetime,
        returned_at: datetime | None,
        pictures: Mapping[int, Picture],
    ) -> None:
        key = uuid5(
            NAMESPACE, f"hand-in/{self.seed}/{given.id}/{given.title}/{learner.id}/{moment.isoformat()}"
        )
        given_pictures: dict[int, tuple[Picture, ...]] = {}
        responses: dict[int, dict[str, Any]] = {}
        for question, item, _ in given.questions:
            if item.kind is ItemKind.PHOTO:
                if learner.id in pictures:
                    given_pictures[question] = (pictures[learner.id],)
                    responses[question] = {"photos": [pictures[learner.id].sha256]}
            else:
                responses[question] = self._respond(rng, learner, item, moment)
        closed = {q: r for q, r in responses.items() if q not in given_pictures}
        work = Work(client_key=key, responses=closed, pictures=given_pictures)
        if returned_at is not None and moment >= returned_at:
            # Late work comes back on the next morning of school.
            returned_at = at(next_school_day(school_day(moment)), 8.5)
        is_back = returned_at is not None and returned_at < self.now
        is_late = moment > given.due_at
        submission = self.rows.add(
            Submission,
            client_key=key,
            assignment_id=given.id,
            student_id=learner.id,
            number=1,
            content_sha256=work.sha256,
            received_at=moment,
            is_late=is_late,
            returned_at=returned_at if is_back else None,
            returned_by_id=given.teacher if is_back else None,
        )
        for question, item, worth in given.questions:
            if question in responses:
                self._answer_of(
                    rng,
                    learner,
                    submission,
                    key,
                    (question, item, worth),
                    responses[question],
                    moment,
                    given,
                    returned_at if is_back else None,
                    given_pictures.get(question, ()),
                )
        if is_back and returned_at is not None:
            self.diary.note(given.teacher, returned_at, marked=1)
            if rng.random() < 0.25 or learner.username == DEMO_STUDENT:
                self.rows.add(
                    Feedback,
                    submission_id=submission,
                    text=rng.choice(FEEDBACKS),
                    written_by_id=given.teacher,
                    written_at=returned_at,
                )
        self._state(
            Record(
                uuid=key,
                actor_id=learner.id,
                verb=Verb.SUBMITTED,
                object_type=ObjectType.ASSIGNMENT,
                object_id=given.id,
                timestamp=moment,
                result={"extensions": {f"{EXTENSION}number": 1, f"{EXTENSION}is-late": is_late}},
            )
        )
        self.diary.note(learner.id, moment, handed_in=1)

    def _answer_of(  # noqa: PLR0913, PLR0917 -- an answer has these parts, and one place writes it
        self,
        rng: Random,
        learner: Learner,
        submission: int,
        key: UUID,
        asked: tuple[int, ShelfItem, float],
        response: dict[str, Any],
        moment: datetime,
        given: Given,
        returned_at: datetime | None,
        pages: Sequence[Picture],
    ) -> None:
        question, item, worth = asked
        attempt, judgement = self._attempt(
            rng, learner, item, response, moment, uuid5(key, str(question)), AttemptContext.HOMEWORK, given.id
        )
        answer = self.rows.add(
            Answer, submission_id=submission, assignment_item_id=question, attempt_id=attempt
        )
        for position, picture in enumerate(pages, 1):
            self.rows.add(
                Page,
                answer_id=answer,
                position=position,
                upload_sha256=picture.upload_sha256,
                picture_sha256=picture.sha256,
                thumbnail_sha256=picture.thumbnail_sha256,
                width=picture.width,
                height=picture.height,
            )
        if judgement.score is not None:
            self.rows.add(
                Mark,
                answer_id=answer,
                points=round(judgement.score * worth, 2),
                source=MarkSource.MACHINE,
                marked_at=moment,
            )
        elif returned_at is not None:
            share = rng.choice((1.0, 1.0, 0.75, 0.5))
            self.rows.add(
                Mark,
                answer_id=answer,
                points=worth * share,
                comment=rng.choice(COMMENTS),
                source=MarkSource.TEACHER,
                marked_by_id=given.teacher,
                marked_at=returned_at - timedelta(minutes=rng.randint(2, 40)),
            )

    # Answers ---------------------------------------------------------------------------------------

    def _respond(self, rng: Random, learner: Learner, item: ShelfItem, moment: datetime) -> dict[str, Any]:
        """Return what the pupil answers: right as her ability, practice and forgetting have it."""
        day = school_day(moment).toordinal()
        count, last = learner.practised.get(item.point, (0, day))
        strength = learner.strengths.get(item.point)
        if strength is None:
            strength = Random(f"strength/{self.seed}/{learner.id}/{item.point}").gauss(0, 0.8)
            learner.strengths[item.point] = strength
        logit = (
            learner.ability
            + strength
            + LEARNING_AN_ANSWER * math.log1p(count)
            - FORGETTING_A_DAY * (day - last)
            - 4 * (item.difficulty - 0.5)
            + 0.4
        )
        learner.practised[item.point] = (count + 1, day)
        knows = GUESSING + (1 - GUESSING) / (1 + math.exp(-logit))
        if rng.random() < knows:
            return right_response(item)
        if item.slips and rng.random() < 0.8:
            return dict(rng.choice(item.slips))
        return wrong_response(rng, item)

    def _attempt(  # noqa: PLR0913, PLR0917 -- likewise
        self,
        rng: Random,
        learner: Learner,
        item: ShelfItem,
        response: dict[str, Any],
        moment: datetime,
        key: UUID,
        context: AttemptContext,
        context_id: int,
    ) -> tuple[int, Judgement]:
        judgement = mark(item, response)
        values = {
            "client_key": key,
            "response_sha256": response_digest(item.version, response, context, context_id),
            "person_id": learner.id,
            "item_id": item.item,
            "item_version_id": item.version,
            "response": response,
            "score": judgement.score,
            "is_correct": judgement.is_correct,
            "context": context,
            "context_id": context_id,
            "hints_used": 1 if context is AttemptContext.PRACTICE and rng.random() < 0.2 else 0,
            "seconds": round(item.minutes * rng.lognormvariate(3.7, 0.4), 1),
            "answered_at": moment,
        }
        number = self.rows.add(Attempt, **values)
        self._state(statement_of(Attempt(**values)))
        self.diary.note(learner.id, moment, answers=1, correct_answers=int(judgement.is_correct is True))
        return number, judgement

    def _state(self, record: Record) -> None:
        self.rows.add(
            Statement,
            uuid=record.uuid,
            actor_id=record.actor_id,
            verb=record.verb.value,
            object_type=record.object_type.value,
            object_id=record.object_id,
            result=dict(record.result),
            context=dict(record.context),
            registration=record.registration,
            timestamp=record.timestamp,
            stored_at=record.timestamp,
        )

    # Practice --------------------------------------------------------------------------------------

    def _practise(self, rng: Random, room: Classroom, week: int, monday: date) -> None:
        in_demo_school = any(one.is_demo for one in self.schools[room.school])
        rate = PRACTICE_A_WEEK_IN_DEMO_SCHOOL if in_demo_school else PRACTICE_A_WEEK
        reached = [
            p
            for s in sorted({p.subject for p in room.posts})
            for p in self._points_now(room.grade, s, week)[-3:]
        ]
        if not reached:
            return
        days = [monday + timedelta(days=offset) for offset in range(7)]
        days = [day for day in days if day <= self.today]
        weights = [LIKELY_DAYS[day.weekday()] for day in days]
        for learner in room.learners:
            sessions = rate * learner.diligence * 2 * len(days) / 7
            count = int(sessions) + (rng.random() < sessions % 1)
            when = rng.choices(days, weights, k=count)
            if learner.username == DEMO_STUDENT:
                # Most days, and always today: who signs in looks at this week first.
                when = [day for day in days if day.weekday() != RESTING_DAY]
            for day in when if learner.has_opened else []:
                moment = at(day, rng.uniform(9.5, 20.5) if day.weekday() > 4 else rng.uniform(16.7, 20.6))
                if moment >= self.now and learner.username == DEMO_STUDENT:
                    moment = at(day, rng.uniform(6.6, 7.4))
                if moment < self.now:
                    self._session(rng, learner, rng.choice(reached), moment)

    def _session(self, rng: Random, learner: Learner, point: Point, moment: datetime) -> None:
        first = rng.choice(self.items[point.code])
        asked = [
            i for i in self.items[point.code] if i.practice == first.practice and i.kind in MARKED_BY_MACHINE
        ]
        self._state(
            Record(
                uuid=uuid5(NAMESPACE, f"open/{learner.id}/{first.practice}/{moment.isoformat()}"),
                actor_id=learner.id,
                verb=Verb.OPENED,
                object_type=ObjectType.RESOURCE,
                object_id=first.practice,
                timestamp=moment,
                context={"extensions": {f"{EXTENSION}day": school_day(moment).isoformat()}},
            )
        )
        self.diary.note(learner.id, moment, opened=1)
        for place, item in enumerate(asked):
            when = moment + timedelta(seconds=40 * (place + 1) + rng.randint(0, 30))
            if when < self.now:
                key = uuid5(NAMESPACE, f"practice/{self.seed}/{learner.id}/{item.version}/{when.isoformat()}")
                response = self._respond(rng, learner, item, when)
                self._attempt(rng, learner, item, response, when, key, AttemptContext.PRACTICE, item.practice)

    # The demo class --------------------------------------------------------------------------------

    def _pictures(self, rooms: Sequence[Classroom]) -> dict[int, Picture]:
        """Draw and store the photographed pages of the demo class, before any transaction is open."""
        room = next((one for one in rooms if one.is_demo), None)
        if room is None:
            return {}
        some = [one for one in room.learners if one.has_opened]
        return {one.id: draw_page(number, self.seed) for number, one in enumerate(some)}

    def _demo_work(self, rng: Random, room: Classroom, pictures: Mapping[int, Picture]) -> None:
        """Give the demo class work to walk through: returned, to be marked, and to be done."""
        post = next(one for one in room.posts if one.subject == "math")
        yesterday, before = last_school_day(self.today), last_school_day(last_school_day(self.today))
        earlier = last_school_day(before)
        photo = next(i for i in self.items["math.linear_eq"] if i.kind is ItemKind.PHOTO)
        closed = [i for i in self.items["math.linear_eq"] if i.kind in MARKED_BY_MACHINE]
        returned = self._give(
            rng, room, post, "一元一次方程复习", last_school_day(earlier), earlier, [*closed[:2], photo]
        )
        self._hand_in_all(rng, room, returned, at(before, 10), pictures)
        words = [i for i in self.items["math.linear_eq_word"] if i.kind in MARKED_BY_MACHINE]
        to_mark = self._give(rng, room, post, "列方程解应用题", before, yesterday, [*words[:2], photo])
        self._hand_in_all(rng, room, to_mark, None, pictures)
        functions = [i for i in self.items["math.linear_function"] if i.kind in MARKED_BY_MACHINE]
        values = [i for i in self.items["math.function_concept"] if i.kind in MARKED_BY_MACHINE]
        tomorrow = next_school_day(self.today)
        self._give(
            rng, room, post, "一次函数的图象", yesterday, tomorrow, [*functions[:2], *values[:1], photo]
        )
        for subject, about in (("physics", "physics.refraction"), ("english", "english.future_will")):
            other = next(one for one in room.posts if one.subject == subject)
            asked = [i for i in self.items[about] if i.kind in MARKED_BY_MACHINE][:3]
            self._give(rng, room, other, points()[about].name, yesterday, next_school_day(tomorrow), asked)
        self._kinds_work(rng, room, yesterday, next_school_day(tomorrow))
        self._keep_a_group(room, post)

    def _kinds_work(self, rng: Random, room: Classroom, day: date, due: date) -> None:
        """Give the demo class work with every other kind of question, to walk through."""
        for subject, title in (("math", "各种题型"), ("english", "Reading"), ("physics", "速度")):
            post = next((one for one in room.posts if one.subject == subject), None)
            asked = [one for one in self.other_kinds if one.point.startswith(f"{subject}.")]
            if post is not None and asked:
                self._give(rng, room, post, title, day, due, asked)

    def _keep_a_group(self, room: Classroom, post: Post) -> None:
        """Let the demo teacher head her grade, and keep a group of pupils."""
        headed = {"school_id": room.school, "grade": room.grade, "person_id": post.teacher}
        self.rows.add(GradeHead, named_by_id=post.teacher, named_at=self.now, **headed)
        group = self.rows.add(
            PupilGroup, class_id=room.id, teacher_id=post.teacher, name="提高组", made_at=self.now, version=1
        )
        for learner in room.learners[1:7]:
            self.rows.add(GroupMember, group_id=group, student_id=learner.id)

    def _write_days(self) -> None:
        rows = [
            {"person_id": person, "day": day} | {name: _counted(name, amounts) for name in COUNTED}
            for (person, day), amounts in sorted(self.diary.days.items())
        ]
        for start in range(0, len(rows), PORTION):
            with transaction():
                insert_if_absent(DailyActivity, rows[start : start + PORTION])


COUNTED = (
    "watched_seconds",
    "answers",
    "correct_answers",
    "handed_in",
    "opened",
    "taught",
    "assigned",
    "marked",
)
PORTION = 2_000


def _counted(name: str, amounts: Mapping[str, float]) -> float:
    amount = amounts.get(name, 0.0)
    return amount if name == "watched_seconds" else int(amount)


@cache
def taught_points(grade: int, subject: str, half: str) -> tuple[Point, ...]:
    """Return what a grade learns of a subject in a half-year (``a`` or ``b``), or else what came before."""
    own = [p for p in points_of(subject) if p.grade == grade]
    this = [p for p in own if p.volume.endswith((half, "r1", "s1")) or grade > 9]
    if this or own:
        return tuple(this or own)
    earlier = [p for p in points_of(subject) if p.grade < grade]
    return tuple(earlier[-6:])


def right_response(item: ShelfItem) -> dict[str, Any]:
    """Return the response that the key calls right."""
    return kind_of(item).right(item)


def wrong_response(rng: Random, item: ShelfItem) -> dict[str, Any]:
    """Return a response that is wrong and shows no typical error."""
    match item.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            offered = [one["id"] for one in item.interaction["choices"]]
            return {"choices": [rng.choice([one for one in offered if one not in item.correct["choices"]])]}
        case ItemKind.TEXT_ENTRY:
            return {"blanks": ["不会"]}
        case ItemKind.NUMERIC:
            return {"value": str(float(item.correct["value"]) + rng.choice((-3, -2, 2, 5, 10)))}
        case _:
            return {}


def next_school_day(day: date) -> date:
    """Return the first school day after *day*."""
    after = day + timedelta(days=1)
    while not is_school_day(after):
        after += timedelta(days=1)
    return after


def last_school_day(day: date) -> date:
    """Return the last school day before *day*."""
    before = day - timedelta(days=1)
    while not is_school_day(before):
        before -= timedelta(days=1)
    return before
