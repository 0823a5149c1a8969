from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from library.search import services as search
from library.search.current import engine
from library.wanted import services
from library.wanted.models import Wanted
from library.wanted.tasks import forget_wishes
from tests.conftest import SignInAs
from tests.factories.accounts import make_student, make_teacher
from tests.factories.library import MADE_AT, make_resource, make_wanted
from tests.statements import statements_of

MakeHat = Callable[..., Hat]
MOST_QUERIES = 6


@pytest.fixture
def library(app: Flask) -> None:
    """One public reading about fractions."""
    with app.app_context():
        with transaction():
            make_resource(title="分数的意义")
        search.rebuild_index(engine(), lambda _done, _total: None)


def hat_of(app: Flask, make: MakeHat) -> Hat:
    with app.app_context():
        with transaction():
            hat = make()
        db.session.refresh(hat)
        return hat


@pytest.fixture
def student(app: Flask) -> Hat:
    return hat_of(app, make_student)


@pytest.fixture
def teacher(app: Flask) -> Hat:
    return hat_of(app, make_teacher)


def wishes(app: Flask) -> list[tuple[str, str, int, int]]:
    with app.app_context():
        rows = db.session.scalars(select(Wanted).order_by(Wanted.id))
        return [(one.text, one.subject_code, one.grade, one.count) for one in rows]


def test_what_finds_nothing_is_told_by_the_page_and_counted(
    library: None, app: Flask, student: Hat, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(student)
    page = client.get("/library?q=量子糾纏 高一 数学")
    assert 'data-vain-to="/library/wanted"' in page.text
    assert wishes(app) == []
    for query in ("量子糾纏 高一 数学", "量子纠缠 高一 数学"):
        assert client.post("/library/wanted", json={"q": query}).status_code == 204
    assert wishes(app) == [("量子纠缠", "mathematics", 10, 2)]


def test_what_finds_something_is_not_counted_whatever_is_sent(
    library: None, app: Flask, student: Hat, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(student)
    assert "data-vain" not in client.get("/library?q=分数").text
    client.post("/library/wanted", json={"q": "分数"})
    client.post("/library/wanted", json={"q": "***"})
    assert wishes(app) == []


@pytest.mark.parametrize(
    "query",
    [
        "我的电话 13800138000",
        "110101 2010 0101 1234",
        "someone@example.org",
        "陈小雨是谁",
        "量" * 61,
        "密码是量子",
        "加我微信 quantum",
    ],
)
def test_what_looks_like_data_about_a_person_is_not_kept(
    library: None, app: Flask, student: Hat, sign_in_as: SignInAs, query: str
) -> None:
    assert sign_in_as(student).post("/library/wanted", json={"q": query}).status_code == 204
    assert wishes(app) == []


@pytest.mark.parametrize("sent", [{"json": ["q"]}, {"json": {"q": 1}}, {"data": "q=1"}])
def test_what_is_no_search_is_refused(
    library: None, student: Hat, sign_in_as: SignInAs, sent: dict[str, object]
) -> None:
    assert sign_in_as(student).post("/library/wanted", **sent).status_code == 422


def test_a_teacher_sees_the_list_and_writes_with_what_was_asked(
    library: None, app: Flask, teacher: Hat, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        make_wanted("量子纠缠", subject_code="mathematics", grade=9, count=3)
        make_wanted("相对论", count=5)
    client = sign_in_as(teacher)
    page = client.get("/library/wanted").text
    assert page.index("相对论") < page.index("量子纠缠")
    form = client.get("/library/ours/new?title=量子纠缠&subject=mathematics&grade=9").text
    assert 'value="量子纠缠"' in form
    assert '<option selected value="9">' in form


def test_a_wish_is_dismissed_and_brought_back(
    library: None, app: Flask, teacher: Hat, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        wanted_id = make_wanted("量子纠缠").id
    client = sign_in_as(teacher)
    client.post(f"/library/wanted/{wanted_id}/dismiss")
    assert "量子纠缠" not in client.get("/library/wanted").text
    assert "量子纠缠" in client.get("/library/wanted?dismissed=1").text
    client.post(f"/library/wanted/{wanted_id}/bring-back")
    assert "量子纠缠" in client.get("/library/wanted").text


def test_a_pupil_does_not_see_the_list(student: Hat, sign_in_as: SignInAs) -> None:
    assert sign_in_as(student).get("/library/wanted").status_code == 403


def test_pages_of_wishes_follow_each_other_at_the_same_cost(
    app: Flask, teacher: Hat, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(teacher)
    costs = []
    for size in (10, 90):
        with app.app_context(), transaction():
            for number in range(size):
                make_wanted(f"相对论 {size} {number}", count=1 + number % 3)
        with statements_of(app) as statements:
            page = client.get("/library/wanted").text
        costs.append(len(statements))
    assert costs[0] == costs[1] <= MOST_QUERIES
    seen: set[str] = set()
    while True:
        rows = page.split('class="row-title">')[1:]
        seen |= {row[: row.index("<")] for row in rows}
        if 'rel="next"' not in page:
            break
        page = client.get(page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).text
    assert len(seen) == 100


def test_what_nobody_looked_for_in_a_year_is_forgotten(app: Flask) -> None:
    with app.app_context():
        with transaction():
            make_wanted("很久以前")
            recent = make_wanted("最近")
            recent.last_asked_at = MADE_AT + timedelta(days=300)
        with transaction():
            services.forget(now=MADE_AT + timedelta(days=400))
        forget_wishes()
    assert [text for text, *_ in wishes(app)] == ["最近"]
