"""Teachers bring questions along: pasted or in files, looked at, corrected, taken, and taken back."""

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.jobs import services as jobs
from core.jobs.models import Job, JobState
from library.formats.word.writing import write as write_paper
from library.intake import runs
from library.intake.keeping import record_of
from library.intake.models import ImportedQuestion, Likeness, QuestionImport, Wish
from library.items.models import Item, ItemPoint, ItemVersion, Stimulus
from library.items.records import ItemRecord
from library.resources.models import (
    Resource,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)
from library.resources.queries import items_of_resource
from library.sets.errors import TooManyQuestions
from library.sets.queries import item_ids_of
from library.sets.services import ask
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_item, make_point, make_subject
from tests.factories.media import picture_bytes
from tests.factories.question_files import SAMPLES
from tests.factories.questions import question_corpus
from tests.factories.words import box, paragraph, picture, word_bytes
from tests.statements import statements_of

PAPER = """一、选择题
1. 下列各数中，是负数的是（　　）
A. 3    B. -2    C. 0
答案：B
解析：小于 0。
知识点：有理数；幂
二、填空题
2. 若 2x=6，则 x=____。
答案：3
"""
INDEX = "/library/questions/imports"


class Desk:
    """A teacher with a colleague beside her, and what they imported."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                hats = [make_teacher(school_class), make_teacher(school_class)]
                self.subject_id = make_subject().id
                self.point_id = make_point("有理数").id
            for hat in hats:
                db.session.refresh(hat)
            self.hat_id = hats[0].id
        self.teacher, self.colleague = (sign_in_as(hat) for hat in hats)

    def send(self, text: str = "", file: tuple[bytes, str] | None = None) -> str:
        """Send a text or a file, and let the job read it; the address of the import."""
        data: dict[str, object] = {
            "text": text,
            "subject_id": self.subject_id,
            "grade_from": 7,
            "grade_to": 7,
        }
        if file:
            data["file"] = (io.BytesIO(file[0]), file[1])
        answer = self.post(INDEX, data)
        assert answer.status_code == 302, answer.get_data(as_text=True)
        with self.app.app_context():
            jobs.run_waiting()
        return answer.location.partition("?")[0]

    def post(self, address: str, data: dict[str, object] | None = None) -> TestResponse:
        """Send a form, in English."""
        return self.teacher.post(address, data=data or {}, headers={"Accept-Language": "en"})

    def page(self, address: str, by: Browser | None = None) -> str:
        """What an import's page says, in English."""
        answer = (by or self.teacher).get(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def rows(self) -> list[ImportedQuestion]:
        """The questions of the newest import."""
        newest = select(func.max(QuestionImport.id)).scalar_subquery()
        wanted = select(ImportedQuestion).where(ImportedQuestion.import_id == newest)
        return list(db.session.scalars(wanted.order_by(ImportedQuestion.position)))

    def hat(self) -> Hat:
        """The teacher's."""
        return db.session.get_one(Hat, self.hat_id)


@pytest.fixture
def desk(app: Flask, sign_in_as: SignInAs) -> Desk:
    return Desk(app, sign_in_as)


def test_pasted_questions_become_a_set_that_can_be_assigned(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)

    page = desk.page(address)
    assert "2 places were found in it." in page
    assert "下列各数中，是负数的是" in page
    taken = desk.post(f"{address}/take", data={"draft_id": 0, "title": "有理数练习"})

    assert taken.status_code == 302
    with app.app_context():
        made = db.session.scalars(select(Resource)).one()
        assert (made.title, made.kind, made.review_state) == (
            "有理数练习", ResourceKind.PRACTICE, ReviewState.DRAFT
        )  # fmt: skip
        assert (made.tier, made.created_by_id) == (Tier.SCHOOL, desk.hat().person_id)
        asked = list(db.session.scalars(items_of_resource(made.id)))
        assert [one.kind.value for one in asked] == ["choice", "text_entry"]
        assert asked[0].explanation == "小于 0。"
        assert db.session.scalars(select(ItemPoint.point_id)).all() == [desk.point_id]
        resource_id = made.id
    page = desk.page(address)
    assert f"/assignments/new?resource={resource_id}" in page
    assert "Nothing here is called 幂." in page


def test_what_cannot_be_read_is_named_and_corrected_in_place(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER + "3. 判断：0 是自然数。\n答案：大概\n题型：判断题\n4. 1+1=____\n答案：2\n")
    page = desk.page(address)
    assert "The answer “大概” of question 3 is neither true (√) nor false (×)." in page
    with app.app_context():
        bad = next(row for row in desk.rows() if row.problem)
        position, source = bad.position, bad.source
    desk.post(f"{address}/choices", data={"wish-1": "skip", "reading": 1})

    corrected = source.replace("大概", "对")
    answer = desk.post(
        f"{address}/questions/{position}", data={"source": corrected, "reading": 1, "kind": ""}
    )

    assert answer.location.endswith(f"#question-{position}")
    with app.app_context():
        rows = desk.rows()
        assert [row.problem for row in rows] == [""] * 4
        assert rows[2].record is not None
        assert rows[2].record["kind"] == "true_false"
        assert [row.wish for row in rows] == [Wish.SKIP, Wish.TAKE, Wish.TAKE, Wish.TAKE]
        run = db.session.scalars(select(QuestionImport)).one()
        assert run.text == "\n".join(row.source for row in rows)


def test_the_kind_of_a_question_is_corrected_beside_it(app: Flask, desk: Desk) -> None:
    address = desk.send("1. 说说什么是负数。\n答案：比 0 小的数\n2. 1+1=____\n答案：2")
    with app.app_context():
        assert [row.record and row.record["kind"] for row in desk.rows()] == ["text_entry", "text_entry"]

    desk.post(f"{address}/questions/1", data={"reading": 1, "kind": "extended_text"})

    with app.app_context():
        first = desk.rows()[0]
        assert first.record is not None
        assert first.record["kind"] == "extended_text"
        assert first.record["explanation"] == "比 0 小的数"
        assert "题型：简答题" in first.source


def test_a_correction_of_an_older_reading_is_refused_and_stays_in_its_place(desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/questions/2", data={"source": "2. 2x=8，x=____。\n答案：4", "reading": 1})

    answer = desk.post(
        f"{address}/questions/2", data={"source": "2. 我在另一个标签页改的____。\n答案：5", "reading": 1}
    )

    assert answer.status_code == 409
    assert "我在另一个标签页改的" in answer.get_data(as_text=True)
    assert "2x=8" in desk.page(address)


def test_what_a_tab_chose_of_an_older_reading_is_no_choice_of_other_questions(app: Flask, desk: Desk) -> None:
    address = desk.send("1. 1+1=____\n答案：2\n2. 2+2=____\n答案：4\n")
    both = "0. 0+0=____\n答案：0\n1. 1+1=____\n答案：2\n2. 2+2=____\n答案：4"
    desk.post(f"{address}/text", data={"source": both, "reading": 1})

    stale = {"wish-1": "skip", "reading": 1}
    assert desk.post(f"{address}/choices", data=stale).status_code == 409
    taken = desk.post(f"{address}/take", data={"draft_id": 0, "title": "我的一套", **stale})
    assert taken.status_code == 409
    assert "corrected in another tab meanwhile" in taken.text
    assert "我的一套" in taken.text
    with app.app_context():
        assert [row.wish for row in desk.rows()] == [Wish.TAKE] * 3


def test_what_was_typed_stays_also_where_the_question_is_gone_meanwhile(desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/text", data={"source": "1. 只剩一题____\n答案：1", "reading": 1})

    answer = desk.post(f"{address}/questions/2", data={"source": "2. 我的修改____", "reading": 1})

    assert answer.status_code == 409
    assert "我的修改" in answer.get_data(as_text=True)


def test_a_word_file_says_what_was_not_read_and_keeps_its_pictures(app: Flask, desk: Desk) -> None:
    content = word_bytes(
        paragraph("1. 看图：", picture("p.png", "一个圆")),
        "A. 圆   B. 方",
        "答案：A",
        paragraph("2. 图上写着什么？", box("注意安全")),
        "答案：注意安全",
        media={"p.png": picture_bytes()},
    )
    address = desk.send(file=(content, "几何.docx"))

    page = desk.page(address)
    assert 'alt="一个圆"' in page
    assert "Question 2 holds something that cannot be read here: “〔未读：文本框〕”." in page
    assert "〔未读：文本框〕 注意安全" in page
    desk.post(f"{address}/questions/2", data={"source": "2. 图上写着____。\n答案：注意安全", "reading": 1})
    desk.post(f"{address}/take", data={"draft_id": 0, "title": ""})

    with app.app_context():
        made = db.session.scalars(select(Resource)).one()
        assert made.title == "几何.docx"
        first, second = db.session.scalars(items_of_resource(made.id))
        assert [one["alt"] for one in first.pictures] == ["一个圆"]
        assert second.correct == {"blanks": [["注意安全"]]}


def test_questions_about_one_text_stay_together(app: Flask, desk: Desk) -> None:
    paper = "阅读短文，完成1-2题。\n春天来了。\n1. 什么季节？\nA. 春 B. 夏\n答案：A\n2. 说说理由。\n"
    address = desk.send(paper)
    assert "春天来了。" in desk.page(address)

    desk.post(f"{address}/take", data={"draft_id": 0, "title": "春天"})

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Stimulus)) == 1
        asked = db.session.scalars(select(ItemVersion).order_by(ItemVersion.id)).all()
        assert {one.stimulus_version_id for one in asked} == {1}
        assert [one.stimulus_position for one in asked] == [1, 2]


def test_a_table_in_gb18030_is_read_row_by_row_and_a_row_is_corrected_here(app: Flask, desk: Desk) -> None:
    table = "题型,题干,选项A,选项B,答案\n单选题,1+1=（ ）,1,2,B\n判断题,0 是自然数。,,,大概\n"
    address = desk.send(file=(table.encode("gb18030"), "题库.csv"))

    assert "neither true" in desk.page(address)
    with app.app_context():
        source = desk.rows()[1].source
    desk.post(
        f"{address}/questions/2", data={"source": source.replace("大概", "对"), "reading": 1, "kind": ""}
    )

    with app.app_context():
        rows = desk.rows()
        assert [(row.place, row.problem) for row in rows] == [(2, ""), (3, "")]
        assert rows[1].record is not None
        assert rows[1].record["correct"] == {"choices": ["true"]}


def test_duplicates_are_found_in_the_library_and_in_the_import(app: Flask, desk: Desk) -> None:
    long = "甲、乙两地相距三百六十千米，一辆汽车从甲地开往乙地，每小时行驶六十千米，需要____小时到达乙地。"
    first = desk.send(f"1. 1+1=____\n答案：2\n2. {long}\n答案：6\n")
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "第一套"})

    second = desk.send(
        f"1. 1＋1＝____ 。\n答案：2\n2. {long.replace('汽车', '客车')}\n答案：6\n"
        "3. 2+2=____\n答案：4\n4. 2+2=____\n答案：4\n"
    )

    with app.app_context():
        rows = desk.rows()
        assert [row.likeness for row in rows] == [Likeness.SAME, Likeness.NEAR, None, Likeness.HERE]
        assert [row.wish for row in rows] == [Wish.USE, Wish.TAKE, Wish.TAKE, Wish.SKIP]
        old = rows[0].twin_id
    desk.post(f"{second}/take", data={"draft_id": 0, "title": "第二套"})
    with app.app_context():
        made = db.session.scalars(select(Resource).order_by(Resource.id.desc()).limit(1)).one()
        asked = db.session.scalars(
            select(ResourceItem.item_id)
            .where(ResourceItem.resource_id == made.id)
            .order_by(ResourceItem.position)
        ).all()
        assert len(asked) == 3
        assert asked[0] == old


