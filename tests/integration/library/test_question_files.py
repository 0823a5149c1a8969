"""Teachers take the questions of a resource out for other programs; what may not leave stays."""

import io
from html import unescape

import pytest
from docx import Document
from flask import Flask

from accounts.people.models import Hat
from core.database import db, transaction
from library.banks.leaving import leaving
from library.banks.words import OFFERED, in_runs
from library.formats.table import FORMATS
from library.items.models import ItemKind
from library.resources.models import Resource, ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.library import make_item, make_resource
from tests.statements import statements_of

FREE = "CC-BY-4.0"


class Bank:
    """A teacher, a pupil, and practices of which some may leave."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                teacher, student = make_teacher(school_class), make_student(school_class)
                items = [make_item(kind) for kind in ItemKind]
                drawn = make_item(
                    ItemKind.NUMERIC,
                    prompt="$[[=a]]+1$ 等于几？",
                    correct={"value": "[[=a+1]]"},
                    parameters={"values": [{"name": "a", "least": "2", "most": "9"}]},
                )
                reserved = make_item(licence="all-rights-reserved")
                practice, reading = ResourceKind.PRACTICE, ResourceKind.READING
                made = {
                    "free": make_resource("各种题型", kind=practice, items=[*items, drawn], licence=FREE),
                    "reserved": make_resource("保留", kind=practice, items=[items[0]], licence="school-only"),
                    "unknown": make_resource("不明", kind=practice, items=[items[0]]),
                    "partly": make_resource("部分", kind=practice, items=[items[0], reserved], licence=FREE),
                    "own": make_resource(
                        "我的草稿",
                        kind=practice,
                        items=[items[0], reserved],
                        tier=Tier.PERSONAL,
                        created_by=teacher.person,
                        review_state=ReviewState.DRAFT,
                    ),
                    "reading": make_resource("短文", kind=reading, body="春江", licence=FREE),
                }
                self.ids = {name: one.id for name, one in made.items()}
            db.session.refresh(teacher)
            db.session.refresh(student)
            self.teacher_id = teacher.id
            self.teacher: Browser = sign_in_as(teacher)
            self.student: Browser = sign_in_as(student)

    def page(self, name: str) -> str:
        return unescape(self.teacher.get(f"/library/{self.ids[name]}/questions").get_data(as_text=True))


@pytest.fixture
def bank(app: Flask, sign_in_as: SignInAs) -> Bank:
    return Bank(app, sign_in_as)


def test_the_page_of_a_practice_leads_teachers_to_its_files_and_pupils_nowhere(bank: Bank) -> None:
    address = f"/library/{bank.ids['free']}/questions/button"
    assert f"/library/{bank.ids['free']}/questions" in bank.teacher.get(address).get_data(as_text=True)
    assert bank.student.get(address).get_data(as_text=True) == ""
    assert bank.teacher.get(f"/library/{bank.ids['reading']}/questions/button").get_data(as_text=True) == ""
    assert bank.student.get(f"/library/{bank.ids['free']}/questions").status_code == 403
    assert bank.student.get(f"/library/{bank.ids['free']}/questions/gift").status_code == 403


@pytest.mark.parametrize("name", OFFERED)
def test_a_file_that_was_taken_out_gives_the_same_questions(bank: Bank, name: str) -> None:
    answer = bank.teacher.get(f"/library/{bank.ids['free']}/questions/{name}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    read = FORMATS[name].read
    assert read is not None
    with bank.app.app_context():
        hat = db.session.get_one(Hat, bank.teacher_id)
        going = leaving(db.session.get_one(Resource, bank.ids["free"]), hat)
    assert len(going.records) == len(ItemKind) + 1
    assert read(answer.data).good == going.records


def test_a_paper_speaks_the_language_of_the_page(bank: Bank) -> None:
    answer = bank.teacher.get(f"/library/{bank.ids['free']}/questions/word")
    lines = [one.text for one in Document(io.BytesIO(answer.data)).paragraphs]
    assert lines[0] == "各种题型"
    assert "参考答案与解析" in lines
    assert "1. 答案：B" in lines


def test_what_a_format_cannot_show_is_said_before_the_download(bank: Bank) -> None:
    said = bank.page("free")
    assert "那里变成文字作答" in said
    assert "这里每个学生的数字各不相同" in said
    assert "（第 13 题）" in said
    assert "得到的题目与现在完全相同" in said


@pytest.mark.parametrize(("name", "reason"), [("reserved", "许可"), ("unknown", "许可")])
def test_what_its_licence_keeps_here_stays_and_says_why(bank: Bank, name: str, reason: str) -> None:
    assert "这些题目不能导出" in bank.page(name)
    assert reason in bank.page(name)
    assert bank.teacher.get(f"/library/{bank.ids[name]}/questions/gift").status_code == 403


def test_a_single_question_stays_by_its_own_licence_and_is_named(bank: Bank) -> None:
    assert "以下题目因各自的许可不能导出：第 2 题" in bank.page("partly")
    read = FORMATS["gift"].read
    assert read is not None
    assert len(read(bank.teacher.get(f"/library/{bank.ids['partly']}/questions/gift").data).good) == 1


def test_what_is_ones_own_leaves_whatever_its_licence(bank: Bank) -> None:
    read = FORMATS["gift"].read
    assert read is not None
    assert len(read(bank.teacher.get(f"/library/{bank.ids['own']}/questions/gift").data).good) == 2


@pytest.mark.parametrize("name", ["nothing", "aiken"])
def test_a_format_that_is_not_written_is_not_found(bank: Bank, name: str) -> None:
    assert bank.teacher.get(f"/library/{bank.ids['free']}/questions/{name}").status_code == 404


def test_a_resource_without_questions_says_so(bank: Bank) -> None:
    assert "这里没有可以导出的题目" in bank.page("reading")


def test_a_page_asks_the_database_as_often_for_many_questions_as_for_few(bank: Bank) -> None:
    with bank.app.app_context(), transaction():
        many = make_resource(
            "很多", kind=ResourceKind.PRACTICE, items=[make_item() for _number in range(40)], licence=FREE
        )
        few = make_resource("很少", kind=ResourceKind.PRACTICE, items=[make_item()], licence=FREE)
        ids = [few.id, many.id]
    counts = []
    for resource_id in ids:
        with statements_of(bank.app) as sent:
            assert bank.teacher.get(f"/library/{resource_id}/questions").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 25


def test_numbers_are_said_in_runs() -> None:
    assert in_runs([1, 2, 3, 5, 8, 9]) == "1–3, 5, 8–9"
    assert in_runs(range(1, 60, 2)).endswith("…")
    assert in_runs([]) == ""
