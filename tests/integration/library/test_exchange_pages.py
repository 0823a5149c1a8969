"""What administrators see and decide about exchange with other libraries."""

from typing import IO, Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from accounts.people.models import Hat
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from core.jobs import services as jobs
from library.harvests.models import HarvestConflict, HarvestNote, HarvestRun, HarvestSource
from library.oai.models import OaiPartner
from library.resources.models import Resource, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_city, make_district, make_school, make_teacher
from tests.factories.accounts import make_class as make_school_class
from tests.factories.library import make_resource
from tests.providers import Provider, reading

URL = "https://other.example/oai"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """Another library, in place of the network."""
    made = Provider()

    def fetch(_outside: object, url: str, key: str = "") -> IO[bytes]:
        return made.fetch(url, key)

    monkeypatch.setattr("library.harvests.outside.Outside.fetch", fetch)
    return made


@pytest.fixture
def hats(app: Flask) -> dict[str, Hat]:
    with app.app_context(), transaction():
        city = make_city()
        district = make_district(city)
        found = {
            "city": make_administrator(city),
            "district": make_administrator(district),
            "other district": make_administrator(make_district(city)),
            "teacher": make_teacher(make_school_class(make_school(district))),
        }
        db.session.flush()
        for one in found.values():
            db.session.refresh(one)
        db.session.expunge_all()
    return found


def work(app: Flask) -> None:
    with app.app_context():
        jobs.run_waiting()


def add(browser: Browser, **changed: str) -> Any:  # noqa: ANN401 -- a response
    data = {"name": "邻市", "url": URL, "tier": "public", "every_hours": "24"} | changed
    return browser.post("/exchange/sources/new", data=data)


def one(app: Flask, model: type[Any]) -> Any:  # noqa: ANN401 -- a row of the model
    with app.app_context():
        return db.session.scalars(select(model)).one()


def test_a_library_is_added_and_read_and_shows_what_came(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], provider: Provider
) -> None:
    provider.add(reading("r1"), reading("r2", kind="song"))
    browser = sign_in_as(hats["city"])
    assert "还没有采集" in browser.get("/exchange").text
    assert add(browser).status_code == 302
    work(app)
    listed = browser.get("/exchange").text
    assert "邻市" in listed
    assert "已完成" in listed
    page = browser.get("/exchange/sources/1").text
    assert URL in page
    run_page = browser.get("/exchange/sources/1/harvests/1").text
    assert "oai:other.example:r2" in run_page
    assert "kind" in run_page
    assert one(app, Resource).tier is Tier.PUBLIC


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"url": "file:///etc/passwd"}, "http"),
        ({"url": ""}, "请填写地址"),
        ({"name": ""}, "请填写名称"),
        ({"set_spec": "a b"}, "集合名称的格式不对"),
        ({"every_hours": "1"}, ""),
    ],
)
def test_a_source_that_makes_no_sense_is_told(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], changed: dict[str, str], sentence: str
) -> None:
    reply = add(sign_in_as(hats["city"]), **changed)
    assert reply.status_code == 422
    assert sentence in reply.text


def test_the_same_source_is_not_added_twice(sign_in_as: SignInAs, hats: dict[str, Hat]) -> None:
    browser = sign_in_as(hats["city"])
    add(browser)
    reply = add(browser)
    assert reply.status_code == 422
    assert "已在列表中" in reply.text


def test_a_district_fills_its_local_collection_only_and_sees_no_other_districts_sources(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], provider: Provider
) -> None:
    provider.add(reading("r1"))
    assert add(sign_in_as(hats["district"]), tier="public").status_code == 302
    work(app)
    resource = one(app, Resource)
    assert (resource.tier, resource.organisation_id) == (Tier.LOCAL, hats["district"].organisation_id)
    assert "邻市" in sign_in_as(hats["city"]).get("/exchange").text
    assert "邻市" not in sign_in_as(hats["other district"]).get("/exchange").text
    assert sign_in_as(hats["other district"]).get("/exchange/sources/1").status_code == 404


def test_a_key_is_kept_when_the_form_leaves_it_empty_and_is_never_shown(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat]
) -> None:
    browser = sign_in_as(hats["city"])
    add(browser, key="weike-secret")
    browser.post(
        "/exchange/sources/1/edit",
        data={"name": "邻城", "tier": "local", "every_hours": "0", "is_paused": "y"},
    )
    source = one(app, HarvestSource)
    assert (source.name, source.key, source.is_paused, source.url) == ("邻城", "weike-secret", True, URL)
    for address in ("/exchange", "/exchange/sources/1", "/exchange/sources/1/edit"):
        assert "weike-secret" not in browser.get(address).text


