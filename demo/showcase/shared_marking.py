"""Work that two teachers mark together, one question each, without seeing whose it is (匿名、分题批改).

The colleague is done with her question. The other one waits for the demo teacher.
"""

from collections.abc import Iterator

from sqlalchemy import exists
from sqlalchemy.orm import joinedload

from core.database import db
from demo.calendar import at
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.kinds import EXPLANATIONS, Props, question_names
from demo.showcase.replies import asked_of, send
from demo.showcase.sets import questions
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.plan import PhotoQuestion, Plan
from homework.assignments.queries import questions_of
from homework.assignments.schedule import usual_cut_off
from homework.markers.models import Division
from homework.markers.queries import plan_of
from homework.markers.services import Wish, arrange
from homework.marking.models import Mark
from homework.marking.queries import answers_to
from homework.marking.services import mark_alike
from homework.submissions.models import Answer
from library.items.models import ItemKind

TITLE = "一次函数单元小结（匿名批改）"
PROMPT = "画出 y = 2x − 4 的图象，标出它与两坐标轴的交点，拍照上传。"
DRAWING_POINTS, TEXT_POINTS = 4.0, 4.0
COMMENTS = {4.0: "理由完整。", 0.0: "课后来问一问，我们一起再看。"}
HANDED_IN = 20
KNOWS_NOTHING = "不知道。"


def show_shared_marking(cast: Cast, props: Props) -> Iterator[None]:
    """Give the parallel class two questions, divide their marking, and let the colleague do her part."""
    due_at = at(cast.tomorrow, 20)
    [reasons] = questions([question_names(cast.seed)[ItemKind.EXTENDED_TEXT]], points=TEXT_POINTS)
    plan = Plan(
        client_key=cast.key("shared"),
        title=TITLE,
        instructions="独立完成。两位老师分题批改，批改时看不到姓名。",
        subject_id=cast.subject("math"),
        class_ids=(cast.parallel.id,),
        questions=(PhotoQuestion(prompt=PROMPT, points=DRAWING_POINTS, minutes=4.0), reasons),
        opens_at=at(cast.before, 16.1),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="两道题，分三天完成。",
    )
    work = given(cast.teacher, plan, now=at(cast.before, 15.95))
    yield
    _divide(cast, work)
    yield
    for number, learner in enumerate(at_work(cast.parallel)[:HANDED_IN]):
        (drawing, _), (text, _) = asked_of(work, learner)
        send(
            cast,
            work,
            learner,
            {text.id: {"text": EXPLANATIONS[number % len(EXPLANATIONS)]}},
            pictures={drawing.id: (props.drawings[number % len(props.drawings)],)},
            now=cast.evening(cast.yesterday, learner),
        )
        yield
    _drawing, text = db.session.scalars(questions_of(work.id))
    _mark(cast, text)


def _divide(cast: Cast, work: Assignment) -> None:
    """Say who marks what, once: the drawings are the demo teacher's."""
    if db.session.scalar(plan_of(work.id)) is not None:
        return
    drawing, text = db.session.scalars(questions_of(work.id))
    wish = Wish(
        is_blind=True,
        division=Division.QUESTIONS,
        by_question={drawing.id: cast.teacher.person_id, text.id: cast.colleague.person_id},
    )
    moment = at(cast.before, 15.98)
    arrange(work, cast.teacher, wish, version=0, random=cast.chance("shared/numbers"), now=moment)


def _mark(cast: Cast, question: AssignmentItem) -> None:
    """Let the colleague mark her question: who gave a reason has understood it."""
    is_marked = exists().where(Mark.answer_id == Answer.id)
    unmarked = answers_to(question.id, cast.colleague).where(~is_marked).options(joinedload(Answer.attempt))
    versions: dict[float, dict[int, int]] = {}
    for answer in db.session.scalars(unmarked):
        points = 0.0 if answer.attempt.response["text"] == KNOWS_NOTHING else TEXT_POINTS
        versions.setdefault(points, {})[answer.id] = 0
    for points, alike in versions.items():
        comment = COMMENTS[points]
        moment = at(cast.yesterday, 20.4)
        mark_alike(alike, cast.colleague, points=points, comment=comment, now=moment)
