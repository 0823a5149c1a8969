"""Browsing by textbook and by knowledge point, and a resource as the API gives it."""

import pytest
from flask import Flask

from core.database import db, transaction
from library.curriculum.models import Prerequisite
from library.items.models import ItemKind
from library.resources.models import ResourceKind, ReviewState
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_student
from tests.factories.library import make_item, make_point, make_resource, make_subject, make_unit
from tests.statements import statements_of

MOST_STATEMENTS = 10


@pytest.fixture
def pupil(app: Flask, sign_in_as: SignInAs) -> Browser:
    with app.app_context():
        with transaction():
            hat = make_student()
        db.session.refresh(hat)
    return sign_in_as(hat)


def test_a_library_without_a_curriculum_says_so(pupil: Browser) -> None:
    assert pupil.get("/library/textbooks").status_code == 200


def test_the_book_of_one_s_own_grade_stands_open(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        make_unit([make_point("比例", grade=6)], grade=6)
        make_unit([make_point("有理数")])

    page = pupil.get("/library/textbooks").get_data(as_text=True)

    assert "人教版" in page
    assert "第三章" in page


def test_another_subject_s_book_can_be_chosen(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        english = make_subject("english", "英语", "English")
        make_unit([make_point("有理数")])
        make_unit([make_point("一般过去时", subject=english)], subject=english)

    page = pupil.get("/library/textbooks?subject=english&volume=nonsense").get_data(as_text=True)

    assert "一般过去时" in page
    assert "有理数" not in page


def test_a_point_tells_what_it_needs_where_it_leads_and_what_teaches_it(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        before = make_point("等式的性质")
        point = make_point("一元一次方程", requires=[before])
        make_point("二元一次方程组", requires=[point])
        make_point("一次函数")
        make_unit([point])
        make_resource("解方程练习", kind=ResourceKind.PRACTICE, points=[point])
        make_resource("读一读方程", points=[point])
        make_resource("没写完的方程", points=[point], review_state=ReviewState.DRAFT)
        point_id = point.id

    page = pupil.get(f"/library/points/{point_id}").get_data(as_text=True)

    for text in ("等式的性质", "二元一次方程组", "第三章", "解方程练习"):
        assert text in page
    for text in ("一次函数", "没写完的方程", "读一读方程"):
        assert text not in page
    assert "读一读方程" in pupil.get(f"/library/points/{point_id}?kind=reading").get_data(as_text=True)
    assert pupil.get("/library/points/999999").status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_a_point_s_page_asks_the_same_for_one_resource_and_for_many(
    app: Flask, pupil: Browser, count: int
) -> None:
    with app.app_context(), transaction():
        point = make_point()
        make_unit([point])
        for _ in range(count):
            make_resource(points=[point])
        point_id = point.id
    pupil.get(f"/library/points/{point_id}")

    with statements_of(app) as sent:
        pupil.get(f"/library/points/{point_id}")

    assert len(sent) <= MOST_STATEMENTS


def test_the_api_gives_text_and_questions_without_keys(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        point = make_point("一元一次方程")
        resource_id = make_resource(
            "练习单",
            kind=ResourceKind.WORKSHEET,
            body="**1.** 解方程。\n\n## 参考答案\n\n1. $x=2$",
            points=[point],
            items=[make_item(kind) for kind in ItemKind],
        ).id

    answer = pupil.get(f"/api/v1/library/resources/{resource_id}")

    given = answer.get_json()
    assert answer.status_code == 200
    assert given["title"] == "练习单"
    assert given["subject"] == "mathematics"
    assert given["text"] == "**1.** 解方程。"
    assert [one["name"] for one in given["knowledge_points"]] == ["一元一次方程"]
    assert len(given["questions"]) == len(ItemKind)
    for secret in ("x=2$,", "correct", "explanation", "移项得", "misconceptions"):
        assert secret not in answer.get_data(as_text=True)


def test_the_api_knows_no_hidden_resources(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        resource_id = make_resource(review_state=ReviewState.DRAFT).id

    answer = pupil.get(f"/api/v1/library/resources/{resource_id}")

    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "not_found"


def test_a_book_tells_how_much_belongs_to_each_unit_and_leads_there(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        unit = make_unit([make_point("有理数")])
        unit_id, volume_id = unit.id, unit.volume_id
        make_resource("有理数练习", kind=ResourceKind.PRACTICE, unit_id=unit_id)
        for number in range(2):
            make_resource(f"读一读有理数 {number}", unit_id=unit_id, volume_id=volume_id)
        make_resource("没写完的", unit_id=unit_id, review_state=ReviewState.DRAFT)
        make_resource("别处的")

    book = pupil.get("/library/textbooks").get_data(as_text=True)
    assert f'href="/library/units/{unit_id}?kind=practice"' in book
    practice = pupil.get(f"/library/units/{unit_id}").get_data(as_text=True)
    assert "有理数练习" in practice
    readings = pupil.get(f"/library/units/{unit_id}?kind=reading").get_data(as_text=True)
    assert "读一读有理数 1" in readings
    for text in ("没写完的", "别处的", "有理数练习"):
        assert text not in readings
    assert pupil.get("/library/units/999999").status_code == 404


@pytest.mark.parametrize("count", [10, 100])
def test_a_book_asks_the_same_for_few_units_and_many_resources(
    app: Flask, pupil: Browser, count: int
) -> None:
    with app.app_context(), transaction():
        unit = make_unit([make_point(f"点 {number}") for number in range(count)])
        for number in range(count):
            make_resource(f"第 {number} 篇", unit_id=unit.id)
        unit_id = unit.id
    for address in ("/library/textbooks", f"/library/units/{unit_id}"):
        with statements_of(app) as sent:
            pupil.get(address)
        assert len(sent) <= MOST_STATEMENTS


def test_the_way_to_a_point_is_shown_step_by_step(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        first = make_point("数的认识", grade=1)
        second = make_point("加法", grade=1, requires=[first])
        third = make_point("乘法", grade=2, requires=[second, first])
        point = make_point("面积", grade=3, requires=[third])
        make_point("体积", grade=5, requires=[point])
        far = make_point("数数", grade=1)
        db.session.add(Prerequisite(point_id=first.id, requires_id=far.id))
        point_id = point.id

    page = pupil.get(f"/library/points/{point_id}").get_data(as_text=True)
    way = page[page.index('class="way"') :]

    places = [way.index(text) for text in ("数的认识", "加法", "乘法", "面积", "体积")]
    assert places == sorted(places)
    assert "数数" not in way
