"""The marking page of a class of 45 with 20 questions, half of them free texts that are compared.

Held against it is the way that comes to mind first: pupil by pupil, each with queries for her work. Time is
CPU time of this process, client and server together, so that what else the machine does counts for little.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from benchmarks.harness import Report, median, served_application
from core import clock
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.marking.models import Mark
from homework.marking.progress import pupils_of
from homework.submissions.models import Answer, Page, Submission
from library.items.models import ItemKind
from tests.browsers import Browser, signed_in_browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_version
from tests.statements import statements_of

PUPILS, QUESTIONS = 45, 20
ROUNDS = 15
THOUGHTS = (
    "小鸟飞走了，所以大树感到很孤单",
    "作者借大树的口气写出了对朋友的思念",
    "第一段写景，第二段写人，最后点明中心",
    "因为冬天来了，小鸟要飞到南方去过冬",
    "我认为大树最后明白了友谊的珍贵",
)


def fill() -> tuple[int, int, int, int]:
    """A class whose work waits for its teacher; ids of the work, a free text, a blank and her hat."""
    rng, now = Random(1), clock.now()  # noqa: S311 -- the same class in every run
    with transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        texts = [make_version(ItemKind.EXTENDED_TEXT) for _number in range(QUESTIONS // 2)]
        blanks = [make_version(ItemKind.TEXT_ENTRY) for _number in range(QUESTIONS // 2)]
        work = make_assignment(
            teacher,
            school_class,
            versions=[*texts, *blanks],
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        questions = list(db.session.scalars(questions_of(work.id)))
        for number in range(PUPILS):
            said = {
                one.id: {"text": "，".join(rng.sample(THOUGHTS, 4)) + f"，第 {rng.randrange(30)} 页。"}
                if one.item_version.kind is ItemKind.EXTENDED_TEXT
                else {"blanks": ["床前明月光", rng.choice(["疑是地上霜", "疑似地上霜", "不会"])]}
                for one in questions
            }
            make_submission(work, make_student(school_class, f"同学 {number}"), said, now=now)
        return work.id, questions[0].id, questions[-1].id, teacher.id


def opened(browser: Browser, address: str) -> Callable[[], None]:
    """Opens the page as a browser does."""

    def work() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:  # noqa: PLR2004 -- HTTP's own number
            raise SystemExit(answer.status)

    return work


def pupil_by_pupil(assignment_id: int, hat_id: int) -> int:
    """Read what the page shows, one pupil after the other; nothing is compared or drawn."""
    hat = db.session.get_one(Hat, hat_id)
    work = db.session.get_one(Assignment, assignment_id)
    read = 0
    for student, _seat, _class_id in db.session.execute(pupils_of(work.id, hat)).all():
        submission = db.session.scalars(
            select(Submission).where(Submission.assignment_id == work.id, Submission.student_id == student.id)
        ).one()
        answers = (
            select(Answer).where(Answer.submission_id == submission.id).options(joinedload(Answer.attempt))
        )
        for answer in db.session.scalars(answers).all():
            db.session.scalars(select(Mark).where(Mark.answer_id == answer.id)).first()
            db.session.scalars(select(Page).where(Page.answer_id == answer.id)).all()
            read += 1
    db.session.expire_all()
    return read


def cpu_milliseconds(work: Callable[[], object]) -> list[float]:
    """How much CPU time *work* takes each time, after one time that does not count."""
    work()
    taken = []
    for _round in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1_000)
    return taken


def main() -> None:
    """Measure the pages, and the other way beside them."""
    report = Report("marking", f"Marking {PUPILS} pupils × {QUESTIONS} questions")
    with served_application() as app:
        with app.app_context():
            assignment_id, text, blank, hat_id = fill()
        browser = signed_in_browser(app, hat_id)
        desk = f"/assignments/{assignment_id}/marking"
        for way, address in (
            ("ours, free texts", f"{desk}?question={text}"),
            ("ours, blanks", f"{desk}?question={blank}"),
            ("ours, refused in all blanks", f"{desk}/refused"),
            ("ours, list of marks", f"/assignments/{assignment_id}/marks"),
        ):
            taken = cpu_milliseconds(opened(browser, address))
            with statements_of(app) as sent:
                browser.get(address)
            report.add(way, queries=len(sent), p50_cpu_ms=median(taken), most_cpu_ms=max(taken))
        with app.app_context():
            taken = cpu_milliseconds(lambda: pupil_by_pupil(assignment_id, hat_id))
            with statements_of(app) as sent:
                pupil_by_pupil(assignment_id, hat_id)
            report.add(
                "pupil by pupil, reading only",
                queries=len(sent),
                p50_cpu_ms=median(taken),
                most_cpu_ms=max(taken),
            )
    report.finish()


if __name__ == "__main__":
    main()
