"""Collections, as people meet them."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from core import clock
from core.database import db, transaction
from library.collections import services
from library.collections.models import Collection
from library.collections.services import Description
from library.marks.models import TrayEntry
from library.resources.models import ResourceKind, Tier
from library.search.current import engine
from library.search.services import rebuild_index
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.library import make_resource
from tests.statements import statements_of

COVER = {"tone": "plum", "picture": "star", "subject_id": "0", "grade_from": "7", "grade_to": "8"}


class School:
    """Two teachers and a pupil of a school, and a teacher of another one; each in a browser."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        with app.app_context():
            with transaction():
                school_class = make_class()
                self.hats = hats = [
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_student(school_class),
                    make_teacher(),
                ]
                self.reading = make_resource("移项的道理", minutes=10).id
                self.video = make_resource("移项微课", kind=ResourceKind.MICRO_LESSON, minutes=5).id
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.teacher, self.colleague, self.pupil, self.stranger = (sign_in_as(hat) for hat in hats)


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def make(school: School, **said: str) -> str:
    answer = school.teacher.post(
        "/library/collections/new", data={"title": "移项", "tier": "school"} | COVER | said
    )
    assert answer.status_code == 302
    return "/library/collections/" + answer.location.split("/")[3]


def test_a_collection_is_made_filled_shared_and_taken_back(school: School) -> None:
    address = make(school)
    for one in (school.reading, school.video):
        school.colleague.post(f"{address}/entries", data={"resource_id": one})
    school.teacher.post(f"{address}/entries/{school.video}/move", data={"to": "up"})
    school.teacher.post(f"{address}/entries/{school.video}/note", data={"note": "先看", "version": "1"})
    assert school.pupil.get(address).status_code == 404
    school.teacher.post(f"{address}/share")
    shown = page(school.pupil, address)
    assert shown.index("移项微课") < shown.index("先看") < shown.index("移项的道理")
    assert "15" in shown
    assert "移项的道理" not in page(school.pupil, f"{address}?type=micro_lesson")
    assert "移项" in page(school.pupil, "/library/collections?tier=school&grade=7")
    assert address not in page(school.pupil, "/library/collections?grade=1")
    assert school.stranger.get(address).status_code == 404
    school.colleague.post(f"{address}/unshare")
    assert school.pupil.get(address).status_code == 404


def test_the_second_of_two_curators_sees_both_wordings(school: School) -> None:
    address = make(school)
    said = {"tier": "school", "version": "1"} | COVER
    assert school.teacher.post(f"{address}/edit", data=said | {"title": "移项甲"}).status_code == 302
    answer = school.colleague.post(f"{address}/edit", data=said | {"title": "移项乙"})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert ("移项甲" in text, "移项乙" in text, 'value="2"' in text) == (True, True, True)


def test_the_second_of_two_notes_is_kept_in_its_field(school: School) -> None:
    address = make(school)
    school.teacher.post(f"{address}/entries", data={"resource_id": school.reading})
    note = f"{address}/entries/{school.reading}/note"
    school.teacher.post(note, data={"note": "课前", "version": "1"})
    answer = school.colleague.post(note, data={"note": "课后", "version": "1"})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "课前" in text
    assert 'value="课后"' in text


def test_what_was_taken_out_or_away_is_brought_back(school: School) -> None:
    address = make(school)
    school.teacher.post(f"{address}/entries", data={"resource_id": school.reading})
    gone = school.teacher.post(f"{address}/entries/{school.reading}/remove")
    assert f"entries/{school.reading}/put-back" in page(school.teacher, gone.location)
    assert "移项的道理" not in page(school.teacher, address)
    school.teacher.post(f"{address}/entries/{school.reading}/put-back")
    assert "移项的道理" in page(school.teacher, address)
    away = school.teacher.post(f"{address}/remove")
    assert school.teacher.get(address).status_code == 404
    assert f"{address}/restore" in page(school.colleague, away.location)
    school.colleague.post(f"{address}/restore")
    assert "移项的道理" in page(school.teacher, address)


