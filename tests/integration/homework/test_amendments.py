"""Work that pupils see is changed on a page: words and times. What is withdrawn says so to who is at it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.classes.models import Enrolment
from core import clock
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.queries import questions_of
from homework.assignments.release import AnswersShown
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_subject

DAY = timedelta(days=1)


class Scene:
    """Open work, who gave it, a colleague of the subject, a pupil and her guardian."""

    def __init__(self) -> None:
        school_class, subject = make_class(), make_subject()
        self.teacher = make_teacher(school_class, subject_code=subject.code)
        self.colleague = make_teacher(school_class, subject_code=subject.code)
        self.student = make_student(school_class)
        self.guardian = make_guardian(self.student)
        self.work = make_assignment(self.teacher, school_class, answers_shown=AnswersShown.BY_HAND)
        (question,) = db.session.scalars(questions_of(self.work.id))
        self.id, self.question_id, self.version = self.work.id, question.id, self.work.version
        self.due_at, self.cut_off_at = self.work.due_at, self.work.cut_off_at
        self.teacher_id, self.student_id = self.teacher.person_id, self.student.person_id

    def fields(self, **changes: str) -> dict[str, str]:
        def local(name: str) -> str:
            return f"{getattr(self, name).astimezone(SCHOOL_ZONE):%Y-%m-%dT%H:%M}"

        return {
            "version": str(self.version),
            "title": "一元一次方程练习",
            "instructions": "",
            "due_at": local("due_at"),
            "cut_off_at": local("cut_off_at"),
        } | changes


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    with app.app_context():
        with transaction():
            made = Scene()
        for hat in (made.teacher, made.colleague, made.student, made.guardian):
            db.session.refresh(hat)
    return made


def in_database(app: Flask, scene: Scene, change: Callable[[Assignment], None]) -> None:
    with app.app_context(), transaction():
        change(db.session.get_one(Assignment, scene.id))


def hand_in(browser: Browser, scene: Scene) -> tuple[int, str]:
    """The status of the answer to a hand-in, and what it says."""
    answer = browser.post(
        f"/api/v1/assignments/{scene.id}/submissions",
        data={"answers": json.dumps({str(scene.question_id): {"choices": ["B"]}})},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    return answer.status_code, answer.get_json().get("error", {}).get("message", "")


def test_a_day_more_is_one_field_and_pupil_and_guardian_are_told(scene: Scene, sign_in_as: SignInAs) -> None:
    teacher, address = sign_in_as(scene.teacher), f"/assignments/{scene.id}/change"
    assert address in teacher.get(f"/assignments/{scene.id}").text
    assert "2026-09-08T20:00" in teacher.get(address).text
    assert teacher.post(address, data=scene.fields(due_at="2026-09-09T20:00")).status_code == 303
    for reader in (scene.student, scene.guardian):
        told = sign_in_as(reader).get("/homework/notices").text
        assert "2026-09-09 20:00" in told
        assert "2026-09-12 20:00" in told  # late work, as long after the due time as before
    again = teacher.post(address, data=scene.fields(due_at="2026-09-10T20:00"))
    assert again.status_code == 409
    assert "2026-09-10T20:00" in again.text
    assert 'datetime="2026-09-09T12:00' in again.text, "what somebody else made of it"
    (version,) = re.findall(r'name="version"[^>]* value="(\d+)"', again.text)
    anew = scene.fields(due_at="2026-09-10T20:00", cut_off_at="2026-09-12T20:00", version=version)
    assert teacher.post(address, data=anew).status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_at": "2026-09-07T20:00"}, "学生已按原定时间安排"),
        ({"due_at": ""}, "请写明到什么时间"),
        ({"due_at": "2026-09-08T23:00"}, "21:00"),
        ({"due_at": "9999-12-31T20:00"}, "请检查年份"),
        ({"due_at": "2099-01-01T20:00"}, "请检查年份"),
        ({"due_at": "0001-01-01T00:00"}, "请检查年份"),
        ({"cut_off_at": "9999-12-31T20:00"}, "请检查年份"),
        ({"cut_off_at": "2099-01-01T20:00"}, "请检查年份"),
        ({"title": " "}, "请填写作业标题"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(
    scene: Scene, sign_in_as: SignInAs, changes: dict[str, str], words: str
) -> None:
    answer = sign_in_as(scene.teacher).post(
        f"/assignments/{scene.id}/change", data=scene.fields(instructions="写清步骤", **changes)
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "写清步骤" in answer.text
    assert all(f'value="{typed}"' in answer.text for name, typed in changes.items() if name != "title")


def test_late_work_that_was_once_taken_for_ever_is_taken_as_long_when_the_due_time_moves(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    for_ever = datetime(2099, 12, 30, 12, tzinfo=UTC)
    in_database(app, scene, lambda work: setattr(work, "cut_off_at", for_ever))
    teacher, scene.cut_off_at = sign_in_as(scene.teacher), for_ever
    fields = scene.fields(due_at="2026-09-09T20:00", version=str(scene.version + 1))
    assert teacher.post(f"/assignments/{scene.id}/change", data=fields).status_code == 303
    exception = {"what": "later", "due_at": "2026-09-10T20:00", "reason": "住院一周"}
    address = f"/assignments/{scene.id}/exceptions/{scene.student_id}"
    assert teacher.post(address, data=exception).status_code == 303
    with app.app_context():
        assert db.session.get_one(Assignment, scene.id).cut_off_at == for_ever
        assert db.session.scalars(select(AssignmentException)).one().cut_off_at == for_ever


def test_a_slip_in_the_year_that_was_not_refused_once_is_put_right(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    slip = datetime(9999, 12, 30, 12, tzinfo=UTC)

    def slipped(work: Assignment) -> None:
        work.due_at = work.cut_off_at = slip

    in_database(app, scene, slipped)
    teacher, address = sign_in_as(scene.teacher), f"/assignments/{scene.id}/change"
    assert "9999-12-30T20:00" in teacher.get(address).text
    scene.due_at = scene.cut_off_at = slip
    fields = scene.fields(
        due_at="2026-09-09T20:00", cut_off_at="2026-09-09T20:00", version=str(scene.version + 1)
    )
    assert teacher.post(address, data=fields).status_code == 303
    earlier = fields | {"due_at": "2026-09-08T20:00", "version": str(scene.version + 2)}
    assert "学生已按原定时间安排" in teacher.post(address, data=earlier).text


def test_when_a_teacher_has_left_a_colleague_of_the_subject_decides_about_the_work(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    colleague, addresses = sign_in_as(scene.colleague), (f"/assignments/{scene.id}/{one}" for one in PLACES)
    assert {colleague.get(one).status_code for one in addresses} == {404}
    with app.app_context(), transaction():
        for one in db.session.scalars(select(Enrolment).where(Enrolment.person_id == scene.teacher_id)):
            one.ends_on = MONDAY.date()
    with app.app_context():
        question_id = db.session.scalars(questions_of(scene.id)).all()[0].id
    regrade = f"/questions/{question_id}/regrade"
    page = colleague.get(f"/assignments/{scene.id}").text
    assert all(one in page for one in [f"/assignments/{scene.id}/{place}" for place in PLACES] + [regrade])
    assert colleague.get(regrade).status_code == 200
    shown = colleague.post(f"/assignments/{scene.id}/answers", data={"shown": "1"})
    assert shown.status_code == 302
    assert colleague.post(f"/assignments/{scene.id}/withdraw").status_code == 302


PLACES = ("change", "markers")


def test_who_is_at_work_that_is_withdrawn_is_told_and_not_that_there_is_no_such_page(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    student = sign_in_as(scene.student)
    in_database(app, scene, lambda work: setattr(work, "withdrawn_at", MONDAY))
    status, said = hand_in(student, scene)
    assert status == 403
    assert "一元一次方程练习" in said
    draft = student.post(
        f"/assignments/{scene.id}/draft", data={"draft_version": "0"}, headers={"Accept": "application/json"}
    )
    assert (draft.status_code, draft.get_json()["error"]["code"]) == (403, "closed")
    assert student.get(f"/assignments/{scene.id}/work").status_code == 404
    assert sign_in_as(scene.teacher).get(f"/assignments/{scene.id}/change").status_code == 409


def test_what_was_typed_before_the_cut_off_is_said_to_be_kept(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    student = sign_in_as(scene.student)
    field = f"q{scene.question_id}-choices"
    assert student.post(f"/assignments/{scene.id}/draft", data={field: "B"}).status_code == 200

    def close(work: Assignment) -> None:
        work.opens_at, work.due_at, work.cut_off_at = MONDAY - 3 * DAY, MONDAY - 2 * DAY, MONDAY - DAY

    in_database(app, scene, close)
    assert "你填写的内容仍然保留" in student.get(f"/assignments/{scene.id}/work").text
