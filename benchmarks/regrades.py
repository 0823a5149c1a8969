"""A wrong key in five thousand answers: looking, applying and undoing, and the same with ten answers.

The preview judges equal answers once and reads everything in statements that do not grow; held against it is
judging answer by answer, each loaded for itself.
"""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person
from benchmarks.harness import Report, fresh_application, median, milliseconds, seconds
from core.clock import now as clock_now
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking.models import Mark, MarkSource
from homework.regrades import queries, services, undoing
from homework.regrades.models import Regrade
from homework.regrades.previews import preview_of
from homework.regrades.rulings import Policy, rule
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt, AttemptContext
from library.items.models import Item
from library.items.variants import pose
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_version

SIZES = (10, 5_000)
CLASSES = 10
ROUNDS = 5
FIRST_ID = 100_000
KEY, CORRECTED = {"choices": ["B"]}, {"choices": ["A"]}


def fill(answers: int) -> tuple[int, int]:
    """So many marked answers in ten classes to an item of one teacher; ids of her hat and of a question."""
    with transaction():
        first = make_class()
        classes = [first, *(make_class(first.school, name=f"{one} 班") for one in range(1, CLASSES))]
        teacher, version = make_teacher(first), make_version()
        item = version.item_id
        db.session.get_one(Item, item).created_by_id = teacher.person_id
        work = [make_assignment(teacher, one, versions=[version]) for one in classes]
        sample = make_student(first).person
        person = {c.key: getattr(sample, c.key) for c in Person.__mapper__.column_attrs if c.key != "id"}
        questions = {one.assignment_id: one.id for one in db.session.scalars(select(AssignmentItem)).all()}
        for number in range(answers):
            place = number % CLASSES
            _answer(FIRST_ID + number, person, classes[place], work[place], questions, (item, version.id))
        return teacher.id, questions[work[0].id]


def _answer(
    number: int,
    person: dict[str, Any],
    school_class: SchoolClass,
    work: Assignment,
    questions: dict[int, int],
    asked: tuple[int, int],
) -> None:
    now, said = clock_now(), "ABC"[number % 3]
    right = said == "B"
    rows: tuple[tuple[type, dict[str, Any]], ...] = (
        (Person, {**person, "username": f"bench{number}"}),
        (
            Enrolment,
            {
                "person_id": number,
                "class_id": school_class.id,
                "role": "student",
                "starts_on": now.date(),
                "subject_code": "",
            },
        ),
        (
            Attempt,
            {
                "client_key": uuid4(),
                "response_sha256": "0" * 64,
                "person_id": number,
                "item_id": asked[0],
                "item_version_id": asked[1],
                "response": {"choices": [said]},
                "score": float(right),
                "is_correct": right,
                "context": AttemptContext.HOMEWORK,
                "context_id": work.id,
                "hints_used": 0,
                "answered_at": now,
            },
        ),
        (
            Submission,
            {
                "client_key": uuid4(),
                "assignment_id": work.id,
                "student_id": number,
                "number": 1,
                "content_sha256": "0" * 64,
                "received_at": now,
                "is_late": False,
                "is_counted": True,
                "returned_at": now,
                "version": 1,
            },
        ),
        (
            Answer,
            {"submission_id": number, "assignment_item_id": questions[work.id], "attempt_id": number},
        ),
        (
            Mark,
            {
                "answer_id": number,
                "points": 2.0 * right,
                "comment": "",
                "source": MarkSource.MACHINE,
                "marked_at": now,
                "version": 1,
            },
        ),
    )
    for model, columns in rows:
        db.session.connection().execute(insert(model).values(id=number, **columns))


def look(hat_id: int, question_id: int) -> tuple[services.Plan, services.Wish]:
    """What the preview page asks for."""
    hat = db.session.get_one(Hat, hat_id)
    wish = services.Wish(policy=Policy.REMARK, correct=CORRECTED, reason="bench", is_everywhere=True)
    plan = services.plan(db.session.scalars(queries.question_of(hat, question_id)).one(), hat, wish)
    preview_of(plan.changes, answers=plan.answers, hat=hat, digest=plan.digest)
    return plan, wish


def one_by_one(question_id: int) -> int:
    """How many marks would change, answer by answer."""
    question = db.session.get_one(
        AssignmentItem, question_id, options=[joinedload(AssignmentItem.item_version)]
    )
    asked = pose(question.item_version, None)
    earlier, corrected = replace(asked, correct=KEY), replace(asked, correct=CORRECTED)
    changed = 0
    for answer_id in db.session.scalars(select(Answer.id)).all():
        answer = db.session.get_one(Answer, answer_id, options=[joinedload(Answer.attempt)])
        mark = db.session.scalars(select(Mark).where(Mark.answer_id == answer_id)).one()
        ruling = rule(Policy.REMARK, answer.attempt.response, earlier=earlier, corrected=corrected)
        changed += (ruling.share or 0.0) * question.points != mark.points
    return changed


def apply(hat_id: int, question_id: int) -> int:
    """Carry it out; the regrade's id."""
    with transaction():
        hat = db.session.get_one(Hat, hat_id)
        plan, wish = look(hat_id, question_id)
        question = db.session.scalars(queries.question_of(hat, question_id)).one()
        regrade, _is_new = services.begin(
            question, hat, wish, seen=plan.digest, client_key=uuid4(), now=clock_now()
        )
        services.write(regrade, now=clock_now())
        services.finish(regrade, now=clock_now())
        return regrade.id


def undo(hat_id: int, regrade_id: int) -> None:
    """Take it back."""
    with transaction():
        regrade = db.session.get_one(Regrade, regrade_id)
        undoing.begin_undo(regrade, db.session.get_one(Hat, hat_id), now=clock_now())
        undoing.write_back(regrade, now=clock_now())
        undoing.finish_undo(regrade, now=clock_now())


def main() -> None:
    """Measure each size on a fresh database."""
    report = Report("regrades", f"A corrected key in {CLASSES} classes, by who wrote the question")
    for answers in reversed(SIZES):
        with fresh_application():
            hat_id, question_id = fill(answers)
            preview = milliseconds(lambda: look(hat_id, question_id), rounds=ROUNDS)  # noqa: B023 -- called here
            made: list[int] = []
            applied = seconds(lambda: made.append(apply(hat_id, question_id)))  # noqa: B023
            undone = seconds(undo, hat_id, made[0])
            report.add(
                "ours",
                answers=answers,
                preview_ms=median(preview),
                apply_ms=applied * 1_000,
                undo_ms=undone * 1_000,
            )
            if answers == max(SIZES):
                db.session.expire_all()
                naive = seconds(one_by_one, question_id) * 1_000
                report.add("answer by answer", answers=answers, preview_ms=naive)
    report.note(f"Judging answer by answer takes {report.ratio('preview_ms'):.0f} times as long.")
    report.finish()


if __name__ == "__main__":
    main()
