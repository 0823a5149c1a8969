"""Bulk import, as administrators meet it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from core.database import db, transaction
from core.files import files
from core.jobs import services as jobs
from library.interchange import imports, orders, services, workbooks
from library.interchange.models import ImportOrder, OrderState
from library.resources.models import Resource, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_city, make_district, make_school
from tests.factories.library import make_resource, make_subject

Cells = list[list[Any]]
HEAD = ["identifier", "kind", "title", "url"]


class City:
    """The administrators of a school, of its district and of the city, each in a browser."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                city = make_city()
                district = make_district(city)
                school = make_school(district)
                hats = [make_administrator(one) for one in (school, make_school(district), district, city)]
                make_subject("math")
                self.school_id, self.district_id = school.id, district.id
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.school, self.neighbour, self.district, self.city = (sign_in_as(hat) for hat in hats)

    def work(self) -> None:
        with self.app.app_context():
            jobs.run_waiting()

    def orders(self) -> list[ImportOrder]:
        with self.app.app_context():
            return list(db.session.scalars(select(ImportOrder).order_by(ImportOrder.id)))

    def titles(self) -> list[str]:
        with self.app.app_context():
            return list(db.session.scalars(select(Resource.title).order_by(Resource.id)))


@pytest.fixture
def city(app: Flask, sign_in_as: SignInAs) -> City:
    return City(app, sign_in_as)


def send(browser: Browser, content: bytes, name: str, tier: str = "school", **more: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), "tier": tier} | more
    return browser.post("/library/imports", data=data, content_type="multipart/form-data")


def lines(*said: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in said).encode()


def link(number: object, **more: object) -> dict[str, object]:
    there = {"identifier": f"urn:t:{number}", "kind": "link", "title": f"链接{number}"}
    return there | {"url": "https://example.org/"} | more


def workbook(rows: Cells) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def shown(browser: Browser, answer: TestResponse) -> str:
    return browser.get(answer.location).get_data(as_text=True)


def tried(city: City, content: bytes, name: str) -> ImportOrder:
    assert send(city.school, content, name).status_code == 302
    city.work()
    return city.orders()[-1]


def test_a_file_is_tried_first_and_then_imported(city: City) -> None:
    content = lines(link(1), link(2), {"identifier": "x"}, link(1, title="又一个"))
    answer = send(city.school, content, "春季.jsonl")
    assert 'hx-trigger="every 1s"' in shown(city.school, answer)
    city.work()
    page = shown(city.school, answer)
    assert "hx-trigger" not in page
    assert "kind" in page
    assert "第 1 行" in page
    assert city.titles() == []
    assert city.school.post(f"{answer.location}/carry-out").status_code == 302
    city.work()
    order = city.orders()[0]
    assert (order.state, order.added, order.refused) == (OrderState.DONE, 2, 2)
    with city.app.app_context():
        one = db.session.scalars(select(Resource)).first()
        assert one is not None
        assert (one.tier, one.organisation_id) == (Tier.SCHOOL, city.school_id)
    assert "春季.jsonl" in city.school.get("/library/imports").get_data(as_text=True)
    assert city.neighbour.get(answer.location).status_code == 404


def test_the_same_file_again_changes_nothing(city: City) -> None:
    for _time in range(2):
        answer = send(city.school, lines(link(1)), "a.jsonl")
        city.work()
        city.school.post(f"{answer.location}/carry-out")
        city.work()
    assert [(one.added, one.unchanged) for one in city.orders()] == [(1, 0), (0, 1)]


def test_all_or_nothing_imports_nothing(city: City) -> None:
    answer = send(city.school, lines(link(1), {"identifier": "x"}), "a.jsonl", is_strict="y")
    city.work()
    assert city.school.post(f"{answer.location}/carry-out").status_code == 409
    city.work()
    assert city.titles() == []


@pytest.mark.parametrize("who", ["school", "district", "city"])
def test_the_hat_says_for_whom_one_imports(city: City, who: str) -> None:
    allowed = {"school": {"school"}, "district": {"local"}, "city": {"public", "local"}}[who]
    browser = getattr(city, who)
    for tier in Tier:
        status = send(browser, lines(link(1)), "a.jsonl", tier.value).status_code
        assert status == (302 if tier.value in allowed else 422)


def test_what_belongs_to_others_is_not_changed(city: City, app: Flask) -> None:
    with app.app_context(), transaction():
        make_resource("公共的", identifier="urn:t:1")
    order = tried(city, lines(link(1), link(2, tier="public"), link(3, organisation="elsewhere")), "a.jsonl")
    assert (order.changed, order.added, order.refused) == (0, 0, 3)
    city.school.post(f"/library/imports/{order.id}/carry-out")
    city.work()
    assert city.titles() == ["公共的"]


