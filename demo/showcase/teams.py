"""Group work: pupils find their groups, one of each hands in, and the demo pupil has a mark of her own."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, exists, select

from core.database import db
from demo.calendar import at, last_school_day
from demo.handwriting.graphs import Graph
from demo.population import Learner
from demo.showcase.cast import Cast, at_work, given
from demo.showcase.replies import asked_of, send
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.plan import PhotoQuestion, Plan, Rules
from homework.assignments.queries import questions_of
from homework.assignments.schedule import usual_cut_off
from homework.assignments.teaming import SMALLEST_TEAM, Teaming
from homework.marking.models import Mark
from homework.marking.queries import ready_to_return
from homework.marking.services import mark_alike, return_work
from homework.submissions.models import Answer, Submission
from homework.teams.queries import team_of
from homework.teamwork import services as teamwork
from homework.teamwork.members import mark_member
from library.media.pictures import Picture

TITLE = "小组探究：出租车怎样计价"
PROMPT = (
    "小组合作：出租车 3 千米以内收 12 元，以后每千米 2.4 元。写出费用 y（元）与里程 x（千米）之间的关系式，"
    "在方格纸上画出 3 千米以后的图象，拍照上传，并在留言里写明分工。"
)
SIZE, TEAMS = 4, 6
POINTS = 8.0
GROUP_MARKS = ((7.0, "关系式正确，图象的起点标得很清楚。"), (6.0, "关系式正确；坐标轴要写上单位。"))
OWN_POINTS, OWN_COMMENT = 8.0, "图象由你画，还向全班讲解了起点为什么是 (3, 12)，加一分。"


def draw_posters(cast: Cast) -> tuple[Picture, ...]:
    """Draw what the groups hand in; call it outside a transaction."""
    return tuple(
        Graph(
            f"出租车的计价（第 {number} 组）",
            "3 千米以后：y = 2.4x + 4.8",
            2.4,
            4.8,
            ("x/千米", "y/元"),
            (3, 8),
            unit_y=2,
        ).photograph(cast.chance(f"poster/{number}"))
        for number in range(1, TEAMS + 1)
    )


def show_teams(cast: Cast, posters: Sequence[Picture]) -> Iterator[None]:
    """Give the work, let groups form and all but the last hand in, mark them but one, and return theirs."""
    earlier = last_school_day(cast.before)
    due_at = at(cast.before, 20)
    plan = Plan(
        client_key=cast.key("teams"),
        title=TITLE,
        instructions="四人一组，自己找组员；一人上传，全组都算交。",
        subject_id=cast.subject("math"),
        class_ids=(cast.room.id,),
        questions=(PhotoQuestion(prompt=PROMPT, points=POINTS, minutes=15.0),),
        opens_at=at(earlier, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        rules=Rules(teaming=Teaming.CHOSEN, team_size=SIZE),
        reason="分两天完成，每天不到十分钟。",
    )
    work = given(cast.teacher, plan, now=at(earlier, 15.7))
    yield
    teams = _teams(cast)
    for members in teams:
        _form(cast, work, members)
        yield
    handing_in = [one for one in teams if one is not teams[-1] or cast.pupil in one]
    for members, poster in zip(handing_in, posters, strict=False):
        _hand_in(cast, work, members, poster)
        yield
    marked = [one for one in handing_in if one is not handing_in[-1] or cast.pupil in one]
    for number, members in enumerate(marked):
        _mark(cast, work, members, *GROUP_MARKS[number % len(GROUP_MARKS)])
        yield
    if db.session.scalars(ready_to_return(work.id, cast.teacher)).first() is not None:
        return_work(work, cast.teacher, now=at(cast.yesterday, 9))


def _teams(cast: Cast) -> list[list[Learner]]:
    """The first pupils by seat, four by four; of a tiny class all are one group."""
    some = at_work(cast.room)[: SIZE * TEAMS]
    groups = [some[start : start + SIZE] for start in range(0, len(some), SIZE)]
    return [one for one in groups if len(one) >= SMALLEST_TEAM]


def _form(cast: Cast, work: Assignment, members: Sequence[Learner]) -> None:
    first, *others = members
    if db.session.scalar(team_of(work.id, first.id)) is None:
        team = teamwork.start(work, cast.hat(first))
        for one in others:
            teamwork.join(work, cast.hat(one), team.id)


def _hand_in(cast: Cast, work: Assignment, members: Sequence[Learner], poster: Picture) -> None:
    who = cast.pupil if cast.pupil in members else members[0]
    [(question, _asked)] = asked_of(work, who)
    names = [cast.hat(one).person.name for one in members]
    drew, wrote = cast.hat(who).person.name, next(one for one in names if one != cast.hat(who).person.name)
    note = f"{drew}画图并讲解，{wrote}列关系式，其他同学查资料、检查。"
    moment = cast.evening(cast.before, who)
    send(cast, work, who, {}, pictures={question.id: (poster,)}, note=note, now=moment)


def _mark(cast: Cast, work: Assignment, members: Sequence[Learner], points: float, comment: str) -> None:
    """Give a group its mark, once; where the demo pupil is in it, she gets one of her own."""
    [question] = db.session.scalars(questions_of(work.id))
    answers = {
        student: answer
        for answer, student in db.session.execute(_unmarked(question, [one.id for one in members]))
    }
    if not answers:
        return
    moment = at(cast.yesterday, 8.7)
    versions = {one.id: 0 for one in answers.values()}
    marks = mark_alike(versions, cast.teacher, points=points, comment=comment, now=moment)
    own = answers.get(cast.pupil.id)
    if own is not None:
        version = next(one.version for one in marks if one.answer_id == own.id)
        mark_member(own, cast.teacher, points=OWN_POINTS, comment=OWN_COMMENT, version=version, now=moment)


def _unmarked(question: AssignmentItem, students: Sequence[int]) -> Select[Answer, int]:
    is_marked = exists().where(Mark.answer_id == Answer.id)
    return (
        select(Answer, Submission.student_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.assignment_item_id == question.id, Submission.student_id.in_(students), ~is_marked)
    )
