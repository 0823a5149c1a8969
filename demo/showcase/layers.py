"""Work in layers: what must be done, may be done and challenges; with exceptions for two pupils."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from core.database import db
from demo.calendar import at
from demo.shelf import first_closed, shelf_items
from demo.showcase.cast import Cast, given
from demo.showcase.sets import questions
from homework.assignments.layers import Layer
from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan
from homework.assignments.queries import exception_of
from homework.assignments.schedule import usual_cut_off
from homework.exceptions.services import Wish, except_pupil
from homework.groups.queries import kept_by

TITLE = "一次函数的应用（分层）"
CHALLENGE = "自己设计一道能用一次函数解决的生活问题，并写出解答，拍照上传。"
MORE_TIME, EXCUSED = "参加市中学生运动会，晚两天交。", "手臂受伤，本次免做。"


def show_layers(cast: Cast) -> Iterator[None]:
    """Give the work; the teacher's group must do all of it, the demo pupil has two days more."""
    given_at, due_at = at(cast.yesterday, 15.8), at(cast.tomorrow, 20)
    group = db.session.scalars(kept_by(cast.teacher)).first()
    must = first_closed(shelf_items(cast.seed)["math.linear_fit"], 2)
    [own_numbers] = questions([f"urn:weike-demo:{cast.seed}:kinds:math.factorise:2"], points=2.0)
    plan = Plan(
        client_key=cast.key("layers"),
        title=TITLE,
        instructions="必做题人人完成；选做题每人的数不一样；挑战题有的同学要做，其他同学自愿。",
        subject_id=cast.subject("math"),
        class_ids=(cast.room.id,),
        group_ids=(group.id,) if group else (),
        depths={("group", group.id): Layer.CHALLENGE} if group else {},
        questions=(
            *(LibraryQuestion(item_version_id=one.version, points=2.0) for one in must),
            replace(own_numbers, layer=Layer.OPTIONAL),
            PhotoQuestion(prompt=CHALLENGE, points=4.0, minutes=6.0, layer=Layer.CHALLENGE),
        ),
        opens_at=at(cast.yesterday, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="必做部分不到五分钟，其余自愿。",
    )
    work = given(cast.teacher, plan, now=given_at)
    yield
    excused = next(one for one in cast.room.learners if one is not cast.pupil)
    for wish in (
        Wish(student_id=cast.pupil.id, reason=MORE_TIME, due_at=due_at + timedelta(days=2)),
        Wish(student_id=excused.id, reason=EXCUSED, is_excused=True),
    ):
        if db.session.scalar(exception_of(work.id, wish.student_id)) is None:
            except_pupil(work, cast.teacher, wish, now=given_at + timedelta(minutes=5))
