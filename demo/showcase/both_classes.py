"""The same questions for both classes of the demo teacher: all is marked, and goes back class by class."""

from collections.abc import Iterator

from demo.calendar import at
from demo.shelf import first_closed, shelf_items
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import asked_of, reply, send
from homework.assignments.plan import LibraryQuestion, Plan
from homework.assignments.schedule import usual_cut_off

TITLE = "一次函数：两个班的随堂练习"
ABOUT, QUESTIONS, POINTS = "math.linear_function", 3, 2.0
AWAY = 12
"""One of so many hands nothing in."""


def show_both_classes(cast: Cast) -> Iterator[None]:
    """Give the work, and take it in from both; the key marks it, and the teacher has returned none."""
    given_at, due_at = at(cast.before, 15.7), at(cast.yesterday, 20)
    asked = first_closed(shelf_items(cast.seed)[ABOUT], QUESTIONS)
    plan = Plan(
        client_key=cast.key("both-classes"),
        title=TITLE,
        instructions="两个班做同样的题，先讲评的班先发还。",
        subject_id=cast.subject("math"),
        class_ids=(cast.room.id, cast.parallel.id),
        questions=tuple(LibraryQuestion(item_version_id=one.version, points=POINTS) for one in asked),
        opens_at=at(cast.before, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="三道小题，五分钟内能完成。",
    )
    work = given(cast.teacher, plan, now=given_at)
    yield
    for number, learner in enumerate((*at_work(cast.room), *at_work(cast.parallel)), start=1):
        if number % AWAY == 0:
            continue
        chance = cast.chance(f"both-classes/{learner.id}")
        responses = {question.id: reply(chance, posed) for question, posed in asked_of(work, learner)}
        send(cast, work, learner, responses, now=cast.evening(cast.before, learner))
        yield
