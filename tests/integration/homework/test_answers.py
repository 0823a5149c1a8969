"""Answers reach a pupil as the rule of the work says, and not before: pages, API and statements."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.assignments.release import AnswersShown
from homework.submissions.models import Submission
from learning.records.models import Statement
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_asked_version

SignInAs = Callable[[Hat], Browser]
MARKER = "暗号七三九"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Scene:
    """Work whose explanation and typical error hold the marker, and who is concerned."""

    assignment_id: int
    question_id: int
    teacher: Hat
    student: Hat
    classmate: Hat
    guardian: Hat


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        classmate, guardian = make_student(school_class), make_guardian(student)
        version = make_asked_version(
            explanation=f"解析 {MARKER}",
            hints=[],
            misconceptions=[{"response": {"choices": ["A"]}, "feedback": f"错因 {MARKER}"}],
        )
        now = clock.now()
        assignment = make_assignment(
            teacher,
            school_class,
            versions=[version],
            opens_at=now - HOUR,
            due_at=now + HOUR,
            cut_off_at=now + 2 * HOUR,
        )
        (question,) = db.session.scalars(questions_of(assignment.id))
        made = Scene(assignment.id, question.id, teacher, student, classmate, guardian)
        db.session.flush()
        for hat in (teacher, student, classmate, guardian):
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


def change(app: Flask, scene: Scene, **columns: object) -> None:
    with app.app_context(), transaction():
        assignment = db.session.get_one(Assignment, scene.assignment_id)
        for name, value in columns.items():
            setattr(assignment, name, value)


def hand_in(browser: Browser, scene: Scene) -> int:
    answer = browser.post(
        f"/api/v1/assignments/{scene.assignment_id}/submissions",
        data={"answers": json.dumps({str(scene.question_id): {"choices": ["A"]}})},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201
    return int(answer.get_json()["id"])


def everything_shown(app: Flask, browser: Browser, scene: Scene, submission_id: int | None) -> str:
    """All that a reader's pages and programs get about the work, and the statements that are kept."""
    addresses = [
        "/",
        "/assignments",
        "/assignments?view=done",
        f"/assignments/{scene.assignment_id}",
        f"/assignments/{scene.assignment_id}/work",
        "/api/v1/assignments",
        "/load",
        "/api/v1/load",
    ]
    if submission_id is not None:
        addresses += [
            f"/submissions/{submission_id}",
            f"/submissions/{submission_id}/receipt",
            f"/api/v1/submissions/{submission_id}",
        ]
    pages = [browser.get(address).get_data(as_text=True) for address in addresses]
    with app.app_context():
        kept = [json.dumps([one.result, one.context]) for one in db.session.scalars(select(Statement))]
    return "\n".join([*pages, *kept]).encode().decode("unicode_escape", "ignore") + "\n".join(pages)


@pytest.mark.parametrize("rule", list(AnswersShown))
def test_before_a_hand_in_nobody_gets_the_key_whatever_the_rule(
    app: Flask, scene: Scene, sign_in_as: SignInAs, rule: AnswersShown
) -> None:
    change(app, scene, answers_shown=rule, answers_shown_at=clock.now())
    for reader in (scene.student, scene.guardian):
        assert MARKER not in everything_shown(app, sign_in_as(reader), scene, None)