def test_an_import_that_is_stopped_goes_on_where_it_stopped(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "PORTION", 2)
    answer = send(city.school, lines(*(link(one) for one in range(6))), "a.jsonl")
    city.work()
    take, stopped = services.take, [False]

    def take_and_stop(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- whatever take does
        found = take(*arguments, **more)
        if not stopped[0]:
            stopped[0] = True
            order = db.session.scalars(select(ImportOrder)).one()
            order.is_stop_asked = True
        return found

    monkeypatch.setattr(services, "take", take_and_stop)
    city.school.post(f"{answer.location}/carry-out")
    city.work()
    assert (city.orders()[0].state, len(city.titles())) == (OrderState.STOPPED, 2)
    city.school.post(f"{answer.location}/carry-out")
    city.work()
    assert (city.orders()[0].state, city.orders()[0].added, len(city.titles())) == (OrderState.DONE, 6, 6)


def test_a_try_can_be_stopped(city: City) -> None:
    answer = send(city.school, lines(link(1)), "a.jsonl")
    city.school.post(f"{answer.location}/stop")
    city.work()
    assert city.orders()[0].state is OrderState.FAILED
    assert city.school.post(f"{answer.location}/carry-out").status_code == 409


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_encodings_of_chinese_offices_are_recognised(city: City, encoding: str, form: str) -> None:
    table = "identifier,kind,title,url\nurn:t:1,link,分数的认识,https://example.org/\n"
    text = table if form == "csv" else json.dumps(link(1, title="分数的认识"), ensure_ascii=False)
    order = tried(city, text.encode(encoding), f"a.{form}")
    assert (order.added, order.refused) == (1, 0)
    city.school.post(f"/library/imports/{order.id}/carry-out")
    city.work()
    assert city.titles() == ["分数的认识"]


def test_one_broken_line_among_good_ones_is_told_alone(city: City) -> None:
    broken = b'{"identifier": "urn:t:9", "kind": "link", "title": "' + b"\xff\xfe" + b'"}'
    order = tried(city, lines(link(1), link(2)) + b"\n" + broken, "a.jsonl")
    assert (order.added, order.refused) == (2, 1)


def test_a_workbook_is_read_and_its_template_can_be_sent_back(city: City) -> None:
    order = tried(
        city,
        workbook([HEAD, ["urn:t:1", "link", "分数", "https://example.org/"], [], [7, "song", "", ""]]),
        "表.xlsx",
    )
    assert (order.added, order.refused) == (1, 1)
    for suffix in ("xlsx", "csv"):
        answer = city.school.get(f"/library/imports/template.{suffix}")
        order = tried(city, answer.data, f"template.{suffix}")
        assert (order.added, order.refused) == (2, 0)


def test_the_template_offers_the_codes(city: City) -> None:
    book = openpyxl.load_workbook(io.BytesIO(city.school.get("/library/imports/template.xlsx").data))
    first, codes = book.worksheets
    assert "math" in [cell.value for row in codes.iter_rows() for cell in row]
    assert {str(one.sqref)[0] for one in first.data_validations.dataValidation} == {"B", "F", "H", "P"}


def packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def changed(content: bytes, **parts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = {name: archive.read(name) for name in archive.namelist()}
    return packed(
        there | {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    )


ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BOOK = workbook([HEAD, ["urn:t:1", "link", "分数", "https://example.org/"]])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and nothing more",
        b"identifier,kind\n",
        packed({"readme.txt": b"a ZIP with another name"}),
        BOOK,
        packed({"xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}),
        changed(BOOK, xl__workbook_xml=b"<workbook"),
        changed(
            BOOK,
            xl__worksheets__sheet1_xml=ENTITY
            + b"<worksheet><sheetData><row><c t='inlineStr'><is><t>&a;</t></is></c></row>"
            + b"</sheetData></worksheet>",
        ),
    ],
    ids=["empty", "cut", "csv", "zip", "good", "macros", "broken", "entity"],
)
def test_a_hostile_workbook_is_refused_with_a_sentence(
    city: City, content: bytes, request: pytest.FixtureRequest
) -> None:
    order = tried(city, content, "a.xlsx")
    if request.node.callspec.id.endswith("good"):
        assert order.state is OrderState.CHECKED
        return
    assert order.state is OrderState.FAILED
    assert "a.xlsx" in order.failure


def test_a_bomb_is_refused_before_it_is_unpacked(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 1 << 20)
    order = tried(city, changed(BOOK, xl__media__x=b"0" * (2 << 20)), "a.xlsx")
    assert order.state is OrderState.FAILED
    assert "a.xlsx" in order.failure


@pytest.mark.parametrize(("content", "name"), [(b"", "a.jsonl"), (b"identifier,title\n", "a.csv")])
def test_an_empty_file_is_told(city: City, content: bytes, name: str) -> None:
    order = tried(city, content, name)
    assert (order.state, name in order.failure) == (OrderState.FAILED, True)


@pytest.mark.parametrize("name", ["a.pdf", "a", "../../etc/passwd"])
def test_a_file_of_another_kind_is_refused_at_once(city: City, name: str) -> None:
    answer = send(city.school, b"x", name)
    assert answer.status_code == 422
    assert city.orders() == []


def test_the_problems_come_as_a_file_without_formulas(city: City) -> None:
    order = tried(city, lines(link(1, **{"=cmd()": "x"})), "a.jsonl")
    answer = city.school.get(f"/library/imports/{order.id}/problems.csv")
    table = answer.data.decode("utf-8-sig").splitlines()
    assert len(table) == 2
    assert table[1].startswith("1,'=cmd()")
    assert city.neighbour.get(f"/library/imports/{order.id}/problems.csv").status_code == 404


def test_a_file_that_is_gone_ends_the_import_with_a_sentence(city: City) -> None:
    order = tried(city, lines(link(1)), "a.jsonl")
    with city.app.app_context():
        files().remove(order.content_sha256)
    city.school.post(f"/library/imports/{order.id}/carry-out")
    city.work()
    assert (city.orders()[0].state, "a.jsonl" in city.orders()[0].failure) == (OrderState.FAILED, True)


def test_a_job_that_comes_twice_does_its_work_once(city: City) -> None:
    order = tried(city, lines(link(1)), "a.jsonl")
    with city.app.app_context():
        orders.check(order.id)
        orders.carry_out(order.id)
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0


def test_the_command_tries_a_file_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(link(1), link(2), {"identifier": "x"}))
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["library", "import", str(path), "--dry-run"])
    assert "2 added, 0 changed, 0 unchanged, 1 refused" in result.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
