"""The list of marks: of all classes or of one, and the same on the page, as CSV, as PDF and for programs."""

import csv
import io
import re
from dataclasses import dataclass
from http import HTTPStatus

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat, Person
from core.database import db, transaction
from homework.assignments.models import AssignmentException
from homework.assignments.queries import questions_of
from homework.marking.models import Mark
from homework.marking.services import mark_alike
from homework.marklists import tables
from homework.submissions.models import Answer
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

FORMULA, ABSENT, THERE, ELSEWHERE = "=1+赵一", "钱二", "孙三", "李四"
"""Two pupils here, of whom one is called as a spreadsheet would calculate; one there; one of a colleague."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Work for two classes of one teacher and one of a colleague: a question for the key, and a photo."""

    teacher: Hat
    work: str
    """Its address."""
    here: int
    there: int
    foreign: int

    @property
    def assignment_id(self) -> int:
        return int(self.work.rsplit("/", 1)[1])

    def rows(self, browser: Browser, asked: str = "") -> list[list[str]]:
        """The lines of the CSV."""
        text = browser.get(f"{self.work}/marks.csv{asked}").get_data(as_text=True)
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    def printed(self, browser: Browser, asked: str = "") -> str:
        """The words of the PDF."""
        document = pypdfium2.PdfDocument(browser.get(f"{self.work}/marks.pdf{asked}").data)
        return "".join("".join(one.get_textpage().get_text_range().split()) for one in document)


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        here = make_class()
        there, foreign = (make_class(here.school, name=f"七年级({one})班") for one in "23")
        teacher = make_teacher(here)
        enrol(teacher, there, "mathematics")
        work = make_assignment(teacher, here, there, foreign, kinds=(ItemKind.CHOICE, ItemKind.PHOTO))
        choice, _photo = db.session.scalars(questions_of(work.id))
        said = {choice.id: {"choices": ["B"]}}
        make_submission(work, make_student(here, FORMULA), said)
        make_student(here, ABSENT)
        for school_class, name in ((there, THERE), (foreign, ELSEWHERE)):
            make_submission(work, make_student(school_class, name), said, photos=0)
        db.session.flush()
        db.session.refresh(teacher)
        db.session.expunge(teacher)
        return Scene(teacher, f"/assignments/{work.id}", here.id, there.id, foreign.id)