def test_a_question_whose_copy_is_gone_meanwhile_is_taken_itself(app: Flask, desk: Desk) -> None:
    first = desk.send("1. 1+1=____\n答案：2\n")
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "第一套"})
    second = desk.send("1. 1+1=____\n答案：2\n2. 2+2=____\n答案：4\n")
    with app.app_context():
        assert [row.wish for row in desk.rows()] == [Wish.USE, Wish.TAKE]
    desk.post(f"{first}/undo")

    desk.post(f"{second}/take", data={"draft_id": 0, "title": "第二套"})

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2
        assert all(row.item_id for row in desk.rows())
    assert "For 1 of them there is no longer a question" in desk.page(second)
    desk.post(f"{second}/undo")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 0


def test_a_question_that_cannot_be_read_and_whose_copy_is_gone_is_left_out_and_said(
    app: Flask, desk: Desk
) -> None:
    first = desk.send("1. 1+1=____\n答案：2\n")
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "第一套"})
    second = desk.send("1. 1+1=____\n答案：2\n2. 2+2=____\n答案：4\n")
    with app.app_context(), transaction():
        desk.rows()[0].record, desk.rows()[0].problem = None, "The answer is missing."
    assert "Was in the library" not in desk.page(second)
    desk.post(f"{first}/undo")
    assert "Was in the library" in desk.page(second)

    desk.post(f"{second}/choices", data={"wish-2": "skip", "reading": 1})
    refused = desk.post(f"{second}/take", data={"draft_id": 0, "title": "第二套"})
    assert refused.status_code == 422
    assert "those of your file cannot be read yet" in refused.text
    desk.post(f"{second}/take", data={"draft_id": 0, "title": "第二套", "wish-2": "take", "reading": 1})

    page = desk.page(second)
    assert "Left out: 1. The question that was to be used instead is no longer in the library" in page
    with app.app_context():
        assert [bool(row.item_id) for row in desk.rows()] == [False, True]


