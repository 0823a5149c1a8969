"""Spoken answers: what a group of pupils said about graphs, marked and returned."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from core.database import db
from demo.calendar import at
from demo.showcase.cast import Cast, given
from demo.showcase.kinds import question_names
from demo.showcase.replies import asked_of, send
from demo.showcase.sets import questions
from homework.assignments.plan import Plan
from homework.assignments.queries import questions_of
from homework.assignments.schedule import usual_cut_off
from homework.groups.queries import kept_by, member_ids
from homework.marking.models import Mark
from homework.marking.queries import answers_to, ready_to_return
from homework.marking.services import mark_alike, return_work
from homework.submissions.models import Answer
from library.items.models import ItemKind
from library.media.sounds import Sound

TITLE = "说题：由图象看 k 和 b"
POINTS, GIVEN = 5.0, 4.0
COMMENT = "说得有条理；说到 b 时，指一指图象与 y 轴的交点会更清楚。"


def show_spoken(cast: Cast, voices: Sequence[Sound]) -> Iterator[None]:
    """Give the teacher's group a question to answer aloud, and return what the pupils said."""
    group = db.session.scalars(kept_by(cast.teacher)).first()
    if group is None:
        return
    due_at = at(cast.yesterday, 19)
    plan = Plan(
        client_key=cast.key("spoken"),
        title=TITLE,
        instructions="先看着图象想一想，再录音；说错了可以重录。",
        subject_id=cast.subject("math"),
        class_ids=(),
        group_ids=(group.id,),
        questions=questions([question_names(cast.seed)[ItemKind.SPOKEN]], points=POINTS),
        opens_at=at(cast.before, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="口头作业，两分钟。",
    )
    work = given(cast.teacher, plan, now=at(cast.before, 15.8))
    members = set(db.session.scalars(member_ids(group.id)))
    yield
    speakers = [one for one in cast.room.learners if one.id in members and one.has_opened]
    for number, learner in enumerate(speakers):
        [(question, _asked)] = asked_of(work, learner)
        recordings = {question.id: (voices[number % len(voices)],)}
        send(cast, work, learner, {}, recordings=recordings, now=cast.evening(cast.before, learner))
        yield
    [asked] = db.session.scalars(questions_of(work.id))
    said = answers_to(asked.id, cast.teacher).where(
        ~select(Mark.id).where(Mark.answer_id == Answer.id).exists()
    )
    versions = {one.id: 0 for one in db.session.scalars(said)}
    if versions:
        mark_alike(versions, cast.teacher, points=GIVEN, comment=COMMENT, now=at(cast.yesterday, 19.5))
    yield
    if db.session.scalars(ready_to_return(work.id, cast.teacher)).first() is not None:
        return_work(work, cast.teacher, now=at(cast.yesterday, 19.6))
