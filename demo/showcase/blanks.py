"""A class with ten blanks each: the key judges them, and what it refused is judged in a few strokes.

Pupils write what pupils write: the key's word with a full stop, another word for it, or something wrong.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from demo.calendar import at
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import asked_of, send
from demo.showcase.sets import keep_set, questions
from homework.assignments.plan import Plan
from homework.assignments.schedule import usual_cut_off

TITLE = "一次函数：十个空"
POINTS = 10.0
BLANKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("形如 $y=kx+b$（$k\\neq 0$）的函数叫做", "一次函数", ("正比例函数",)),
    ("当 $b=0$ 时叫做", "正比例函数", ("反比例函数", "一次函数")),
    ("一次函数的图象是一条", "直线", ("曲线", "线段")),
    ("画它的图象只要描几个点：", "2", ("3",)),
    ("当 $k>0$ 时，$y$ 随 $x$ 的增大而", "增大", ("减小",)),
    ("当 $k<0$ 时，图象从左到右", "下降", ("上升",)),
    ("$y=2x+6$ 与 $y$ 轴交点的纵坐标是", "6", ("2", "-3")),
    ("它与 $x$ 轴交点的横坐标是", "-3", ("3", "6")),
    ("式子里的 $x$ 叫做", "自变量", ("因变量", "常量")),
    ("由两点求解析式的方法叫做", "待定系数法", ("代入法",)),
)
"""Before each blank, its key, and what pupils get wrong."""
RIGHT_ALL_THE_SAME = {1: ("正比例",), 3: ("两个",), 4: ("变大", "增加"), 5: ("下滑",), 9: ("待定系数",)}
"""What the key forgot, by blank: one stroke each lets it count for all who wrote it."""
AS_THE_KEY, RIGHT_OTHERWISE = 0.75, 0.87


def ten_blanks() -> dict[str, Any]:
    """The question."""
    said = "；".join(f"{before}[[{number}]]" for number, (before, _key, _wrong) in enumerate(BLANKS, 1))
    return {
        "kind": "text_entry",
        "prompt": f"回顾一次函数，把空填上。{said}。",
        "interaction": {"blanks": len(BLANKS)},
        "correct": [[key] for _before, key, _wrong in BLANKS],
        "explanation": "对照课本“一次函数”一节的小结。",
        "hints": ["先想定义，再想图象，最后想怎样求解析式。"],
        "minutes": 5.0,
    }


def show_blanks(cast: Cast) -> Iterator[None]:
    """Give the parallel class the question, and take it in."""
    names = f"urn:weike-demo:{cast.seed}:blanks:"
    given_at, due_at = at(cast.before, 15.6), at(cast.yesterday, 20)
    description = "一道题十个空，批改时按所填内容合并，几次按键就能批完全班。"
    keep_set(cast.teacher, names, TITLE, description, [ten_blanks()], now=given_at)
    yield
    plan = Plan(
        client_key=cast.key("blanks"),
        title=TITLE,
        instructions="合上课本填一填。",
        subject_id=cast.subject("math"),
        class_ids=(cast.parallel.id,),
        questions=questions([f"{names}1"], points=POINTS),
        opens_at=at(cast.before, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="只有一道题，五分钟内能完成。",
    )
    work = given(cast.teacher, plan, now=given_at)
    yield
    for learner in at_work(cast.parallel):
        [(question, _asked)] = asked_of(work, learner)
        response = {"blanks": written(cast.chance(f"blanks/{learner.id}"))}
        send(cast, work, learner, {question.id: response}, now=cast.evening(cast.before, learner))
        yield


def written(rng: Random) -> list[str]:
    """What one pupil writes."""
    texts = []
    for blank, (_before, key, wrong) in enumerate(BLANKS):
        luck = rng.random()
        if luck < AS_THE_KEY:
            texts.append(rng.choice([key, key, f" {key}", f"{key}。"]))
        elif luck < RIGHT_OTHERWISE and blank in RIGHT_ALL_THE_SAME:
            texts.append(rng.choice(RIGHT_ALL_THE_SAME[blank]))
        else:
            texts.append(rng.choice(["", *wrong]))
    return texts