def test_questions_join_a_draft_and_leave_it_again(app: Flask, desk: Desk) -> None:
    first = desk.send(PAPER)
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "一套"})
    with app.app_context(), transaction():
        draft_id = db.session.scalars(select(Resource.id)).one()
        point_id = make_point("有理数的加法").id
    second = desk.send("1. 3+4=____\n答案：7\n")

    def asked() -> tuple[int, float, list[int]]:
        with app.app_context():
            points = select(ResourcePoint.point_id).where(ResourcePoint.resource_id == draft_id)
            questions = db.session.scalars(items_of_resource(draft_id)).all()
            minutes = db.session.get_one(Resource, draft_id).minutes or 0
            return len(questions), minutes, list(db.session.scalars(points))

    before = asked()
    assert before[0] == 2

    desk.post(f"{second}/take", data={"draft_id": draft_id, "point_ids": [point_id]})

    count, minutes, points = asked()
    assert count == 3
    assert minutes > before[1]
    assert points == [*before[2], point_id]
    desk.post(f"{second}/undo")
    assert asked() == before
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2


def test_of_more_questions_than_a_set_takes_one_by_one_each_can_still_be_taken_out(
    app: Flask, desk: Desk
) -> None:
    address = desk.send("".join(f"{one}. {one}+1=____\n答案：{one + 1}\n" for one in range(1, 203)))
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "很多题"})
    with app.app_context():
        made = db.session.scalars(select(Resource)).one()
        order, version = db.session.scalars(item_ids_of(made.id)).all(), made.version
    set_page = f"/library/sets/{made.id}"
    assert len(order) == 202

    answer = desk.post(f"{set_page}/order", {"order": order, "remove": order[0], "version": version})
    assert answer.status_code == 303
    answer = desk.post(f"{set_page}/undo", {"number": version})
    assert answer.status_code == 303

    with app.app_context():
        assert db.session.scalars(item_ids_of(made.id)).all() == order
        with transaction(), pytest.raises(TooManyQuestions):
            ask(db.session.get_one(Resource, made.id), [make_item().id], now=clock.now())


