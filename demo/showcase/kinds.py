"""各种题型: the teacher's own set with every kind of question; a part of her class has handed it in.

Questions with variants, photographs, spoken answers and texts that are alike wait on her desk.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from demo.calendar import at
from demo.handwriting.graphs import Graph
from demo.items.every import every_kind
from demo.population import Learner
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import Response, asked_of, reply, send
from demo.showcase.sets import keep_set, questions
from demo.showcase.voices import speak
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.schedule import usual_cut_off, usual_due
from library.items.models import ItemKind
from library.media.pictures import Picture
from library.media.sounds import Sound

TITLE = "各种题型"
DAYS = 4
"""So much longer than usual pupils have: it is more than the work of a day."""
HANDED_IN = 12
VOICES = (215.0, 250.0, 190.0)
"""Pitches, in hertz."""
EXPLANATIONS = (
    "两点可以列出两个方程，正好解出 k 和 b。",
    "因为两个点能列两个方程，正好可以解出 k 和 b。",
    "两点确定一条直线，所以解析式也就确定了。",
    "两点确定一条直线，直线定了，解析式就定了。",
    "把两个点代进去，得到方程组，解出 k 和 b。",
    "不知道。",
)


class Props(NamedTuple):
    """Drawings and recordings that several pupils hand in; slow to make, so made before."""

    drawings: tuple[Picture, ...]
    voices: tuple[Sound, ...]


def make_props(cast: Cast) -> Props:
    """Draw and record; call it outside a transaction."""
    lines = ("与轴交于 (2, 0)、(0, −4)", "过 (0, −4) 和 (2, 0)", "x = 2 时 y = 0")
    drawings = (
        Graph(f"画出 y = 2x − 4 的图象（{number}）", line, 2, -4, ("x", "y"), (0, 2)).photograph(
            cast.chance(f"graph/{number}")
        )
        for number, line in enumerate(lines, 1)
    )
    voices = (speak(f"pupil/{hertz:g}", hertz=hertz, phrases=4) for hertz in VOICES)
    return Props(tuple(drawings), tuple(voices))


def names_of(seed: int) -> str:
    """How the questions of the set are called, but for their number."""
    return f"urn:weike-demo:{seed}:own:"


def question_names(seed: int) -> Mapping[ItemKind, str]:
    """The name of the question of each kind."""
    return {kind: f"{names_of(seed)}{number}" for number, kind in enumerate(every_kind(), start=1)}


def show_kinds(cast: Cast, props: Props, now: datetime) -> Iterator[None]:
    """Keep the set, give it to the class, and let a part of the class hand in."""
    given_at = at(cast.yesterday, 15.5)
    keep_set(
        cast.teacher,
        names_of(cast.seed),
        f"{TITLE}：一次函数",
        "每种题型一道：可以照着修改，也可以布置给学生试一试。",
        list(every_kind().values()),
        now=given_at,
    )
    yield
    due_at = usual_due(now + timedelta(days=DAYS))
    plan = Plan(
        client_key=cast.key("kinds"),
        title=TITLE,
        instructions="每种题型一道，熟悉一下作答的方式。可以先存着，分几天做完。",
        subject_id=cast.subject("math"),
        class_ids=(cast.room.id,),
        questions=questions(list(question_names(cast.seed).values())),
        opens_at=at(cast.yesterday, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="熟悉各种题型，时间放得很宽。",
    )
    work = given(cast.teacher, plan, now=given_at)
    yield
    classmates = [one for one in at_work(cast.room) if one is not cast.pupil]
    for number, learner in enumerate(classmates[:HANDED_IN]):
        _hand_in(cast, work, learner, number, props)
        yield


def _hand_in(cast: Cast, work: Assignment, learner: Learner, number: int, props: Props) -> None:
    rng = cast.chance(f"kinds/{learner.id}")
    responses: dict[int, Response] = {}
    pictures, recordings = {}, {}
    for question, asked in asked_of(work, learner):
        match asked.kind:
            case ItemKind.PHOTO:
                pictures[question.id] = (props.drawings[number % len(props.drawings)],)
            case ItemKind.SPOKEN:
                recordings[question.id] = (props.voices[number % len(props.voices)],)
            case ItemKind.EXTENDED_TEXT:
                responses[question.id] = {"text": EXPLANATIONS[number % len(EXPLANATIONS)]}
            case _:
                responses[question.id] = reply(rng, asked)
    moment = cast.evening(cast.yesterday, learner)
    send(cast, work, learner, responses, pictures=pictures, recordings=recordings, now=moment)
