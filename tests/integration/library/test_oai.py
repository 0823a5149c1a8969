"""What other libraries are answered at /oai."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask
from sqlalchemy import event, update

from core import clock
from core.database import db, transaction
from library.items.models import ItemKind
from library.oai import provider, services, tokens
from library.oai.models import OaiPartner, OaiRecord
from library.resources.models import Resource, ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.factories.accounts import make_city
from tests.factories.library import make_item, make_point, make_resource, make_subject

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"
FREE = "CC-BY-4.0"
OURS = "library.example.cn"
NOON = datetime(2026, 10, 1, 4, tzinfo=UTC)


@pytest.fixture
def partner_key(app: Flask) -> str:
    with app.app_context(), transaction():
        return services.add_partner("邻市", by_id=None, role="administrator", now=NOON)


def offer(app: Flask, *resources: dict[str, Any], now: datetime = NOON) -> None:
    """Put resources into the library and offer them, at a moment."""
    with app.app_context():
        with transaction():
            for one in resources:
                make_resource(**({"licence": FREE} | one))
        look(app, now=now)


def look(app: Flask, *, now: datetime) -> None:
    with app.app_context():
        while True:
            with transaction():
                if not services.refresh(OURS, now=now):
                    return


def change(app: Flask, titled: str, **columns: Any) -> None:  # noqa: ANN401 -- any column
    with app.app_context(), transaction():
        resource = db.session.query(Resource).filter_by(title=titled).one()
        for name, value in columns.items():
            setattr(resource, name, value)


def ask(client: Browser, key: str = "", **arguments: str) -> Element:
    query = {name.rstrip("_"): value for name, value in arguments.items()}
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    reply = client.get("/oai", query_string=query, headers=headers)
    assert reply.status_code == 200, reply.text
    assert reply.content_type == "text/xml; charset=utf-8"
    found: Element = fromstring(reply.data)
    return found


def error(document: Element) -> str:
    found = document.find(f"{OAI}error")
    return found.get("code", "") if found is not None else ""


def titles(document: Element) -> list[str]:
    return [one.text or "" for one in document.iter(f"{DC}title")]


def tombstones(document: Element) -> list[str]:
    return [
        one.findtext(f"{OAI}identifier", "")
        for one in document.iter(f"{OAI}header")
        if one.get("status") == "deleted"
    ]


def token(document: Element) -> str:
    found = next(document.iter(f"{OAI}resumptionToken"), None)
    return (found.text or "") if found is not None else ""


def harvest(client: Browser, key: str = "", **arguments: str) -> Iterator[Element]:
    document = ask(client, key, **arguments)
    yield document
    while following := token(document):
        document = ask(client, key, verb=arguments["verb"], resumptionToken=following)
        yield document


def dc(client: Browser, key: str = "", **arguments: str) -> Element:
    return ask(client, key, verb="ListRecords", metadataPrefix="oai_dc", **arguments)


def test_the_library_says_who_it_is(app: Flask, client: Browser) -> None:
    offer(app, {"title": "分数"})
    found = ask(client, verb="Identify").find(f"{OAI}Identify")
    assert found is not None
    said = {one.tag.removeprefix(OAI): one.text for one in found}
    assert said["protocolVersion"] == "2.0"
    assert said["deletedRecord"] == "persistent"
    assert said["granularity"] == "YYYY-MM-DDThh:mm:ssZ"
    assert said["earliestDatestamp"] == "2026-10-01T04:00:00Z"
    assert said["baseURL"] == "http://localhost/oai"
    assert "@" in (said["adminEmail"] or "")


def test_a_form_is_answered_like_an_address(app: Flask, client: Browser) -> None:
    offer(app, {"title": "分数"})
    reply = app.test_client().post("/oai", data={"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert titles(fromstring(reply.data)) == ["分数"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=Steal", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&verb=ListSets", "badVerb"),
        ("verb=Identify&colour=red", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=lom", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=oai:x.y:1", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=GetRecord&identifier=oai:library.example.cn:nothing&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:x.y:1", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2031-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01T00:00:00Z", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-09-01&until=2026-10-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-10-02&until=2026-10-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-10-01T00:00:00.5Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=" + "9" * 5000, "badArgument"),
        ("verb=ListRecords&resumptionToken=made-up", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=made-up", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
    ],
)
def test_what_does_not_follow_the_protocol_is_told_in_its_words(
    app: Flask, client: Browser, query: str, code: str
) -> None:
    offer(app, {"title": "分数"})
    document: Element = fromstring(client.get(f"/oai?{query}").data)
    assert error(document) == code
    request = document.find(f"{OAI}request")
    assert request is not None
    assert bool(request.attrib) == (code not in {"badVerb", "badArgument"})


def test_the_request_is_echoed_with_all_its_arguments(app: Flask, client: Browser) -> None:
    offer(app, {"title": "分数"})
    arguments = {
        "verb": "ListRecords",
        "metadataPrefix": "oai_dc",
        "from": "2026-09-30",
        "until": "2026-10-02",
        "set": "public",
    }
    document: Element = fromstring(client.get("/oai", query_string=arguments).data)
    request = document.find(f"{OAI}request")
    assert request is not None
    assert dict(request.attrib) == arguments
    assert request.text == "http://localhost/oai"


def test_a_record_says_what_the_resource_is_in_dublin_core(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        point = make_point("分数的意义", subject=make_subject())
        make_resource(
            "a < b & c",
            licence=FREE,
            author="王老师",
            source="第一中学",
            description="一句\x0b话",
            keywords=["分数"],
            points=[point],
        )
    look(app, now=NOON)
    document = dc(client)
    said: dict[str, list[str]] = {}
    for one in document.iter():
        if one.tag.startswith(DC):
            said.setdefault(one.tag.removeprefix(DC), []).append(one.text or "")
    assert said["title"] == ["a < b & c"]
    assert said["creator"] == ["王老师"]
    assert said["publisher"] == ["第一中学"]
    assert said["subject"] == ["数学", "分数的意义", "分数"]
    assert said["description"] == ["一句 话"]
    assert said["language"] == ["zh-CN"]
    assert said["rights"] == ["https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"]
    assert said["identifier"][0].startswith("http://localhost/")
    assert said["identifier"][1].startswith("oai:library.example.cn:")


def test_a_record_says_what_the_resource_is_in_lom(app: Flask, client: Browser) -> None:
    offer(app, {"title": "分数", "difficulty": 0.9, "minutes": 7.5, "keywords": ["小数"]})
    document = ask(client, verb="ListRecords", metadataPrefix="lom")
    [record] = document.iter(f"{LOM}lom")
    assert record.findtext(f"{LOM}general/{LOM}title/{LOM}string") == "分数"
    assert record.findtext(f"{LOM}general/{LOM}keyword/{LOM}string") == "小数"
    assert record.findtext(f"{LOM}educational/{LOM}difficulty/{LOM}value") == "very difficult"
    assert record.findtext(f"{LOM}educational/{LOM}typicalLearningTime/{LOM}duration") == "PT7M30S"
    assert record.findtext(f"{LOM}rights/{LOM}description/{LOM}string") == "CC-BY-4.0"
    assert record.findtext(f"{LOM}classification/{LOM}taxonPath/{LOM}taxon/{LOM}id") == "mathematics"


@pytest.mark.parametrize(
    "kept",
    [
        {"tier": Tier.SCHOOL},
        {"tier": Tier.PERSONAL},
        {"review_state": ReviewState.DRAFT},
        {"licence": ""},
        {"licence": "all-rights-reserved"},
    ],
)
def test_what_may_not_leave_is_not_offered_even_to_a_partner(
    app: Flask, client: Browser, partner_key: str, kept: dict[str, Any]
) -> None:
    offer(app, {"title": "公开"}, {"title": "不公开"} | kept)
    assert titles(dc(client, partner_key)) == ["公开"]


def test_local_collections_are_offered_to_partners_only(
    app: Flask, client: Browser, partner_key: str
) -> None:
    with app.app_context(), transaction():
        make_resource("地方", tier=Tier.LOCAL, organisation=make_city(), licence=FREE)
    offer(app, {"title": "公开"})

    assert titles(dc(client)) == ["公开"]
    assert titles(dc(client, partner_key)) == ["地方", "公开"]
    assert titles(dc(client, partner_key, set="local")) == ["地方"]
    assert error(dc(client, set="local")) == "noRecordsMatch"
    sets = [one.text for one in ask(client, verb="ListSets").iter(f"{OAI}setSpec")]
    assert sets == ["public", "subject", "subject:mathematics"]


def test_a_key_can_come_as_a_password_and_ends_when_it_is_ended(
    app: Flask, client: Browser, partner_key: str
) -> None:
    offer(app, {"title": "公开"})
    good = client.get("/oai?verb=Identify", auth=("anything", partner_key))
    with app.app_context(), transaction():
        services.end_partner(db.session.query(OaiPartner).one(), by_id=None, role="administrator", now=NOON)
    ended = client.get("/oai?verb=Identify", auth=("anything", partner_key))
    assert (good.status_code, ended.status_code) == (200, 401)
    assert "WWW-Authenticate" in ended.headers
    assert client.get("/oai?verb=Identify", headers={"Authorization": "Basic %%%"}).status_code == 401
    assert client.get("/oai?verb=Identify", headers={"Authorization": "Bearer"}).status_code == 401


def test_answers_to_questions_go_to_partners_only(app: Flask, client: Browser, partner_key: str) -> None:
    with app.app_context(), transaction():
        secret = {
            "explanation": "秘密解析",
            "hints": ["秘密提示"],
            "misconceptions": [{"response": {"choices": ["A"]}, "feedback": "秘密评语"}],
        }
        make_resource(
            "练习", kind=ResourceKind.PRACTICE, items=[make_item(ItemKind.CHOICE, **secret)], licence=FREE
        )
        make_resource(
            "练习单",
            kind=ResourceKind.WORKSHEET,
            body="# 题\n\n算一算。\n\n## 参考答案\n\n秘密答案",
            licence=FREE,
        )
    look(app, now=NOON)
    for prefix in ("oai_dc", "lom", "weike"):
        text = client.get("/oai", query_string={"verb": "ListRecords", "metadataPrefix": prefix}).text
        assert "秘密" not in text
        assert '"correct"' not in text
    keyed = client.get(
        "/oai?verb=ListRecords&metadataPrefix=weike", headers={"Authorization": f"Bearer {partner_key}"}
    ).text
    for word in ("秘密解析", "秘密提示", "秘密评语", "秘密答案"):
        assert word in keyed
    record = next(fromstring(keyed).iter("{urn:weike:record:1}record"))
    assert json.loads(record.text or "")["items"][0]["correct"] == ["B"]
    assert record.get("keys") == "given"


@pytest.mark.parametrize(
    "ending",
    [
        {"review_state": ReviewState.WITHDRAWN},
        {"tier": Tier.SCHOOL},
        {"licence": "all-rights-reserved"},
    ],
)
def test_what_no_longer_leaves_becomes_a_tombstone_and_can_come_back(
    app: Flask, client: Browser, ending: dict[str, Any]
) -> None:
    offer(app, {"title": "一"}, {"title": "二"})
    change(app, "一", **ending)
    assert titles(dc(client)) == ["二"], "gone at once, before anybody looked"

    look(app, now=NOON + timedelta(hours=1))
    later = dc(client, from_="2026-10-01T04:30:00Z")
    assert (titles(later), len(tombstones(later))) == ([], 1)

    change(app, "一", review_state=ReviewState.PUBLISHED, tier=Tier.PUBLIC, licence=FREE)
    look(app, now=NOON + timedelta(hours=2))
    back = dc(client, from_="2026-10-01T05:30:00Z")
    assert (titles(back), tombstones(back)) == (["一"], [])


def test_a_public_resource_that_becomes_local_is_a_tombstone_for_everybody_and_there_for_partners(
    app: Flask, client: Browser, partner_key: str
) -> None:
    offer(app, {"title": "一"})
    with app.app_context(), transaction():
        city_id = make_city().id
    change(app, "一", tier=Tier.LOCAL, organisation_id=city_id)
    look(app, now=NOON + timedelta(hours=1))

    assert len(tombstones(dc(client))) == 1
    assert len(tombstones(dc(client, set="public"))) == 1
    assert titles(dc(client, partner_key)) == ["一"]
    assert len(tombstones(dc(client, partner_key, set="public"))) == 1


def test_a_list_of_many_pages_gives_each_record_once_and_says_how_many(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "RECORDS", 3)
    offer(app, *({"title": f"第{number:02}"} for number in range(8)))
    pages = list(harvest(client, verb="ListRecords", metadataPrefix="oai_dc"))
    assert [len(titles(one)) for one in pages] == [3, 3, 2]
    assert sorted(title for one in pages for title in titles(one)) == [
        f"第{number:02}" for number in range(8)
    ]
    marks = [next(one.iter(f"{OAI}resumptionToken")) for one in pages]
    assert [(one.get("cursor"), one.get("completeListSize")) for one in marks] == [
        ("0", "8"),
        ("3", "8"),
        ("6", "8"),
    ]
    assert len({one.get("expirationDate") for one in marks[:2]}) == 1


def test_a_token_can_be_used_again_also_when_the_library_changes_meanwhile(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "RECORDS", 2)
    offer(app, *({"title": f"第{number}"} for number in range(6)))
    first = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    again = [titles(ask(client, verb="ListRecords", resumptionToken=token(first))) for _ in range(2)]
    assert again[0] == again[1]

    change(app, "第5", title="第5改")
    look(app, now=clock.now() + timedelta(minutes=1))
    rest = [titles(first)]
    document = first
    while token(document):
        document = ask(client, verb="ListRecords", resumptionToken=token(document))
        rest.append(titles(document))
    assert [title for one in rest for title in one] == ["第0", "第1", "第2", "第3", "第4"], (
        "the changed one is in the next list"
    )


def test_a_token_expires_and_fits_its_verb_and_who_asked(
    app: Flask, client: Browser, partner_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "RECORDS", 1)
    offer(app, {"title": "一"}, {"title": "二"})
    mine = token(dc(client))
    assert error(ask(client, verb="ListIdentifiers", resumptionToken=mine)) == "badResumptionToken"
    assert error(ask(client, partner_key, verb="ListRecords", resumptionToken=mine)) == "badResumptionToken"
    assert error(ask(client, verb="ListRecords", resumptionToken=f"{mine}x")) == "badResumptionToken"
    monkeypatch.setattr(tokens, "LASTS", timedelta(0))
    monkeypatch.setattr(provider, "LASTS", timedelta(0))
    assert error(ask(client, verb="ListRecords", resumptionToken=token(dc(client)))) == "badResumptionToken"


def test_days_and_seconds_include_both_ends(app: Flask, client: Browser) -> None:
    offer(app, {"title": "一"}, now=NOON)
    offer(app, {"title": "二"}, now=NOON + timedelta(seconds=1))
    assert titles(dc(client, from_="2026-10-01T04:00:01Z")) == ["二"]
    assert titles(dc(client, until="2026-10-01T04:00:00Z")) == ["一"]
    assert titles(dc(client, from_="2026-10-01", until="2026-10-01")) == ["一", "二"]


def test_identifiers_are_listed_without_the_records(app: Flask, client: Browser) -> None:
    offer(app, {"title": "一", "identifier": "urn:x:一 二/3"})
    document = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    [name] = [one.text or "" for one in document.iter(f"{OAI}identifier")]
    assert re.fullmatch(r"oai:[a-z.]+:urn:x:[%A-F0-9]+%20[%A-F0-9]+/3", name)
    assert titles(ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name)) == ["一"]


def test_nothing_is_looked_at_twice_when_nothing_changed(app: Flask) -> None:
    offer(app, {"title": "一"}, {"title": "二", "tier": Tier.SCHOOL})
    with app.app_context(), transaction():
        assert services.refresh(OURS, now=NOON + timedelta(hours=1)) == 0
        assert db.session.query(OaiRecord).one().datestamp == NOON


@pytest.mark.parametrize("prefix", ["oai_dc", "lom", "weike"])
def test_a_page_of_many_records_costs_as_many_queries_as_one_of_few(
    app: Flask, client: Browser, prefix: str
) -> None:
    counts = []
    for many in (3, 90):
        offer(app, *({"title": f"第{number}"} for number in range(many)))
        asked: list[str] = []

        def note(*given: Any, asked: list[str] = asked) -> None:  # noqa: ANN401 -- what the event passes
            asked.append(given[2])

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            try:
                ask(client, verb="ListRecords", metadataPrefix=prefix)
            finally:
                event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_a_change_that_told_nobody_is_found(app: Flask, client: Browser) -> None:
    offer(app, {"title": "一"})
    with app.app_context(), transaction():
        db.session.execute(update(Resource).values(title="改", updated_at=NOON))
    look(app, now=NOON + timedelta(hours=1))
    assert titles(dc(client, from_="2026-10-01T04:30:00Z")) == ["改"]


def test_the_own_form_of_records_has_a_schema(client: Browser) -> None:
    reply = client.get("/oai/weike.xsd")
    assert fromstring(reply.data).get("targetNamespace") == "urn:weike:record:1"
