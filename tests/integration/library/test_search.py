import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from accounts.people.models import Hat
from core.database import db, publish, transaction
from core.jobs.services import run_waiting
from library.resources.events import ResourcesChanged
from library.resources.models import ResourceKind, Tier
from library.search import services
from library.search.current import engine
from tests.conftest import SignInAs
from tests.factories.accounts import make_school, make_student
from tests.factories.library import make_resource
from tests.statements import statements_of


@pytest.fixture
def student(app: Flask) -> Hat:
    with app.app_context():
        with transaction():
            hat = make_student()
        db.session.refresh(hat)
        return hat


MOST_QUERIES = 12
Fill = Callable[..., None]


@pytest.fixture
def fill(app: Flask) -> Fill:
    """Put resources into the library and make its index."""

    def make(*resources: dict[str, Any]) -> None:
        with app.app_context():
            with transaction():
                for columns in resources:
                    make_resource(**columns)
            services.rebuild_index(engine(), lambda _done, _total: None)

    return make


def test_a_word_finds_its_resource_and_is_marked(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill({"title": "同分母分数加法"}, {"title": "二元一次方程组"})
    page = sign_in_as(student).get("/library?q=分数").text
    assert "<mark>分数</mark>" in page
    assert "二元一次方程组" not in page


def test_words_that_name_a_kind_become_a_filter_that_can_be_taken_off(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill(
        {"title": "分数的初步认识", "kind": ResourceKind.MICRO_LESSON},
        {"title": "分数练习", "kind": ResourceKind.READING},
    )
    client = sign_in_as(student)
    answer = client.get("/api/v1/library/resources?q=分数 视频").get_json()
    assert [item["type"] for item in answer["items"]] == ["micro_lesson"]
    assert answer["facets"]["type"] == {"micro_lesson": 1, "reading": 1}
    assert 'href="/library?q=%E5%88%86%E6%95%B0"' in client.get("/library?q=分数 视频").text


def test_another_schools_resources_are_not_found(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            other = make_school()
        db.session.refresh(other)
    fill(
        {"title": "分数 本校", "tier": Tier.SCHOOL, "organisation": student.organisation},
        {"title": "分数 外校", "tier": Tier.SCHOOL, "organisation": other},
    )
    found = sign_in_as(student).get("/api/v1/library/resources?q=分数").get_json()
    assert [item["title"] for item in found["items"]] == ["分数 本校"]


def test_without_an_index_the_database_answers(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    fill({"title": "分数加法"}, {"title": "方程"})
    shutil.rmtree(Path(app.config["DATA_DIR"]) / "search")
    client = sign_in_as(student)
    assert "<mark>分数</mark>加法" in client.get("/library?q=分数").text
    assert client.get("/api/v1/library/resources?q=分数").get_json()["total"] == 1


def test_a_worksheets_key_is_not_found_by_searching(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    body = "## 题目\n\n三角形内角和是多少？\n\n## 参考答案\n\n一百八十度"
    fill({"title": "练习单", "kind": ResourceKind.WORKSHEET, "body": body})
    client = sign_in_as(student)
    assert client.get("/api/v1/library/resources?q=三角形").get_json()["total"] == 1
    assert client.get("/api/v1/library/resources?q=一百八十").get_json()["total"] == 0


def test_pages_follow_each_other_by_their_cursor(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill(*({"title": f"分数 {number}"} for number in range(45)))
    client = sign_in_as(student)
    seen: list[int] = []
    cursor = ""
    while cursor is not None:
        answer = client.get(f"/api/v1/library/resources?q=分数&cursor={cursor}").get_json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize(
    "query", ["q=" + "分" * 10_001, "cursor=!!!", "grade=99", "subject=nothing", "q=%22", "q=*", "type=song"]
)
def test_an_odd_query_gets_a_clear_answer(student: Hat, fill: Fill, sign_in_as: SignInAs, query: str) -> None:
    fill()
    client = sign_in_as(student)
    assert client.get(f"/library?{query}").status_code in {200, 422}
    assert client.get(f"/api/v1/library/resources?{query}").status_code in {200, 422}


def test_an_empty_value_asks_for_nothing(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    """As forms send it, and as the address is promised to outside clients."""
    fill({"title": "分数加法"}, {"title": "方程"})
    client = sign_in_as(student)
    for query in ("q=&subject=&grade=&type=&cursor=", "q=&subject=&grade=&type=&cursor=&language=&sort="):
        answer = client.get(f"/api/v1/library/resources?{query}")
        assert answer.status_code == 200
        assert answer.get_json()["total"] == client.get("/api/v1/library/resources").get_json()["total"] == 2
    wrong = client.get("/api/v1/library/resources?q=&grade=99")
    assert (wrong.status_code, wrong.get_json()["error"]["code"]) == (422, "invalid")


def test_a_changed_resource_is_found_after_its_job(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    fill()
    with app.app_context():
        with transaction():
            publish(ResourcesChanged((make_resource(title="全等三角形").id,)))
        run_waiting()
    assert sign_in_as(student).get("/api/v1/library/resources?q=全等").get_json()["total"] == 1


def test_a_page_costs_the_same_queries_for_ten_results_and_for_a_thousand(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(student)
    costs = []
    for size in (10, 1_000):
        fill(*({"title": f"分数 {number}"} for number in range(size)))
        with statements_of(app) as statements:
            client.get("/library?q=分数")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= MOST_QUERIES