@pytest.mark.parametrize(
    "said",
    [
        {"title": " "},
        {"grade_from": "8", "grade_to": "3"},
        {"tier": "public"},
        {"tone": "neon"},
        {"subject_id": "x"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(school: School, said: dict[str, str]) -> None:
    answer = school.teacher.post(
        "/library/collections/new",
        data={"title": "移项", "tier": "school", "description": "留着"} | COVER | said,
    )
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert text.count("has-error") == 1
    assert "留着" in text


def test_a_kept_search_fills_itself_and_is_frozen(app: Flask, school: School) -> None:
    with app.app_context():
        rebuild_index(engine(), lambda _done, _total: None)
    assert "/library/collections/new?q=" in page(school.teacher, "/library?q=移项&type=reading")
    address = make(school, search_q="移项", search_type="reading")
    shown = page(school.teacher, address)
    assert ("移项的道理" in shown, "移项微课" in shown) == (True, False)
    assert "1" in page(school.teacher, f"{address}/count")
    with app.app_context():
        with transaction():
            make_resource("移项再谈")
        rebuild_index(engine(), lambda _done, _total: None)
    assert "2" in page(school.teacher, f"{address}/count")
    frozen = school.teacher.post(f"{address}/freeze").location
    assert "移项再谈" in page(school.teacher, frozen)
    assert school.pupil.get(frozen.removesuffix("/edit")).status_code == 404


def test_all_of_a_kept_search_goes_into_the_tray_and_what_has_no_room_is_said(
    app: Flask, school: School
) -> None:
    with app.app_context():
        with transaction():
            for number in range(120):
                make_resource(f"移项题 {number}")
        rebuild_index(engine(), lambda _done, _total: None)
    made = school.teacher.post(
        "/library/collections/new", data={"title": "移项", "tier": "personal", "search_q": "移项题"} | COVER
    )
    school.teacher.post(f"/library/{school.reading}/tray")
    assert school.teacher.post(f"{made.location}/tray").location == "/library/tray"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(TrayEntry)) == 100
    told = page(school.teacher, "/library/tray")
    assert "已把 99 个资源放进备课篮，还有 21 个放不下。备课篮最多放 100 个。" in told
    school.teacher.post(f"{made.location}/tray")
    assert "还有 21 个放不下" in page(school.teacher, "/library/tray")


def test_a_kept_search_that_has_room_goes_into_the_tray_beyond_its_first_page(
    app: Flask, school: School
) -> None:
    with app.app_context():
        with transaction():
            for number in range(30):
                make_resource(f"移项题 {number}")
        rebuild_index(engine(), lambda _done, _total: None)
    made = school.teacher.post(
        "/library/collections/new", data={"title": "移项", "tier": "personal", "search_q": "移项题"} | COVER
    )
    school.teacher.post(f"{made.location}/tray")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(TrayEntry)) == 30
    assert "放不下" not in page(school.teacher, "/library/tray")


def test_a_lesson_goes_from_the_tray_into_a_collection_and_back(school: School) -> None:
    for one in (school.video, school.reading):
        school.teacher.post(f"/library/{one}/tray")
    school.teacher.post(f"/library/{school.video}/tray/note", data={"note": "开头"})
    address = school.teacher.post("/library/collections/from-tray").location
    shown = page(school.teacher, address)
    assert shown.index("移项微课") < shown.index("开头") < shown.index("移项的道理")
    school.teacher.post("/library/tray/empty")
    assert school.teacher.post(address.replace("/edit", "/tray")).location == "/library/tray"
    assert "移项微课" in page(school.teacher, "/library/tray")


def test_programs_read_collections(school: School) -> None:
    address = make(school)
    school.teacher.post(f"{address}/entries", data={"resource_id": school.reading})
    listed = school.colleague.get("/api/v1/library/collections?tier=school").get_json()
    assert [one["title"] for one in listed["items"]] == ["移项"]
    whole = school.colleague.get(listed["items"][0]["links"]["collection"]).get_json()
    assert [one["resource"]["id"] for one in whole["entries"]] == [school.reading]
    assert school.pupil.get("/api/v1/library/collections").get_json()["items"] == []


def fill(school: School, count: int) -> Collection:
    collection = services.make(school.hats[0], Description("移项", tier=Tier.SCHOOL), now=clock.now())
    services.add(collection, [make_resource().id for _ in range(count)], now=clock.now())
    return collection


@pytest.mark.parametrize("name", ["list", "one", "edit", "api"])
def test_pages_ask_no_more_for_many_rows_than_for_ten(app: Flask, school: School, name: str) -> None:
    sent: list[int] = []
    for count in (10, 60):
        with app.app_context(), transaction():
            lists = [fill(school, 1) for _ in range(count)] if name == "list" else [fill(school, count)]
            last = lists[-1].id
        address = {
            "list": "/library/collections",
            "one": f"/library/collections/{last}",
            "edit": f"/library/collections/{last}/edit",
            "api": f"/api/v1/library/collections/{last}",
        }[name]
        with statements_of(app) as statements:
            page(school.teacher, address)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 12