def test_taking_is_undone_as_if_it_had_never_been(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})

    desk.post(f"{address}/undo")

    with app.app_context():
        for model in (Resource, ResourceItem, Item, ItemVersion, ItemPoint):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert "2 questions are chosen." in desk.page(address)
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "再来"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2


def test_what_is_published_is_not_undone(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})
    with app.app_context(), transaction():
        db.session.scalars(select(Resource)).one().review_state = ReviewState.PUBLISHED

    answer = desk.post(f"{address}/undo")

    assert answer.status_code == 409
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2


def test_an_import_is_taken_once(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    for _press in range(2):
        desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 1
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2


def test_the_report_lists_what_became_of_every_part(desk: Desk) -> None:
    address = desk.send(PAPER + "3. 没有答案的____\n4. =HYPERLINK(1)____\n答案：=1+1\n")
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})

    answer = desk.teacher.get(f"{address}/report.csv", headers={"Accept-Language": "en"})

    said = answer.get_data(as_text=True)
    assert said.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(said.removeprefix("\ufeff"))))
    outcomes = {row[2] for row in rows[1:]}
    assert outcomes == {"Taken", "Not read"}
    kept = [row[3] for row in rows if row[0] == "1" and row[4] == "Kept"]
    assert {"Question type", "Words of the question", "Choices", "Right answer", "Explanation"} <= set(kept)
    assert ["Knowledge points", "Altered", "Found by name: 有理数. Nothing here is called 幂."] in [
        row[3:] for row in rows
    ]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_an_import_belongs_to_who_sent_it(desk: Desk) -> None:
    address = desk.send(PAPER)
    assert desk.colleague.get(address).status_code == 404
    assert desk.colleague.post(f"{address}/take", data={}).status_code == 404


