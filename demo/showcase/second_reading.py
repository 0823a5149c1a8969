"""Marked work of another grade: its teacher asks the demo teacher to read some of it a second time (复核)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import exists, select

from core.database import db
from demo.calendar import at, last_school_day
from demo.handwriting.equations import Equation, Solution
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import asked_of, send
from homework.assignments.models import Assignment
from homework.assignments.plan import PhotoQuestion, Plan
from homework.assignments.schedule import usual_cut_off
from homework.marking.models import Mark, SecondReading
from homework.marking.queries import ready_to_return
from homework.marking.services import mark_alike
from homework.readings.asking import ask_for_second_reading
from homework.submissions.models import Answer, Submission
from library.media.pictures import Picture

TITLE = "期中复习：解方程"
EQUATION = Equation(3, 2, 2, 4)
PROMPT = "解方程 3(x − 2) + 2x = 4，写出每一步并检验，拍照上传。"
POINTS = 6.0
HANDED_IN, PERCENT = 9, 30


class Page(NamedTuple):
    """A page that several pupils hand in, and what their teacher gives for it."""

    picture: Picture
    points: float
    comment: str


def draw_solutions(cast: Cast) -> tuple[Page, ...]:
    """Draw a solution without a slip, one without the check, and one with a slip; outside a transaction."""
    pages = []
    for name, points, comment in (
        ("checked", 6.0, "步骤完整，检验也写了。"),
        ("unchecked", 5.0, "结果正确，少了检验。"),
        ("slipped", 3.0, "移项没有变号，后面的计算是对的。"),
    ):
        rng = cast.chance(f"second-reading/{name}")
        if name == "slipped":
            solution = Solution.of(EQUATION, rng, has_slip=True)
        else:
            solution = Solution.without_slip(EQUATION, rng, is_checked=name == "checked")
        pages.append(Page(solution.photograph(), points, comment))
    return tuple(pages)


def show_second_reading(cast: Cast, pages: Sequence[Page]) -> Iterator[None]:
    """Let the colleague give work, take it in, mark it, and ask the demo teacher to look at a part of it."""
    earlier, due_at = last_school_day(cast.before), at(cast.before, 20)
    plan = Plan(
        client_key=cast.key("second-reading"),
        title=TITLE,
        instructions="写在练习本上，字迹清楚。",
        subject_id=cast.subject("math"),
        class_ids=(cast.other_grade.id,),
        questions=(PhotoQuestion(prompt=PROMPT, points=POINTS, minutes=5.0),),
        opens_at=at(earlier, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="只有一道题，五分钟。",
    )
    work = given(cast.colleague, plan, now=at(earlier, 15.7))
    yield
    learners = at_work(cast.other_grade)[:HANDED_IN]
    for number, learner in enumerate(learners):
        [(question, _asked)] = asked_of(work, learner)
        pictures = {question.id: (pages[number % len(pages)].picture,)}
        send(cast, work, learner, {}, pictures=pictures, now=cast.evening(cast.before, learner))
        yield
    for number, page in enumerate(pages):
        versions = dict.fromkeys(_unmarked(work, [one.id for one in learners[number :: len(pages)]]), 0)
        if versions:
            moment = at(cast.yesterday, 11.5)
            mark_alike(versions, cast.colleague, points=page.points, comment=page.comment, now=moment)
    yield
    _ask(cast, work)


def _unmarked(work: Assignment, students: Sequence[int]) -> Sequence[int]:
    """Ids of the answers of these pupils that nobody has marked."""
    wanted = (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Submission.assignment_id == work.id, Submission.student_id.in_(students))
    )
    return db.session.scalars(wanted.where(~exists().where(Mark.answer_id == Answer.id))).all()


def _ask(cast: Cast, work: Assignment) -> None:
    """Ask the demo teacher by name, once."""
    ready = list(db.session.scalars(ready_to_return(work.id, cast.colleague).order_by(Submission.id)))
    asked = select(SecondReading).where(SecondReading.submission_id == Submission.id).exists()
    is_asked = db.session.scalar(select(Submission.id).where(Submission.assignment_id == work.id, asked))
    if ready and is_asked is None:
        ask_for_second_reading(
            ready,
            cast.colleague,
            percent=PERCENT,
            reader=cast.teacher.person,
            random=cast.chance("second-reading/lot"),
            now=at(cast.yesterday, 11.8),
        )
