"""The page of a resource, of each kind and for each role."""

import pytest
from flask import Flask

from core.database import db, transaction
from library.items.models import ItemKind
from library.resources.models import ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_guardian, make_school, make_student, make_teacher
from tests.factories.library import make_item, make_point, make_resource
from tests.statements import statements_of

MOST_STATEMENTS = 9
SHEET = "班级____\n\n**1.** 解方程 $2x+1=5$。\n\n---\n\n## 参考答案\n\n1. 先移项,得 $x=2$。"


@pytest.fixture
def pupil(app: Flask, sign_in_as: SignInAs) -> Browser:
    with app.app_context():
        with transaction():
            hat = make_student()
        db.session.refresh(hat)
    return sign_in_as(hat)


@pytest.fixture
def teacher(app: Flask, sign_in_as: SignInAs) -> Browser:
    with app.app_context():
        with transaction():
            hat = make_teacher()
        db.session.refresh(hat)
    return sign_in_as(hat)


def make(app: Flask, **columns: object) -> int:
    with app.app_context(), transaction():
        return make_resource(**columns).id  # type: ignore[arg-type] # the factory's own arguments


def make_worksheet(app: Flask) -> int:
    with app.app_context(), transaction():
        return make_resource(kind=ResourceKind.WORKSHEET, body=SHEET, items=[make_item()]).id


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", list(ResourceKind))
def test_every_kind_has_a_page(app: Flask, pupil: Browser, kind: ResourceKind) -> None:
    resource_id = make(
        app, title="分数的意义", kind=kind, author="林老师", source="示范库", licence="CC BY 4.0"
    )

    text = page(pupil, f"/library/{resource_id}")

    for fact in ("分数的意义", "林老师", "示范库", "CC BY 4.0", "七年级", "数学"):
        assert fact in text


def test_a_reading_shows_its_text_and_asks_afterwards(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        resource_id = make_resource(body="# 它说的是什么\n\n设 $x_1=2$。", items=[make_item()]).id

    text = page(pupil, f"/library/{resource_id}")

    assert "<h2>它说的是什么</h2>" in text
    assert '<span data-math="">$x_1=2$</span>' in text
    assert f"/practice/{resource_id}" in text


def test_a_worksheet_keeps_its_key_from_pupils(app: Flask, pupil: Browser) -> None:
    resource_id = make_worksheet(app)

    assert "先移项" not in page(pupil, f"/library/{resource_id}")
    assert pupil.get(f"/library/{resource_id}/key").status_code == 403


def test_a_teacher_finds_the_answers_on_a_page_of_their_own(app: Flask, teacher: Browser) -> None:
    resource_id = make_worksheet(app)

    text = page(teacher, f"/library/{resource_id}")

    assert "先移项" not in text
    assert f"/library/{resource_id}/key" in text
    assert f"/assignments/new?resource={resource_id}" in text
    assert "移项得 $2x=4$" in page(teacher, f"/library/{resource_id}/key")


def test_a_key_without_questions_is_the_one_of_the_text(app: Flask, teacher: Browser) -> None:
    resource_id = make(app, kind=ResourceKind.WORKSHEET, body=SHEET)

    assert "先移项" in page(teacher, f"/library/{resource_id}/key")


def test_a_worksheet_without_text_prints_its_questions(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        asked = [make_item(kind) for kind in ItemKind]
        resource_id = make_resource(kind=ResourceKind.WORKSHEET, items=asked).id

    text = page(pupil, f"/library/{resource_id}")

    assert text.count('<li class="printed">') == len(ItemKind)
    assert "移项得" not in text


def test_a_practice_leads_to_its_questions_without_their_keys(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        resource_id = make_resource(
            kind=ResourceKind.PRACTICE, items=[make_item()], minutes=3.0, difficulty=0.5
        ).id

    text = page(pupil, f"/library/{resource_id}")

    assert f'href="/practice/{resource_id}"' in text
    assert "解方程" in text
    assert "移项得" not in text


def test_who_does_not_answer_gets_no_button_to_answer(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            hat = make_guardian(make_student())
            resource_id = make_resource(kind=ResourceKind.PRACTICE, items=[make_item()]).id
        db.session.refresh(hat)

    assert "/practice/" not in page(sign_in_as(hat), f"/library/{resource_id}")


def test_a_link_opens_without_telling_whence(app: Flask, pupil: Browser) -> None:
    resource_id = make(app, kind=ResourceKind.LINK, url="https://example.org/a")

    text = page(pupil, f"/library/{resource_id}")

    assert 'href="https://example.org/a"' in text
    assert 'rel="noopener noreferrer"' in text


def test_resources_on_the_same_points_stand_beside_it(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        point, other = make_point("分数"), make_point("小数")
        resource_id = make_resource(points=[point]).id
        make_resource("分数练习", kind=ResourceKind.PRACTICE, points=[point])
        make_resource("分数草稿", points=[point], review_state=ReviewState.DRAFT)
        make_resource("小数练习", kind=ResourceKind.PRACTICE, points=[other])

    text = page(pupil, f"/library/{resource_id}")

    assert "分数练习" in text
    assert "分数草稿" not in text
    assert "小数练习" not in text


def test_what_may_not_be_seen_is_not_there(app: Flask, pupil: Browser) -> None:
    with app.app_context(), transaction():
        hidden = [
            make_resource(review_state=ReviewState.DRAFT).id,
            make_resource(review_state=ReviewState.WITHDRAWN).id,
            make_resource(tier=Tier.SCHOOL, organisation=make_school()).id,
        ]

    for resource_id in [*hidden, 999_999]:
        assert pupil.get(f"/library/{resource_id}").status_code == 404


@pytest.mark.parametrize("questions", [1, 12])
def test_the_page_asks_the_database_the_same_whatever_it_shows(
    app: Flask, pupil: Browser, questions: int
) -> None:
    with app.app_context(), transaction():
        point = make_point()
        resource_id = make_resource(
            kind=ResourceKind.WORKSHEET, points=[point], items=[make_item() for _ in range(questions)]
        ).id
        for _ in range(questions):
            make_resource(points=[point])
    pupil.get(f"/library/{resource_id}")

    with statements_of(app) as sent:
        pupil.get(f"/library/{resource_id}")

    assert len(sent) <= MOST_STATEMENTS
