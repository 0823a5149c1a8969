"""Work of who left the class after handing in: it is marked, it goes back, all pages say the same of her."""

import csv
import io
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.markers.models import MarkingPlan, PupilNumber
from homework.submissions.models import Answer, Submission
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import (
    enrol,
    make_administrator,
    make_class,
    make_guardian,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission
from tests.statements import statements_of

MOVED, STAYS, ABSENT, LAZY = "陈小雨", "王小明", "李小雪", "赵小刚"
"""The last one left too, and had handed in nothing."""
LEFT = "提交后离开班级或小组"
JSON = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A free text for one class, from which two have gone to the class of another teacher of the subject."""

    teacher: Hat
    colleague: Hat
    """Of the same class and subject, who did not give the work."""
    new_teacher: Hat
    office: Hat
    moved: Hat
    guardian: Hat
    assignment_id: int
    class_id: int
    question_id: int
    submission_id: int
    others_id: int
    """The hand-in of who stays."""

    @property
    def work(self) -> str:
        return f"/assignments/{self.assignment_id}"

    def figures(self, browser: Browser) -> tuple[int, int, int]:
        """How many pupils there are, have handed in, and have their work back."""
        [work] = browser.get("/api/v1/assignments").get_json()["items"]
        return work["pupils"], work["handed_in"], work["returned"]


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        here = make_class()
        there = make_class(here.school, name="七年级(2)班")
        hats = {
            "teacher": make_teacher(here),
            "colleague": make_teacher(here, name="周老师"),
            "new_teacher": make_teacher(there, name="吴老师"),
            "office": make_administrator(here.school),
            "moved": make_student(here, MOVED),
        }
        hats["guardian"] = make_guardian(hats["moved"])
        work = make_assignment(hats["teacher"], here, kinds=(ItemKind.EXTENDED_TEXT,))
        [question] = db.session.scalars(questions_of(work.id))
        handed_in, others = (
            make_submission(work, one, {question.id: {"text": said}})
            for one, said in ((hats["moved"], "移项要变号"), (make_student(here, STAYS), "合并同类项"))
        )
        make_student(here, ABSENT)
        lazy = make_student(here, LAZY)
        leave(hats["moved"].person_id, lazy.person_id)
        enrol(hats["moved"], there)
        enrol(lazy, there)
        made = Scene(
            **hats,
            assignment_id=work.id,
            class_id=here.id,
            question_id=question.id,
            submission_id=handed_in.id,
            others_id=others.id,
        )
        db.session.flush()
        for hat in hats.values():
            db.session.refresh(hat)
            db.session.expunge(hat)
        return made


def leave(*person_ids: int) -> None:
    for one in db.session.scalars(select(Enrolment).where(Enrolment.person_id.in_(person_ids))):
        one.ends_on = MONDAY.date()
    db.session.flush()


def mark_all(browser: Browser, app: Flask, scene: Scene) -> None:
    with app.app_context():
        ids = list(db.session.scalars(select(Answer.id).order_by(Answer.id)))
    for one in ids:
        answer = browser.post(
            f"{scene.work}/marking", data={"answer": f"{one}:0", "points": "2"}, headers=JSON
        )
        assert answer.status_code == HTTPStatus.OK


def test_who_is_in_charge_marks_and_returns_it_and_the_pupil_has_it_back(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, pupil, guardian = map(sign_in_as, (scene.teacher, scene.moved, scene.guardian))
    assert scene.figures(teacher) == (3, 2, 0)
    assert "移项要变号" in teacher.get(f"{scene.work}/marking").text
    mark_all(teacher, app, scene)
    assert "发还已批改的作业吗？" in teacher.get(scene.work).text, "the question before names no class"
    teacher.post(f"{scene.work}/return")
    assert scene.figures(teacher) == (3, 2, 2)
    assert teacher.get(f"/submissions/{scene.submission_id}").status_code == HTTPStatus.OK
    for reader in (pupil, guardian):
        assert "2 分（满分 2 分）" in reader.get(scene.work).text


def test_list_marks_and_reports_say_the_same_of_her(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, app, scene)
    listed = teacher.get(scene.work).text
    assert LEFT in listed
    assert listed.count(f'/submissions/{scene.submission_id}"') == 1
    assert f"/exceptions/{scene.moved.person_id}" not in listed
    assert LAZY not in listed
    text = teacher.get(f"{scene.work}/marks.csv").get_data(as_text=True).removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[2] == "班级"
    assert [(row[1], row[2]) for row in rows][-1] == (MOVED, "已离开")
    assert {row[1] for row in rows} == {MOVED, STAYS, ABSENT}
    assert "已离开" in teacher.get(f"{scene.work}/marks").text
    told = teacher.get(f"/api/v1{scene.work}/marks").get_json()["pupils"]
    assert [one["class_id"] for one in told if one["name"] == MOVED] == [None]
    of_class = teacher.get(f"/api/v1{scene.work}/marks?class_id={scene.class_id}").get_json()["pupils"]
    assert {one["name"] for one in of_class} == {STAYS, ABSENT}
    report = teacher.get(f"/api/v1{scene.work}/report").get_json()
    assert report["handed_in"] == 2
    assert scene.figures(sign_in_as(scene.office)) == scene.figures(teacher) == (3, 2, 0)


def test_nobody_else_sees_it_and_who_is_in_charge_no_more_of_her(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    for stranger in (colleague, sign_in_as(scene.new_teacher), sign_in_as(scene.office)):
        assert stranger.get(f"/submissions/{scene.submission_id}").status_code in {403, 404}
    assert scene.figures(colleague) == (2, 1, 0)
    assert MOVED not in colleague.get(scene.work).text
    for address in (
        f"/pupils/{scene.moved.person_id}/report",
        f"{scene.work}/exceptions/{scene.moved.person_id}",
    ):
        assert teacher.get(address).status_code == HTTPStatus.NOT_FOUND
    mark_all(teacher, app, scene)
    page = teacher.get(f"{scene.work}/report/{scene.question_id}").text
    assert MOVED in page
    assert f"/pupils/{scene.moved.person_id}/report" not in page, "a link that leads nowhere"
    teacher.post(f"/submissions/{scene.others_id}/return")
    assert "一元一次方程练习" not in colleague.get("/assignments?view=to_mark").text, (
        "nothing is left for her"
    )
    assert "一元一次方程练习" in teacher.get("/assignments?view=to_mark").text


def test_when_the_giver_has_left_too_a_colleague_of_the_subject_returns_it(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        leave(scene.teacher.person_id)
    colleague = sign_in_as(scene.colleague)
    mark_all(colleague, app, scene)
    colleague.post(f"/submissions/{scene.submission_id}/return")
    with app.app_context():
        assert db.session.get_one(Submission, scene.submission_id).returned_at is not None
    assert sign_in_as(scene.teacher).get(f"/submissions/{scene.submission_id}").status_code == 404


def test_where_names_are_hidden_nothing_says_that_a_number_has_left(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        db.session.add(
            MarkingPlan(
                assignment_id=scene.assignment_id,
                is_blind=True,
                set_by_id=scene.teacher.person_id,
                set_at=MONDAY,
            )
        )
        db.session.add(
            PupilNumber(assignment_id=scene.assignment_id, student_id=scene.moved.person_id, number=1)
        )
    teacher = sign_in_as(scene.teacher)
    marks = teacher.get(f"{scene.work}/marks").text
    assert MOVED not in marks
    assert "已离开" not in marks
    told = teacher.get(f"/api/v1{scene.work}/marks").get_json()["pupils"]
    assert {one["class_id"] for one in told if one["submission"]} == {None}


def test_who_left_costs_no_statement_a_pupil(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    pages = (scene.work, f"{scene.work}/marks", f"{scene.work}/marking", "/assignments")

    def counted() -> list[int]:
        found = []
        for address in pages:
            teacher.get(address)
            with statements_of(app) as sent:
                teacher.get(address)
            found.append(len(sent))
        return found

    before = counted()
    with app.app_context(), transaction():
        here, work = (
            db.session.get_one(SchoolClass, scene.class_id),
            db.session.get_one(Assignment, scene.assignment_id),
        )
        pupils = [make_student(here, f"同学{number}") for number in range(10)]
        for one in pupils:
            make_submission(work, one, {scene.question_id: {"text": "移项"}})
        leave(*(one.person_id for one in pupils))
    assert counted() == before