def test_an_import_that_was_not_taken_can_be_forgotten(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/discard")
    assert desk.teacher.get(address).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportedQuestion)) == 0


XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧.doc", "This is a file of an old Word (.doc)."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧.xls", "This is a workbook of an old Excel (.xls)."),
        (b"no zip at all", "假.docx", "This is no Word file (.docx)."),
        (b"no zip at all", "假.xlsx", "is not an Excel workbook (.xlsx)."),
        (b"\xff\xff\xff\x80\x81", "乱.txt", "The letters of this file cannot be read."),
        ("数量,单价\n1,2\n".encode(), "表.csv", "No row says what stands in the columns."),
        (b" \n\n", "空.txt", "There is no question in it."),
        (
            word_bytes("1. 题", styles=XXE + "<styles>&x;</styles>"),
            "毒.docx",
            "holds references to other files",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(desk: Desk, content: bytes, name: str, sentence: str) -> None:
    address = desk.send(file=(content, name))
    assert sentence in desk.page(address)


def test_who_waits_for_a_reading_that_was_given_up_is_told(app: Flask, desk: Desk) -> None:
    place = {"subject_id": desk.subject_id, "grade_from": 7, "grade_to": 7}
    address = desk.post(INDEX, {"text": PAPER, **place}).location.partition("?")[0]
    assert "every 1s" in desk.page(address)
    assert "Reading questions" in desk.page(INDEX)
    with app.app_context(), transaction():
        db.session.execute(update(Job).values(state=JobState.FAILED))
    former = desk.page(INDEX)
    assert "Reading questions" not in former
    assert "Not read" in former
    page = desk.page(address)
    assert "This could not be read, because something is wrong with the platform" in page
    assert "Forget this import" in page
    assert "every 1s" not in page
    assert desk.teacher.get(f"{address}/state").headers["HX-Refresh"] == "true"
    assert desk.post(f"{address}/discard").status_code == 302


def test_a_file_of_no_format_is_refused_at_once(desk: Desk) -> None:
    data = {
        "file": (io.BytesIO(b"x"), "题.exe"),
        "subject_id": desk.subject_id,
        "grade_from": 7,
        "grade_to": 7,
    }
    answer = desk.post(INDEX, data=data)
    assert answer.status_code == 422
    assert "The file “题.exe” is in no format that is read here." in answer.get_data(as_text=True)


def test_neither_text_nor_file_is_told(desk: Desk) -> None:
    data = {"text": "  ", "subject_id": desk.subject_id, "grade_from": 7, "grade_to": 7}
    answer = desk.post(INDEX, data=data)
    assert answer.status_code == 422
    assert "Paste your questions, or choose a file." in answer.get_data(as_text=True)


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "csv", "txt"])
def test_every_template_can_be_read_as_it_is(app: Flask, desk: Desk, suffix: str) -> None:
    content = desk.teacher.get(f"{INDEX}/template.{suffix}").get_data()
    desk.send(file=(content, f"模板.{suffix}"))
    with app.app_context():
        rows = desk.rows()
        assert len(rows) >= 5
        assert [row.problem for row in rows] == [""] * len(rows)


