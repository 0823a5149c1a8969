import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string

from accounts.people.models import Hat
from core.database import db, publish, transaction
from core.jobs.services import run_waiting
from library.curriculum.models import TextbookEdition, Volume
from library.resources.events import ResourcesChanged
from library.resources.models import EndUser, ResourceKind, ResourceUse, ReviewState, Tier
from library.search import services
from library.search.current import engine
from library.search.tasks import check_index
from library.search.whoosh_engine import WhooshEngine
from tests.conftest import SignInAs
from tests.factories.accounts import make_school, make_student
from tests.factories.library import MADE_AT, make_resource, make_unit
from tests.search_harm import harm_index
from tests.statements import statements_of


@pytest.fixture
def student(app: Flask) -> Hat:
    with app.app_context():
        with transaction():
            hat = make_student()
        db.session.refresh(hat)
        return hat


MOST_QUERIES = 8
Fill = Callable[..., None]


@pytest.fixture
def search_folder(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the embedded engine, which is used also where the database is PostgreSQL."""
    folder = Path(app.config["DATA_DIR"]) / "search"
    monkeypatch.setitem(app.extensions, "weike.search", WhooshEngine(folder))
    return folder


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


def test_a_phrase_stands_in_one_piece(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill(
        {"title": "一元一次方程的应用"},
        {"title": "方程:一元的和一次的"},
        {"title": "练习", "body": "先复习一元一次方程,再做题。"},
    )
    found = sign_in_as(student).get('/api/v1/library/resources?q="一元一次方程"').get_json()
    assert {item["title"] for item in found["items"]} == {"一元一次方程的应用", "练习"}


def test_what_is_not_wanted_is_left_out(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill({"title": "分数加法"}, {"title": "分数乘法"})
    client = sign_in_as(student)
    for query in ("分数 -加法", "分数 NOT 加法", '分数 -"加法"'):
        found = client.get("/api/v1/library/resources", query_string={"q": query}).get_json()
        assert [item["title"] for item in found["items"]] == ["分数乘法"]


def test_pinyin_finds_the_word_and_says_so(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill({"title": "分数的初步认识"})
    client = sign_in_as(student)
    assert client.get("/api/v1/library/resources?q=fenshu").get_json()["mended"] == {"fenshu": ["分数"]}
    assert "<mark>分数</mark>" in client.get("/library?q=fenshu").text


def test_what_people_call_otherwise_is_found_and_marked(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill({"title": "折扣的意义"}, {"title": "分数"})
    page = sign_in_as(student).get("/library?q=打折").text
    assert "<mark>折扣</mark>" in page
    assert "分数" not in page.split('class="search-results"')[1].split('class="search-facets"')[0]


def test_a_snippet_of_the_body_shows_why_it_matched_and_is_escaped(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill({"title": "课文", "body": "<script>alert(1)</script> 这里讲光合作用。"})
    page = sign_in_as(student).get("/library?q=光合作用").text
    assert "<mark>光合作用</mark>" in page
    assert "<script>alert" not in page


def test_a_worksheets_key_is_not_shown_as_a_snippet(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    body = "## 题目\n\n三角形内角和是多少?\n\n## 参考答案\n\n一百八十度"
    fill({"title": "三角形", "kind": ResourceKind.WORKSHEET, "body": body})
    assert "一百八十" not in sign_in_as(student).get("/library?q=三角形").text


def test_most_used_is_told_by_the_pupils_own_grade(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        for title, grade in (("分数甲", 7), ("分数乙", 3)):
            resource = make_resource(title=title)
            db.session.add(
                ResourceUse(resource_id=resource.id, grade=grade, people=grade, counted_at=MADE_AT)
            )
    fill()
    found = sign_in_as(student).get("/api/v1/library/resources?q=分数&sort=most_used").get_json()
    assert [item["title"] for item in found["items"]] == ["分数甲", "分数乙"]


def test_an_edition_is_a_facet_and_a_word(student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        unit = make_unit()
        volume = db.session.get_one(Volume, unit.volume_id)
        make_resource(title="分数甲", unit_id=unit.id, volume_id=volume.id, edition_id=volume.edition_id)
        code = db.session.get_one(TextbookEdition, volume.edition_id).code
    fill({"title": "分数乙"})
    client = sign_in_as(student)
    for query in ("分数 人教版", "分数 上册"):
        found = client.get("/api/v1/library/resources", query_string={"q": query}).get_json()
        assert [item["title"] for item in found["items"]] == ["分数甲"]
    found = client.get(f"/api/v1/library/resources?q=分数&edition={code}").get_json()
    assert found["facets"]["edition"] == {code: 1}
    assert "人教版" in client.get("/library?q=分数").text


def test_another_schools_words_are_not_suggested(
    student: Hat, fill: Fill, app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            other = make_school()
        db.session.refresh(other)
    fill(
        {"title": "分数", "tier": Tier.PUBLIC},
        {"title": "分娩 分校", "tier": Tier.SCHOOL, "organisation": other},
        {"title": "分子", "review_state": ReviewState.DRAFT},
    )
    assert sign_in_as(student).get("/library/suggestions?q=分").get_json() == ["分数"]


def test_the_end_of_what_is_typed_is_completed(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill({"title": "函数图像"})
    client = sign_in_as(student)
    assert client.get("/library/suggestions?q=七年级 hans").get_json() == ["七年级 函数"]
    assert client.get("/library/suggestions?q=").get_json() == []


def test_where_nothing_is_found_something_near_is_offered(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill({"title": "分数的意义"})
    page = sign_in_as(student).get("/library?q=分数 高中").text
    assert "没有找到资源" in page
    assert 'href="/library?q=%E5%88%86%E6%95%B0"' in page


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
    student: Hat, fill: Fill, search_folder: Path, sign_in_as: SignInAs
) -> None:
    fill({"title": "分数加法"}, {"title": "方程"})
    shutil.rmtree(search_folder)
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
    "query",
    [
        *("q=" + "分" * 10_001, "q=" + "分数 " * 3_000, "q=" + '"分数" ' * 900, "q=" + "-a " * 900),
        *("cursor=!!!", "grade=99", "grade=" + "9" * 400, "subject=nothing", "type=song", "edition=none"),
        *("q=%22", "q=*", "q=%00%07", "q=-", "q=NOT", "q=%22%22", "half=9", "level=x", "stage=kindergarten"),
    ],
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


def test_signs_alone_find_nothing_and_are_told_so(student: Hat, fill: Fill, sign_in_as: SignInAs) -> None:
    fill({"title": "分数"})
    client = sign_in_as(student)
    assert "搜索内容里没有文字" in client.get("/library?q=***").text
    assert client.get("/api/v1/library/resources?q=***").get_json()["total"] == 0


def test_a_very_long_search_says_that_its_beginning_was_read(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill({"title": "分数"})
    assert "搜索内容太长" in sign_in_as(student).get("/library?q=" + "分数" * 400).text


@pytest.mark.parametrize("harm", ["delete", "cut", "flip", "no manifest", "foreign"])
def test_a_damaged_index_is_answered_from_the_database_and_made_anew_by_itself(
    student: Hat, fill: Fill, app: Flask, search_folder: Path, sign_in_as: SignInAs, harm: str
) -> None:
    fill({"title": "分数加法"}, {"title": "方程"})
    harm_index(search_folder, harm)
    app.extensions["weike.search"].forget()
    client = sign_in_as(student)
    page = client.get("/library?q=分数")
    assert (page.status_code, "<mark>分数</mark>加法" in page.text) == (200, True)
    assert client.get("/library/suggestions?q=分").get_json() == []
    with app.app_context():
        check_index()
    assert client.get("/library/suggestions?q=分").get_json() == ["分数"]


def test_an_index_that_is_whole_is_not_made_anew(fill: Fill, app: Flask, search_folder: Path) -> None:
    fill({"title": "分数加法"})
    before = sorted(search_folder.glob("*/*"))
    with app.app_context():
        check_index()
    assert sorted(search_folder.glob("*/*")) == before


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
        # Once after a rebuild the words that can be suggested are read.
        client.get("/library?q=分数")
        with statements_of(app) as statements:
            client.get("/library?q=分数")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_what_is_for_teachers_and_what_has_captions_can_be_asked_for(
    student: Hat, fill: Fill, sign_in_as: SignInAs
) -> None:
    fill(
        {"title": "分数讲课", "accessibility": ["captions", "transcript"]},
        {"title": "分数教案", "end_user": EndUser.TEACHER, "accessibility": ["captions"]},
        {"title": "分数练习"},
    )
    client = sign_in_as(student)
    answer = client.get("/api/v1/library/resources?q=分数").get_json()
    assert answer["facets"]["audience"] == {"learner": 2, "teacher": 1}
    assert answer["facets"]["accessibility"] == {"captions": 2, "transcript": 1}
    for asked, titles in (
        ("audience=teacher", {"分数教案"}),
        ("accessibility=captions", {"分数讲课", "分数教案"}),
        ("accessibility=captions&audience=learner", {"分数讲课"}),
        ("accessibility=signLanguage", set()),
    ):
        found = client.get(f"/api/v1/library/resources?q=分数&{asked}").get_json()
        assert {item["title"] for item in found["items"]} == titles
    page = client.get("/library?q=分数&accessibility=captions").text
    assert "字幕" in page.split('aria-label="已启用的筛选"')[-1] or "字幕" in page
    assert "分数练习" not in page
    assert 'href="/library?q=%E5%88%86%E6%95%B0"' in page, "the chip can be taken off"
    assert client.get("/api/v1/library/resources?audience=martian").status_code == 422
    assert "分数练习" in client.get("/library?q=分数&accessibility=nonsense").text


def test_without_an_index_audience_and_accessibility_still_filter(
    app: Flask, student: Hat, fill: Fill, sign_in_as: SignInAs, search_folder: Path
) -> None:
    fill(
        {"title": "分数讲课", "accessibility": ["captions"]},
        {"title": "分数教案", "end_user": EndUser.TEACHER},
    )
    shutil.rmtree(search_folder)
    client = sign_in_as(student)
    for asked, title in (("accessibility=captions", "分数讲课"), ("audience=teacher", "分数教案")):
        found = client.get(f"/api/v1/library/resources?q=分数&{asked}").get_json()
        assert [item["title"] for item in found["items"]] == [title]


def test_large_numbers_stand_in_groups_of_digits(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert render_template_string("{{ 1234567|counted }} {{ 'x'|counted }} {{ true|counted }}") == (
            "1,234,567 x True"
        )
        shown = "{{ ngettext('%(num)s resource', '%(num)s resources', 100154) }}"
        assert render_template_string(shown) == "100,154 resources"
        one = "{{ ngettext('%(num)s resource', '%(num)s resources', 1) }}"
        assert render_template_string(one) == "1 resource"
