"""A day on which a class is given more than the law allows, with a reason for the head of the grade."""

from collections.abc import Iterator
from dataclasses import replace

from demo.calendar import at, next_school_day
from demo.showcase.cast import Cast, given
from homework.assignments.checks import planned_loads
from homework.assignments.plan import Plan
from homework.assignments.schedule import usual_cut_off

TITLE = "物理月考模拟卷"
LEAST_MINUTES, BEYOND = 30.0, 12.0
"""The paper takes as long as it needs to, for the day to be so many minutes over the limit."""


def show_excess(cast: Cast) -> Iterator[None]:
    """Let the physics teacher give a whole paper for a day that has much homework already."""
    hat = cast.teacher_of("physics")
    due_at = at(next_school_day(cast.tomorrow), 20)
    plan = Plan(
        client_key=cast.key("excess"),
        title=TITLE,
        instructions="纸质试卷，限时完成，第二天讲评。",
        subject_id=cast.subject("physics"),
        class_ids=(cast.room.id,),
        questions=(),
        opens_at=at(cast.yesterday, 16.5),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        own_minutes=LEAST_MINUTES,
        reason="下周月考，需要完整地做一份模拟卷；已和其他学科商量，后一天不布置作业。",
    )
    [day] = planned_loads(hat, plan)
    over = (day.cap or 0) + BEYOND - day.minutes
    given(hat, replace(plan, own_minutes=LEAST_MINUTES + max(over, 0.0)), now=at(cast.yesterday, 15.6))
    yield