def test_a_choice_is_remembered_at_once_and_counted(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    answer = desk.teacher.post(
        f"{address}/choices",
        data={"wish-2": "skip", "reading": 1},
        headers={"HX-Request": "true", "Accept-Language": "en"},
    )
    assert "1 question is chosen." in answer.get_data(as_text=True)
    with app.app_context():
        assert [row.wish for row in desk.rows()] == [Wish.TAKE, Wish.SKIP]


def test_a_page_asks_as_often_for_many_questions_as_for_ten(app: Flask, desk: Desk) -> None:
    counts = []
    for many in (10, 60):
        about = "阅读材料，完成1～2题。\n春天。\n"
        asked = (f"{n}. {many}+{n}=____\n答案：{many + n}\n知识点：有理数\n" for n in range(1, many + 1))
        address = desk.send(about + "".join(asked))
        with statements_of(app) as sent:
            desk.page(address)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_reading_twice_changes_nothing(app: Flask, desk: Desk) -> None:
    desk.send(PAPER)
    with app.app_context():
        import_id = db.session.scalars(select(QuestionImport.id)).one()
        db.session.rollback()
        runs.read(import_id, lambda _done, _total: None, now=clock.now())
        assert db.session.get_one(QuestionImport, import_id).reading == 1


def test_another_subject_has_other_points_and_keeps_what_was_said(app: Flask, desk: Desk) -> None:
    with app.app_context(), transaction():
        physics = make_subject("physics", "物理", "Physics")
        physics_id, power_id = physics.id, make_point("幂", subject=physics).id
    address = desk.send(PAPER)
    desk.post(f"{address}/choices", data={"wish-2": "skip", "reading": 1})

    desk.post(f"{address}/place", data={"subject_id": physics_id, "grade_from": 8, "grade_to": 9})

    with app.app_context():
        first, second = desk.rows()
        assert first.point_ids == [power_id]
        assert second.wish is Wish.SKIP
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})
    with app.app_context():
        made = db.session.scalars(select(Resource)).one()
        assert (made.subject_id, made.grade_from, made.grade_to) == (physics_id, 8, 9)


def test_what_was_said_of_a_duplicate_stays_when_the_text_is_read_again(app: Flask, desk: Desk) -> None:
    first = desk.send("1. 1+1=____\n答案：2\n")
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "第一套"})
    address = desk.send("1. 1+1=____\n答案：2\n2. 3+3=____\n答案：6\n3. 3+3=____\n答案：6\n")
    desk.post(f"{address}/choices", data={"wish-1": "take", "wish-3": "take", "reading": 1})

    desk.post(f"{address}/questions/2", data={"source": "2. 3 + 3 = ____\n答案：6", "reading": 1})

    with app.app_context():
        rows = desk.rows()
        assert [row.likeness for row in rows] == [Likeness.SAME, None, Likeness.HERE]
        assert [row.wish for row in rows] == [Wish.TAKE] * 3


def test_near_copies_within_one_file_lead_to_each_other_across_pages(app: Flask, desk: Desk) -> None:
    long = "甲、乙两地相距三百六十千米，一辆汽车从甲地开往乙地，每小时行驶六十千米，需要____小时到达乙地。"
    first = desk.send(f"1. {long}\n答案：6\n")
    desk.post(f"{first}/take", data={"draft_id": 0, "title": "第一套"})
    others = "".join(f"{number}. {number}+1=____\n答案：{number + 1}\n" for number in range(3, 40))
    car, bus = long.replace("乙地。", "乙地？"), long.replace("汽车", "客车")
    story = "一个长方形的长是八厘米，宽是五厘米，如果把它的长增加两厘米，那么它的面积增加____平方厘米。"
    address = desk.send(
        f"1. {story}\n答案：10\n2. {bus}\n答案：6\n{others}40. {car.replace('三百', '四百')}\n答案：7\n"
        f"41. {story.replace('八厘米', '九厘米')}\n答案：10\n"
    )
    with app.app_context():
        rows = desk.rows()
        told = {row.position: row.likeness for row in rows if row.likeness}
        assert told == {2: Likeness.NEAR, 40: Likeness.NEAR, 41: Likeness.NEAR_HERE}
        assert all(row.wish is Wish.TAKE for row in rows)
    page = desk.page(f"{address}?view=alike")
    assert "Nearly the same stands earlier in this import" in page
    found = re.search(r'href="([^"]+)#question-1"', page)
    assert found
    assert 'id="question-1"' in desk.page(found[1].replace("&amp;", "&"))

    # What the library has is not forgotten for what stands here.
    desk.post(f"{address}/questions/3", data={"source": "3. 3 + 1 = ____\n答案：4", "reading": 1})
    with app.app_context():
        assert {row.position: row.likeness for row in desk.rows() if row.likeness} == told


