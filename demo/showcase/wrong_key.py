"""A wrong key, put right for everybody: two of four points lie on the line, and the key knew only one.

The work was back a week ago. Yesterday its teacher let both points count (重新判分), and can undo it.
"""

from collections.abc import Iterator

from core.database import db
from demo.calendar import at, next_school_day
from demo.population import Learner
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import asked_of, send
from demo.showcase.sets import keep_set, questions
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.queries import questions_of
from homework.assignments.schedule import usual_cut_off
from homework.marking.queries import ready_to_return
from homework.marking.services import return_work
from homework.regrades import services as regrades
from homework.regrades.queries import by_client_key
from homework.regrades.rulings import Policy

TITLE = "课堂小测：点与直线"
POINTS = 2.0
KEY, RIGHT_AS_WELL = "A", "B"
QUESTION = {
    "kind": "choice",
    "prompt": "下列各点中，在直线 $y=2x-4$ 上的是",
    "interaction": {
        "choices": [
            {"id": KEY, "text": "$(2,0)$"},
            {"id": RIGHT_AS_WELL, "text": "$(0,-4)$"},
            {"id": "C", "text": "$(1,2)$"},
            {"id": "D", "text": "$(-2,0)$"},
        ]
    },
    "correct": [KEY],
    "explanation": "把横坐标代入：$2\\times2-4=0$，所以 $(2,0)$ 在直线上。",
    "hints": ["把点的坐标代入解析式，看等式是否成立。"],
    "misconceptions": [{"response": "C", "feedback": "$2\\times1-4=-2$，不是 2：注意符号。"}],
    "minutes": 1.0,
}
EXPLANATION = "把横坐标代入：$2\\times2-4=0$，$2\\times0-4=-4$，所以 $(2,0)$ 和 $(0,-4)$ 都在直线上。"
REASON = "这道题有两个点在直线上：选 A 或选 B 都给分。"
CHOSEN = "AAAAABBBCD"
"""What ten pupils choose."""


def show_wrong_key(cast: Cast) -> Iterator[None]:
    """Give the question to the demo class, take it in and return it; then let the other point count too."""
    names = f"urn:weike-demo:{cast.seed}:wrong-key:"
    given_at, due_on = at(cast.week_ago, 15.6), next_school_day(cast.week_ago)
    keep_set(cast.teacher, names, TITLE, "一道题，两分钟。", [QUESTION], now=given_at)
    yield
    due_at = at(due_on, 7.5)
    plan = Plan(
        client_key=cast.key("wrong-key"),
        title=TITLE,
        instructions="想一想，再选。",
        subject_id=cast.subject("math"),
        class_ids=(cast.room.id,),
        questions=questions([f"{names}1"], points=POINTS),
        opens_at=at(cast.week_ago, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="只有一道选择题，一分钟。",
    )
    work = given(cast.teacher, plan, now=given_at)
    yield
    for learner in at_work(cast.room):
        _choose(cast, work, learner)
        yield
    if db.session.scalars(ready_to_return(work.id, cast.teacher)).first() is not None:
        return_work(work, cast.teacher, now=at(due_on, 8.5))
    yield
    _let_both_count(cast, work)


def _choose(cast: Cast, work: Assignment, learner: Learner) -> None:
    """Hand in a choice: the demo pupil's is the one that the key forgot."""
    [(question, _asked)] = asked_of(work, learner)
    chosen = RIGHT_AS_WELL if learner is cast.pupil else cast.chance(f"wrong-key/{learner.id}").choice(CHOSEN)
    response = {"choices": [chosen]}
    send(cast, work, learner, {question.id: response}, now=cast.evening(cast.week_ago, learner))


def _let_both_count(cast: Cast, work: Assignment) -> None:
    """Correct the key, as the page with its preview does, once."""
    client_key, moment = cast.key("wrong-key/regrade"), at(cast.yesterday, 12.4)
    if db.session.scalar(by_client_key(client_key)) is not None:
        return
    [question] = db.session.scalars(questions_of(work.id))
    wish = regrades.Wish(
        policy=Policy.ACCEPT_BOTH,
        correct={"choices": [RIGHT_AS_WELL]},
        explanation=EXPLANATION,
        reason=REASON,
    )
    seen = regrades.plan(question, cast.teacher, wish).digest
    regrade, _is_new = regrades.begin(
        question, cast.teacher, wish, seen=seen, client_key=client_key, now=moment
    )
    regrades.write(regrade, now=moment)
    regrades.finish(regrade, now=moment)