def test_after_the_due_time_who_handed_in_sees_the_answers_and_before_it_nobody(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser, guardian = sign_in_as(scene.student), sign_in_as(scene.guardian)
    submission_id = hand_in(browser, scene)
    for reader in (browser, guardian):
        assert MARKER not in everything_shown(app, reader, scene, submission_id)
    assert sign_in_as(scene.teacher).post(f"/assignments/{scene.assignment_id}/return").status_code == 302
    for reader in (browser, guardian):
        assert MARKER not in everything_shown(app, reader, scene, submission_id)
    change(app, scene, opens_at=clock.now() - 3 * HOUR, due_at=clock.now() - HOUR)
    for reader in (browser, guardian):
        assert MARKER in reader.get(f"/submissions/{submission_id}").text
        assert MARKER in str(reader.get(f"/api/v1/submissions/{submission_id}").get_json())
    # Who has not handed in can still do so late, and sees nothing.
    assert MARKER not in everything_shown(app, sign_in_as(scene.classmate), scene, None)


def test_by_hand_they_are_shown_when_the_teacher_shows_them_and_can_be_hidden_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    change(app, scene, answers_shown=AnswersShown.BY_HAND)
    browser, teacher = sign_in_as(scene.student), sign_in_as(scene.teacher)
    submission_id = hand_in(browser, scene)
    change(app, scene, opens_at=clock.now() - 3 * HOUR, due_at=clock.now() - HOUR)
    assert MARKER not in everything_shown(app, browser, scene, submission_id)
    address = f"/assignments/{scene.assignment_id}"
    assert "公布答案" in teacher.get(address).text
    assert teacher.post(f"{address}/answers", data={"shown": "1"}).status_code == 302
    assert MARKER in browser.get(f"/submissions/{submission_id}").text
    assert teacher.post(f"{address}/answers", data={"shown": "0"}).status_code == 302
    assert MARKER not in browser.get(f"/submissions/{submission_id}").text


def test_at_once_they_are_shown_with_the_receipt_and_the_work_stands(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    change(app, scene, answers_shown=AnswersShown.AT_ONCE)
    browser = sign_in_as(scene.student)
    assert "提交后会看到答案" in browser.get(f"/assignments/{scene.assignment_id}/work").text
    submission_id = hand_in(browser, scene)
    assert MARKER in browser.get(f"/submissions/{submission_id}").text
    again = browser.post(
        f"/api/v1/assignments/{scene.assignment_id}/submissions",
        data={"answers": json.dumps({str(scene.question_id): {"choices": ["B"]}})},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "answers_seen")
    assert MARKER not in everything_shown(app, sign_in_as(scene.classmate), scene, None)


def test_an_exception_is_told_to_the_pupil_and_her_guardian_and_to_no_classmate(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    with app.app_context():
        student_id = db.session.get_one(Hat, scene.student.id).person_id
    address = f"/assignments/{scene.assignment_id}/exceptions/{student_id}"
    form = {"what": "later", "due_at": "2020-01-01T20:00", "reason": "住院一周"}
    for due_at, words in (
        ("2020-01-01T20:00", "请选择更晚的截止时间"),
        ("", "请选择更晚的截止时间"),
        ("0001-01-01T00:00", "请检查年份"),
        ("2099-01-01T20:00", "请检查年份"),
        ("9999-12-31T23:59", "请检查年份"),
        ("20266-01-01T20:00", "请检查年份"),
    ):
        refused = teacher.post(address, data=form | {"due_at": due_at})
        assert refused.status_code == 422
        assert words in refused.text.split('id="due_at"')[1].split('for="reason"')[0]
        assert "住院一周" in refused.text
        assert f'value="{due_at}"' in refused.text
    later = f"{(clock.now() + 3 * DAY).astimezone(SCHOOL_ZONE):%Y-%m-%dT%H:%M}"
    assert teacher.post(address, data=form | {"due_at": later}).status_code == 303
    for reader in (scene.student, scene.guardian):
        browser = sign_in_as(reader)
        assert "住院一周" in browser.get("/assignments").text
        assert "住院一周" in browser.get(f"/assignments/{scene.assignment_id}").text
        (told,) = browser.get("/api/v1/assignments").get_json()["items"]
        assert (told["exception"], told["due_at"][:10]) == ("住院一周", f"{clock.now() + 3 * DAY:%Y-%m-%d}")
        assert told["questions"][0]["is_required"] is True
    assert "住院一周" not in everything_shown(app, sign_in_as(scene.classmate), scene, None)
    change(
        app,
        scene,
        opens_at=clock.now() - 5 * HOUR,
        due_at=clock.now() - 4 * HOUR,
        cut_off_at=clock.now() - 3 * HOUR,
    )
    hand_in(sign_in_as(scene.student), scene)
    with app.app_context():
        assert db.session.scalars(select(Submission.is_late)).one() is False
    assert teacher.post(f"{address}/end").status_code == 303
    assert "住院一周" not in sign_in_as(scene.student).get("/assignments").text