@pytest.mark.parametrize("name", ["moodle", "gift", "aiken", "qti"])
def test_files_of_other_programs_come_in_the_same_way(app: Flask, desk: Desk, name: str) -> None:
    suffix = {"moodle": "xml", "gift": "gift", "aiken": "txt", "qti": "zip"}[name]
    address = desk.send(file=(SAMPLES[name](), f"题库.{suffix}"))

    page = desk.page(address)
    assert "in the file" in page
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "题库"})

    with app.app_context():
        rows = desk.rows()
        assert [row.problem for row in rows if row.item_id is None and row.wish is Wish.TAKE] == []
        made = db.session.scalars(select(Resource)).one()
        asked = {row.item_id for row in rows if row.item_id}
        assert len(db.session.scalars(items_of_resource(made.id)).all()) == len(asked)


def test_a_question_of_another_program_is_corrected_without_losing_what_lines_do_not_say(
    app: Flask, desk: Desk
) -> None:
    gift = """::一:: 负数是哪个？ { =-2 ~3 #它大于 0。 }

::二:: 配对 { =甲 -> 一 =乙 -> 二 }

::三:: 这里少了括号 { =1 ~2
"""
    address = desk.send(file=(gift.encode(), "题库.gift"))
    page = desk.page(address)
    assert "A. -2\nB. 3\n答案：A" in page
    assert "changed in the editor, once it is taken" in page
    assert desk.post(f"{address}/questions/2", data={"source": "2. 甲", "reading": 1}).status_code == 422

    lines = "1. 下列各数中，负数是哪个？\nA. -2\nB. 3\nC. 0\n答案：A"
    desk.post(f"{address}/questions/1", data={"source": lines, "reading": 1})
    last = "3. 1+1 等于几？\nA. 1\nB. 2\n答案：B"
    desk.post(f"{address}/questions/3", data={"source": last, "reading": 2})

    with app.app_context():
        first, pairs, third = (row.record for row in desk.rows())
    assert first
    assert first["prompt"] == "下列各数中，负数是哪个？"
    assert len(first["interaction"]["choices"]) == 3
    assert [one["feedback"] for one in first["misconceptions"]] == ["它大于 0。"]
    assert pairs
    assert third
    assert third["prompt"] == "1+1 等于几？"


def test_a_paper_that_left_here_comes_back_whole_and_is_corrected_without_losing_anything(
    app: Flask, desk: Desk
) -> None:
    records, stimuli = question_corpus(48)
    plain = {"kind": "choice", "prompt": "负数是哪个？", "hints": ["看符号。", "小于 0。"], "difficulty": 0.2}
    choices = [{"id": "A", "text": "-2"}, {"id": "B", "text": "3"}]
    first = ItemRecord.model_validate(
        plain | {"identifier": "urn:test:first", "interaction": {"choices": choices}, "correct": ["A"]}
    )
    address = desk.send(file=(write_paper([first, *records], stimuli, "单元测试"), "试卷.docx"))
    assert "What this platform wrote" in desk.page(address)
    lines = "1. 下列各数中，负数是哪个？\nA. -2\nB. 3\n答案：A"
    desk.post(f"{address}/questions/1", data={"source": lines, "reading": 1})
    with app.app_context():
        found = [record_of(row.record or {}, identifier="any").parts() for row in desk.rows()]
    corrected = first.model_copy(update={"prompt": "下列各数中，负数是哪个？"})
    assert found == [one.parts() for one in (corrected, *records)]


def test_what_was_edited_since_is_not_lost_by_an_undo(app: Flask, desk: Desk) -> None:
    address = desk.send(PAPER)
    desk.post(f"{address}/take", data={"draft_id": 0, "title": "一套"})
    with app.app_context(), transaction():
        first = db.session.scalars(select(ItemVersion).order_by(ItemVersion.id).limit(1)).one()
        first.number = 2

    assert desk.post(f"{address}/undo").status_code == 409
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Item)) == 2
