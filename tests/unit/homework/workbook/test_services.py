from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of, times_for
from homework.marking.models import Mark, MarkSource
from homework.marking.services import mark, return_work
from homework.submissions import errors
from homework.submissions.drafts import save_draft
from homework.submissions.models import Answer, Draft, Page, Submission
from homework.submissions.queries import answers_of, pages_of
from homework.workbook.services import hand_in, is_open_again
from learning.attempts.models import Attempt
from learning.records.models import DailyActivity, Statement
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission, make_work
from tests.statements import statements_of

KINDS = (ItemKind.CHOICE, ItemKind.NUMERIC, ItemKind.PHOTO)
SECOND = timedelta(seconds=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def student(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


@pytest.fixture
def assignment(teacher: Hat, school_class: SchoolClass) -> Assignment:
    return make_assignment(teacher, school_class, kinds=KINDS)


def test_what_a_key_can_judge_is_marked_at_once(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    submission = make_submission(assignment, student, now=now)
    marks = list(session.scalars(select(Mark).order_by(Mark.answer_id)))
    assert [(one.points, one.source) for one in marks] == [(2.0, MarkSource.MACHINE)] * 2
    assert session.scalar(select(func.count(Answer.id))) == 3
    assert (
        len(list(session.scalars(pages_of([one.id for one in session.scalars(answers_of([submission.id]))]))))
        == 2
    )
    day = session.get(DailyActivity, (student.person_id, now.date()))
    assert (day.handed_in, day.answers) == (1, 3)
    verbs = list(session.scalars(select(Statement.verb)))
    assert sum(one.endswith("/submit") for one in verbs) == 1
    assert sum(one.endswith("/answered") for one in verbs) == 3


def test_twenty_answers_cost_no_more_statements_than_two(
    context: Flask, teacher: Hat, school_class: SchoolClass, student: Hat, now: datetime
) -> None:
    sent = []
    for number in (2, 20):
        kinds = (ItemKind.CHOICE,) * number + (ItemKind.PHOTO,)
        work = make_work(given := make_assignment(teacher, school_class, kinds=kinds), photos=number)
        db.session.flush()
        db.session.expire_all()
        with statements_of(context) as statements:
            hand_in(given, student, work, now=now)
        sent.append(statements)
    few, many = sent
    assert len(many) <= len(few)


def test_the_same_key_with_the_same_work_gives_the_same_receipt(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    work = make_work(assignment)
    first, is_new = hand_in(assignment, student, work, now=now)
    again, is_new_again = hand_in(assignment, student, work, now=now + timedelta(hours=1))
    assert (is_new, is_new_again) == (True, False)
    assert again is first
    assert again.received_at == now
    assert session.scalar(select(func.count(Attempt.id))) == 3


def test_a_retry_is_answered_even_after_the_cut_off(
    assignment: Assignment, student: Hat, now: datetime
) -> None:
    work = make_work(assignment)
    first, _ = hand_in(assignment, student, work, now=now)
    again, _ = hand_in(assignment, student, work, now=assignment.cut_off_at + timedelta(days=1))
    assert again is first


def test_the_same_key_with_other_work_is_refused(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    work = make_work(assignment)
    hand_in(assignment, student, work, now=now)
    other = make_work(assignment, {}, client_key=work.client_key)
    with pytest.raises(errors.DifferentWork):
        hand_in(assignment, student, other, now=now)


def test_the_key_of_a_classmate_is_refused(
    assignment: Assignment, student: Hat, school_class: SchoolClass, now: datetime
) -> None:
    work = make_work(assignment)
    hand_in(assignment, student, work, now=now)
    with pytest.raises(errors.DifferentWork):
        hand_in(assignment, make_student(school_class, "王小明"), work, now=now)


@pytest.mark.parametrize(("after_due", "late"), [(0, False), (60, False), (61, True), (86_400, True)])
def test_late_work_is_kept_and_marked_late(
    assignment: Assignment, student: Hat, after_due: int, *, late: bool
) -> None:
    submission = make_submission(assignment, student, now=assignment.due_at + timedelta(seconds=after_due))
    assert submission.is_late is late


def test_work_after_the_cut_off_is_refused(session: Session, assignment: Assignment, student: Hat) -> None:
    with pytest.raises(errors.Closed, match="一元一次方程练习"):
        make_submission(assignment, student, now=assignment.cut_off_at + 61 * SECOND)
    assert session.scalar(select(func.count(Submission.id))) == 0


def test_withdrawn_work_is_refused(assignment: Assignment, student: Hat, now: datetime) -> None:
    assignment.withdrawn_at = now
    with pytest.raises(errors.Closed):
        make_submission(assignment, student, now=now)


def test_a_pupil_may_hand_in_again_until_the_teacher_marks(
    session: Session, assignment: Assignment, student: Hat, teacher: Hat, now: datetime
) -> None:
    first = make_submission(assignment, student, now=now)
    second = make_submission(assignment, student, {}, now=now + SECOND)
    assert second.number == 2
    times = times_for(assignment, student.person_id)
    assert is_open_again(assignment, times, [first, second], now=now)
    (answer,) = session.scalars(answers_of([second.id]))
    mark(answer, teacher, points=1, version=0, now=now)
    assert not is_open_again(assignment, times, [first, second], now=now)
    with pytest.raises(errors.AlreadyMarked):
        make_submission(assignment, student, now=now + 2 * SECOND)


def test_returned_work_is_not_replaced(
    session: Session, assignment: Assignment, student: Hat, teacher: Hat, now: datetime
) -> None:
    question = next(iter(session.scalars(questions_of(assignment.id))))
    submission = make_submission(assignment, student, {question.id: {"choices": ["A"]}}, photos=0, now=now)
    return_work(assignment, teacher, now=now)
    assert not is_open_again(assignment, times_for(assignment, student.person_id), [submission], now=now)
    with pytest.raises(errors.AlreadyMarked):
        make_submission(assignment, student, now=now + SECOND)


def test_unanswered_questions_have_no_answer_and_nothing_at_all_is_refused(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    question = next(iter(session.scalars(questions_of(assignment.id))))
    make_submission(assignment, student, {question.id: {"choices": ["A"]}}, photos=0, now=now)
    assert session.scalar(select(func.count(Answer.id))) == 1
    with pytest.raises(errors.NothingAnswered):
        make_submission(assignment, student, {question.id: {"choices": []}}, photos=0, now=now)


def test_an_answer_to_a_foreign_question_is_refused(
    assignment: Assignment, student: Hat, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    foreign = make_work(make_assignment(teacher, school_class))
    with pytest.raises(errors.UnknownQuestion):
        hand_in(assignment, student, foreign, now=now)


def test_the_receipt_hash_follows_the_content(assignment: Assignment, student: Hat) -> None:
    assert make_work(assignment).sha256 == make_work(assignment).sha256
    assert make_work(assignment).sha256 != make_work(assignment, photos=1).sha256
    assert make_work(assignment).sha256 != make_work(assignment, {}).sha256


def test_a_draft_is_replaced_by_its_own_page_and_gone_when_handed_in(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    draft = save_draft(assignment, student, {"1": {"value": "3"}}, version=0, now=now)
    draft = save_draft(assignment, student, {"1": {"value": "35"}}, version=draft.version, now=now)
    assert (draft.version, draft.content) == (2, {"1": {"value": "35"}})
    make_submission(assignment, student, now=now)
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_a_second_device_does_not_overwrite_a_newer_draft(
    assignment: Assignment, student: Hat, now: datetime
) -> None:
    save_draft(assignment, student, {"1": {"value": "3"}}, version=0, now=now)
    save_draft(assignment, student, {"1": {"value": "35"}}, version=1, now=now)
    with pytest.raises(errors.DraftIsNewer) as refused:
        save_draft(assignment, student, {"1": {"value": "4"}}, version=1, now=now)
    assert refused.value.details["content"] == {"1": {"value": "35"}}


def test_a_draft_of_closed_work_is_refused(assignment: Assignment, student: Hat) -> None:
    with pytest.raises(errors.Closed):
        save_draft(assignment, student, {}, version=0, now=assignment.cut_off_at + 61 * SECOND)


def test_pages_keep_the_order_and_the_hash_of_what_was_sent(
    session: Session, assignment: Assignment, student: Hat, now: datetime
) -> None:
    work = make_work(assignment, photos=3)
    hand_in(assignment, student, work, now=now)
    pages = list(session.scalars(select(Page).order_by(Page.position)))
    (sent,) = work.pictures.values()
    assert [one.upload_sha256 for one in pages] == [one.upload_sha256 for one in sent]