def test_the_list_of_one_class_is_the_same_on_the_page_in_the_files_and_for_programs(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    asked = f"?class_id={scene.here}"
    head, *rows = scene.rows(browser, asked)
    assert head[1:5] == ["姓名", "已交", "第 1 题 满分 2", "第 2 题 满分 2"]
    by_name = {row[1]: row[2:6] for row in rows}
    assert by_name == {f"'{FORMULA}": ["是", "2.0", "?", ""], ABSENT: ["未交", "", "", ""]}
    told = browser.get(f"/api/v1{scene.work}/marks{asked}").get_json()
    assert {one["name"]: [given["points"] for given in one["marks"]] for one in told["pupils"]} == {
        FORMULA: [2.0, None],
        ABSENT: [],
    }
    assert {one["total"] for one in told["pupils"]} == {None}, "one waits for a mark, one handed in nothing"
    printed, page = scene.printed(browser, asked), browser.get(f"{scene.work}/marks{asked}").text
    for shown in (printed, page):
        assert FORMULA in shown
        assert ABSENT in shown
        assert THERE not in shown
    assert f'href="{scene.work}/marks.csv{asked}"' in page
    assert f'href="{scene.work}/marks.pdf{asked}"' in page


def test_who_is_excused_has_not_failed_to_hand_in(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        [absent] = db.session.scalars(select(Person.id).where(Person.name == ABSENT))
        db.session.add(
            AssignmentException(
                assignment_id=scene.assignment_id,
                student_id=absent,
                is_excused=True,
                reason="住院",
                given_by_id=scene.teacher.person_id,
                given_at=MONDAY,
            )
        )
    browser = sign_in_as(scene.teacher)
    _head, *rows = scene.rows(browser, f"?class_id={scene.here}")
    assert {row[1]: row[2] for row in rows}[ABSENT] == "免做"
    told = browser.get(f"/api/v1{scene.work}/marks").get_json()["pupils"]
    assert [one["name"] for one in told if one["is_excused"]] == [ABSENT]
    for shown in (scene.printed(browser), browser.get(f"{scene.work}/marks").text):
        assert "免做" in shown
        assert "未交" not in shown


def test_without_a_class_all_of_the_teachers_own_stand_there_and_each_line_says_which(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    head, *rows = scene.rows(browser)
    assert head[2] == "班级"
    assert [row[1] for row in rows] == [f"'{FORMULA}", ABSENT, THERE]
    assert rows[0][2] == rows[1][2] != rows[2][2]
    assert rows[2][3:7] == ["是", "2.0", "", "2.0"], "what was not answered is no zero that somebody gave"
    page = browser.get(f"{scene.work}/marks").text
    assert ELSEWHERE not in page
    assert all(f"marks?class_id={one}" in page for one in (scene.here, scene.there))


@pytest.mark.parametrize("form", ["", ".csv", ".pdf", "api"])
def test_a_class_that_is_not_the_teachers_is_not_found(scene: Scene, sign_in_as: SignInAs, form: str) -> None:
    address = f"/api/v1{scene.work}/marks" if form == "api" else f"{scene.work}/marks{form}"
    answer = sign_in_as(scene.teacher).get(f"{address}?class_id={scene.foreign}")
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_who_is_marked_blind_stands_by_number_in_every_form(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    browser.post(f"{scene.work}/markers", data={"blind": "1", "version": "0"})
    told = browser.get(f"/api/v1{scene.work}/marks").get_json()["pupils"]
    assert [one["student"] is None for one in told] == [False, True, True], "who handed in has a number"
    shown = (
        scene.printed(browser),
        str(scene.rows(browser)),
        str(told),
        browser.get(f"{scene.work}/marks").text,
    )
    for one in shown:
        assert ABSENT in one
        assert "赵一" not in one
        assert THERE not in one


def test_a_paper_with_many_questions_heads_them_with_numbers(
    scene: Scene, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_HEADS_IN_WORDS", 1)
    printed = scene.printed(sign_in_as(scene.teacher))
    assert "各列上方为题号，括号内为满分。" in printed
    assert "第1题" not in printed
    assert "(2)" in printed


def test_a_paper_without_room_for_the_questions_says_so_and_has_the_sums(
    scene: Scene, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in ("MOST_HEADS_IN_WORDS", "MOST_QUESTIONS_ON_PAPER"):
        monkeypatch.setattr(tables, most, 1)
    printed = scene.printed(sign_in_as(scene.teacher), f"?class_id={scene.there}")
    assert "题目共2道，纸上放不下，各题得分见CSV文件。" in printed
    assert "第1题" not in printed
    assert re.search(f"{THERE}是2", printed)


def test_pupils_of_several_classes_stand_under_the_name_of_theirs(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    page = browser.get(scene.work).text
    names = {row[2] for row in scene.rows(browser)[1:]}
    assert set(re.findall(r'<h3 class="h4[^>]*>([^<]+)</h3>\s*<div', page)) == names


def test_before_work_goes_back_to_one_class_the_class_and_the_number_of_pupils_are_said(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        unmarked = select(Answer.id).outerjoin(Mark, Mark.answer_id == Answer.id).where(Mark.id.is_(None))
        mark_alike(dict.fromkeys(db.session.scalars(unmarked), 0), scene.teacher, points=1, now=MONDAY)
    browser = sign_in_as(scene.teacher)
    names = {row[2] for row in scene.rows(browser)[1:]}
    asked = browser.get(f"{scene.work}/return").text
    for place in (asked, browser.get(scene.work).text, browser.get(f"{scene.work}/marking").text):
        dialogs = re.findall(r'<dialog class="dialog" id="(return[^"]+)".*?</dialog>', place, re.DOTALL)
        assert sorted(dialogs) == sorted(
            ["return-dialog", f"return-to-{scene.here}", f"return-to-{scene.there}"]
        )
        for name in names:
            assert f"发还{name}的作业？" in place
        assert place.count("将发还 1 名学生已批完的作业。") == 2
        assert place.count("将发还 2 名学生已批完的作业。") == 1
    browser.post(f"{scene.work}/return", data={"class_id": scene.there})
    left = browser.get(f"{scene.work}/return").text
    assert "或按班发还" not in left, "one class is left, so the one question names it"
    assert len(re.findall("发还[^“]{3,20}的作业？", left)) == 1


def test_pages_in_english_call_pupils_by_their_english_names(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        pupil = db.session.scalars(select(Person).where(Person.name == FORMULA)).one()
        pupil.name_en = "Zhao Yi"
    browser = sign_in_as(scene.teacher)
    for page in ("", "/marking", "/marks"):
        text = browser.get(scene.work + page, headers={"Accept-Language": "en"}).get_data(as_text=True)
        assert "Zhao Yi" in text
        assert FORMULA not in text
