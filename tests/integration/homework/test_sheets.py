"""Answer sheets: a page for each pupil with name, seat and code; blank ones; the same as PDF."""

import pypdfium2
from flask import Flask
from pypdfium2 import raw

from core.database import db, transaction
from library.items.models import ItemKind
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_version
from tests.statements import statements_of

LONG_NAME = "买买提·阿卜杜热合曼·努尔买买提·阿不都克里木"


def made(app: Flask, pupils: int = 2) -> tuple[int, object]:
    """Work with a question of every kind; its id and its teacher."""
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher = make_teacher(school_class)
            work = make_assignment(teacher, school_class, kinds=list(ItemKind))
            for number in range(pupils):
                make_student(school_class, f"学生{number}" if number else LONG_NAME)
            work_id = work.id
        db.session.refresh(teacher)
    return work_id, teacher


def test_each_pupil_has_a_sheet_with_name_and_code(app: Flask, sign_in_as: SignInAs) -> None:
    work, teacher = made(app)
    page = sign_in_as(teacher).get(f"/assignments/{work}/sheets").get_data(as_text=True)
    assert page.count('<article class="sheet"') == 2
    assert LONG_NAME in page
    assert page.count('class="qr"') == 2


def test_a_blank_sheet_names_nobody(app: Flask, sign_in_as: SignInAs) -> None:
    work, teacher = made(app)
    page = sign_in_as(teacher).get(f"/assignments/{work}/sheets?names=0").get_data(as_text=True)
    assert page.count('<article class="sheet"') == 1
    assert "学生1" not in page


def test_the_questions_are_printed_if_they_are_wanted(app: Flask, sign_in_as: SignInAs) -> None:
    work, teacher = made(app)
    browser = sign_in_as(teacher)
    assert "sheet-text" not in browser.get(f"/assignments/{work}/sheets").get_data(as_text=True)
    assert "sheet-text" in browser.get(f"/assignments/{work}/sheets?texts=1").get_data(as_text=True)


def test_what_is_to_choose_from_and_to_match_is_printed_with_the_questions(
    app: Flask, sign_in_as: SignInAs
) -> None:
    words = [[{"id": "A", "text": "增大"}, {"id": "B", "text": "减小"}]]
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, _pupil = make_teacher(school_class), make_student(school_class)
            chosen = make_version(
                ItemKind.INLINE_CHOICE,
                prompt="它随之[[1]]。",
                interaction={"own": words},
                correct={"chosen": ["A"]},
            )
            work = make_assignment(teacher, school_class, versions=[chosen, make_version(ItemKind.MATCH)])
            address = f"/assignments/{work.id}/sheets?texts=1"
        db.session.refresh(teacher)
    page = sign_in_as(teacher).get(address).get_data(as_text=True)
    assert [one for one in ("A. 增大", "B. 减小", "1. 李白", "A. 诗圣") if one not in page] == []


def test_the_pdf_has_a_page_for_each_pupil_and_nobodys_name_in_what_it_says_of_itself(
    app: Flask, sign_in_as: SignInAs
) -> None:
    work, teacher = made(app)
    answer = sign_in_as(teacher).get(f"/assignments/{work}/sheets.pdf")
    document = pypdfium2.PdfDocument(answer.data)
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert LONG_NAME in pages[0]
    assert sum("学生1" in page for page in pages) * 2 == len(pages)
    assert "学生" not in str(document.get_metadata_dict()).replace("答题卡", "")


def test_a_picture_to_mark_places_in_is_printed_from_the_page_and_in_the_pdf(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, _pupil = make_teacher(school_class), make_student(school_class)
            lost = [{"name": "map", "asset": 0, "alt": "世界地图", "width": 800, "height": 600}]
            kinds = make_version(ItemKind.HOTSPOT), make_version(ItemKind.HOTSPOT, pictures=lost)
            work = make_assignment(teacher, school_class, versions=kinds)
            address = f"/assignments/{work.id}/sheets"
        db.session.refresh(teacher)
    browser = sign_in_as(teacher)
    page = browser.get(address).get_data(as_text=True)
    assert 'alt="中国地图"' in page
    assert "请在图中用“×”标出 2 处。" in page
    [paper] = pypdfium2.PdfDocument(browser.get(f"{address}.pdf").data)
    assert len(list(paper.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))) == 1
    assert "".join(paper.get_textpage().get_text_range().split()).count("标出2处") == 2


def test_more_pupils_cost_no_more_statements(app: Flask, sign_in_as: SignInAs) -> None:
    def asked(pupils: int) -> int:
        work, teacher = made(app, pupils)
        browser = sign_in_as(teacher)
        place = f"/assignments/{work}/sheets?texts=1"
        browser.get(place)
        with statements_of(app) as statements:
            assert browser.get(place).status_code == 200
        return len(statements)

    assert asked(2) == asked(12)