def test_a_harvest_that_goes_on_shows_how_far_it_is_and_then_reloads_the_page(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat]
) -> None:
    browser = sign_in_as(hats["city"])
    add(browser)
    with app.app_context(), transaction():
        db.session.add(HarvestRun(source_id=1, started_at=clock.now(), problem={}, records=30, expected=120))
    assert "30 / 120" in browser.get("/exchange/sources/1").text
    assert "30 / 120" in browser.get("/exchange/sources/1/state").text
    with app.app_context(), transaction():
        db.session.scalars(select(HarvestRun)).one().finished_at = clock.now()
    assert browser.get("/exchange/sources/1/state").headers["HX-Refresh"] == "true"


def test_everything_is_read_again_when_asked_for(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], provider: Provider
) -> None:
    provider.add(reading("r1"))
    browser = sign_in_as(hats["city"])
    add(browser)
    work(app)
    browser.post("/exchange/sources/1/harvest")
    work(app)
    browser.post("/exchange/sources/1/harvest", data={"anew": "1"})
    work(app)
    assert ["from" in asked for asked in provider.lists()] == [False, True, False]


def test_a_difference_is_shown_side_by_side_and_decided(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], provider: Provider
) -> None:
    with app.app_context(), transaction():
        make_resource("我们的题目", identifier="r1", licence="CC-BY-4.0", grade_from=1, grade_to=12)
    provider.add(reading("r1", title="他们的题目"))
    browser = sign_in_as(hats["city"])
    add(browser)
    work(app)
    assert "我们的题目" in browser.get("/exchange/conflicts").text
    page = browser.get("/exchange/conflicts/1").text
    assert "我们的题目" in page
    assert "他们的题目" in page
    assert browser.post("/exchange/conflicts/1", data={"decision": "both"}).status_code == 422
    assert browser.post("/exchange/conflicts/1", data={"decision": "theirs"}).status_code == 302
    assert one(app, Resource).title == "他们的题目"
    assert "没有需要决定的差异" in browser.get("/exchange/conflicts").text
    with app.app_context():
        assert "harvest.decide" in set(db.session.scalars(select(AuditEntry.verb)))


def test_a_resource_says_from_which_library_it_came(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], provider: Provider
) -> None:
    with app.app_context(), transaction():
        make_resource("我们的")
    provider.add(reading("r1"))
    add(sign_in_as(hats["city"]))
    work(app)
    teacher = sign_in_as(hats["teacher"])
    assert "邻市" in teacher.get("/library/2/origin").text
    assert teacher.get("/library/1/origin").text.strip() == ""


def test_a_partners_key_is_shown_once_and_can_be_ended(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat], client: Browser
) -> None:
    browser = sign_in_as(hats["city"])
    shown = browser.post("/exchange/offer/partners", data={"name": "邻市"}).text
    key = shown.split('<code class="partner-key">')[1].split("<")[0]
    assert key not in browser.get("/exchange/offer").text
    assert one(app, OaiPartner).key_sha256 != key
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/oai?verb=Identify", headers=headers).status_code == 200
    browser.post("/exchange/offer/partners/1/end")
    assert client.get("/oai?verb=Identify", headers=headers).status_code == 401
    assert browser.post("/exchange/offer/partners", data={"name": " "}).status_code == 422
    assert "持有密钥的合作方" not in sign_in_as(hats["district"]).get("/exchange/offer").text


def test_pages_cost_as_many_queries_with_many_rows_as_with_few(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat]
) -> None:
    browser = sign_in_as(hats["city"])
    add(browser)
    first = {address: _queries(app, browser, address) for address in PAGES}
    with app.app_context(), transaction():
        for number in range(60):
            source = HarvestSource(
                name=f"库 {number}", url=f"https://x.example/{number}", tier=Tier.PUBLIC,
                organisation_id=hats["city"].organisation_id, created_at=clock.now(),
            )  # fmt: skip
            db.session.add(source)
            db.session.flush()
            resource = make_resource()
            db.session.add_all(
                [
                    HarvestRun(source_id=1, started_at=clock.now(), finished_at=clock.now(), problem={}),
                    HarvestRun(source_id=source.id, started_at=clock.now(), problem={"code": "CutOff"}),
                    HarvestConflict(
                        source_id=source.id, resource_id=resource.id, identifier="x", record={},
                        received_sha256="0" * 64, found_at=clock.now(),
                    ),
                ]
            )  # fmt: skip
        db.session.add(HarvestNote(run_id=1, identifier="x", is_refused=True, problem={"code": "NeedsKey"}))
    for address, few in first.items():
        assert _queries(app, browser, address) <= few + 2, address


PAGES = ("/exchange", "/exchange/sources/1", "/exchange/conflicts", "/exchange/offer")


def _queries(app: Flask, browser: Browser, address: str) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:  # noqa: ANN401 -- what the event passes
        asked.append(given[2])

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_nothing_is_harvested_from_the_own_machine_unless_a_setting_allows_it(
    app: Flask, sign_in_as: SignInAs, hats: dict[str, Hat]
) -> None:
    browser = sign_in_as(hats["city"])
    add(browser, url="http://127.0.0.1:9/oai")
    work(app)
    assert "内部网络" in browser.get("/exchange").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
