"""An answer that is marked by a rubric with a comment of the bank, and waits for a second reader."""

from datetime import timedelta

from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.database import db
from homework.assignments.queries import questions_of
from homework.comments import services as comments
from homework.comments.queries import uses_of
from homework.desk import services as desk
from homework.marking.models import SecondReading
from homework.rubrics import services as rubrics
from homework.rubrics.queries import changes_of, rubric_of
from homework.rubrics.rubric import Criteria, Criterion, Level
from homework.submissions.models import Answer
from library.items.models import ItemKind
from tests.factories.accounts import added, make_teacher
from tests.factories.homework import make_assignment, make_submission

HOUR = timedelta(hours=1)


def judge_by_rubric(teacher: Hat, school_class: SchoolClass, student: Hat) -> dict[str, int]:
    """The teacher marked an answer by levels, with a kept comment, and changed both since; their ids."""
    now = clock.now()
    work = make_assignment(
        teacher,
        school_class,
        kinds=(ItemKind.EXTENDED_TEXT,),
        opens_at=now - HOUR,
        due_at=now + HOUR,
        cut_off_at=now + 2 * HOUR,
    )
    question = db.session.scalars(questions_of(work.id)).one()
    submission = make_submission(work, student, {question.id: {"text": "先移项。"}}, now=now)
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == submission.id)).one()
    rubrics.write(question, teacher, _criteria("1.5", "0.5"), seen="", reason="", now=now)
    kept = comments.keep(teacher, "步骤清楚", item_id=question.item_version.item_id, now=now)
    desk.mark(
        question,
        {answer.id: 0},
        teacher,
        points=None,
        comment=kept.text,
        levels={"c0": "c0-best", "c1": "c1-none"},
        bank_comment_id=kept.id,
        now=now,
    )
    rubric = db.session.scalars(rubric_of(question.id)).one()
    changed = _criteria("1", "1")
    rubrics.write(
        question,
        teacher,
        changed,
        seen=rubrics.plan(question, rubric, changed).digest,
        reason="表达也重要",
        now=now,
    )
    revision = comments.revise(
        kept,
        teacher,
        "步骤很清楚",
        seen=comments.digest_of(uses_of(kept)),
        reaches_returned=False,
        now=now,
    )
    added(
        SecondReading(
            submission_id=submission.id,
            asked_by_id=make_teacher(school_class).person_id,
            asked_at=now,
            reader_id=teacher.person_id,
        )
    )
    return {
        "bank_comment_id": kept.id,
        "revision_id": revision.id,
        "judged_question_id": question.id,
        "rubric_change_id": db.session.scalars(changes_of(rubric.id)).one().id,
        "read_again_id": submission.id,
    }


def _criteria(*best: str) -> Criteria:
    return Criteria(
        tuple(
            Criterion(
                f"c{number}",
                f"指标 {number}",
                (Level(f"c{number}-best", float(points), "好"), Level(f"c{number}-none", 0.0, "无")),
            )
            for number, points in enumerate(best)
        )
    )
