"""What other libraries offer comes in, whatever they do."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from core.jobs import services as jobs
from core.jobs.models import Job
from library.harvests import services, sources, walk
from library.harvests.errors import Busy, NoAnswer, sentence
from library.harvests.models import (
    Decision,
    HarvestConflict,
    HarvestedResource,
    HarvestNote,
    HarvestRun,
    HarvestSource,
)
from library.harvests.tasks import harvest_due
from library.harvests.walk import harvest
from library.items.models import Item
from library.resources.models import Resource, ResourceBody, ReviewState, Tier
from tests.factories.accounts import make_administrator, make_city, make_district
from tests.factories.library import make_item, make_point, make_resource, make_subject
from tests.providers import PAGE, Provider, reading

OPENING = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
LATER = "2026-10-01T03:59:30Z"


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def source(context: Flask, now: datetime) -> int:
    with transaction():
        city = make_city()
        admin = make_administrator(city)
        plan = sources.Plan(name="邻市", url="https://other.example/oai")
        return sources.add_source(plan, by=admin, now=now).id


def run(source_id: int, provider: Provider) -> HarvestRun:
    run_id = harvest(
        source_id, provider.fetch, namespace="ours.example", on_progress=lambda _done, _total: None
    )
    return db.session.get_one(HarvestRun, run_id)


def titles(*states: ReviewState) -> list[str]:
    wanted = select(Resource.title).order_by(Resource.title)
    return list(db.session.scalars(wanted.where(Resource.review_state.in_(states)) if states else wanted))


def counts(one: HarvestRun) -> dict[str, int]:
    names = ("added", "changed", "unchanged", "withdrawn", "ours", "refused", "conflicts")
    return {name: getattr(one, name) for name in names if getattr(one, name)}


def problem(one: HarvestRun) -> str:
    return str(one.problem.get("code", ""))


def notes() -> list[str]:
    return [sentence(one.problem) for one in db.session.scalars(select(HarvestNote).order_by(HarvestNote.id))]


def practice(identifier: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    return {
        "identifier": identifier,
        "kind": "practice",
        "title": f"练习 {identifier}",
        "subject": "mathematics",
        "licence": "CC-BY-4.0",
        "items": [
            {"identifier": f"{identifier}:1", "kind": "numeric", "prompt": "1+1=", "correct": {"value": 2}}
        ],
    } | changed


def test_a_list_of_several_pages_comes_in(source: int, provider: Provider) -> None:
    provider.add(*(reading(f"r{number}") for number in range(2 * PAGE + 1)))
    found = run(source, provider)
    assert (counts(found), found.is_whole, found.problem) == ({"added": 7}, True, {})
    assert found.expected == found.records == 7
    assert db.session.scalar(select(ResourceBody.text).limit(1)) == "一段话。"
    assert set(db.session.scalars(select(Resource.tier))) == {Tier.PUBLIC}


def test_the_next_harvest_asks_for_what_changed_since(source: int, provider: Provider) -> None:
    provider.add(reading("r1"), reading("r2"))
    run(source, provider)
    provider.add(reading("r2", title="改了"), at=LATER)
    second = run(source, provider)
    assert provider.lists()[-1]["from"] == "2026-10-01T03:58:00Z"
    assert counts(second) == {"changed": 1}
    assert titles() == ["改了", "阅读 r1"]
    third = run(source, provider)
    assert counts(third) == {"unchanged": 1}, "asked for again because clocks overlap, and known"


def test_what_is_withdrawn_there_is_withdrawn_here_and_can_come_back(source: int, provider: Provider) -> None:
    provider.add(reading("r1"), reading("r2"))
    run(source, provider)
    provider.withdraw("r1", at=LATER)
    assert counts(run(source, provider)) == {"withdrawn": 1}
    assert titles(ReviewState.PUBLISHED) == ["阅读 r2"]
    provider.add(reading("r1"), at=LATER)
    assert counts(run(source, provider)) == {"changed": 1}
    assert len(titles(ReviewState.PUBLISHED)) == 2


def test_what_was_changed_here_is_kept_and_the_other_version_is_shown(
    source: int, provider: Provider, now: datetime
) -> None:
    provider.add(reading("r1"), reading("r2"))
    run(source, provider)
    with transaction():
        mine = db.session.scalars(select(Resource).where(Resource.identifier == "r1")).one()
        mine.title = "我们改的"
    provider.add(reading("r1", title="他们改的"), reading("r2"), at=LATER)
    assert counts(run(source, provider)) == {"conflicts": 1, "unchanged": 1}
    assert "我们改的" in titles()
    conflict = db.session.scalars(select(HarvestConflict)).one()
    assert conflict.record["title"] == "他们改的"

    with transaction():
        admin = make_administrator(make_city())
        services.decide(db.session.get_one(HarvestConflict, conflict.id), Decision.THEIRS, by=admin, now=now)
    assert "他们改的" in titles()
    assert counts(run(source, provider)) == {"unchanged": 2}


def test_a_decision_for_ours_holds_until_they_change_it_again(
    source: int, provider: Provider, now: datetime
) -> None:
    with transaction():
        make_resource("我们的", identifier="r1", licence="CC-BY-4.0")
    provider.add(reading("r1", title="他们的"))
    assert counts(run(source, provider)) == {"conflicts": 1}
    with transaction():
        conflict = db.session.scalars(select(HarvestConflict)).one()
        services.decide(conflict, Decision.OURS, by=make_administrator(make_city()), now=now)
    provider.add(reading("r1", title="他们的"), at=LATER)
    assert counts(run(source, provider)) == {"unchanged": 1}
    provider.add(reading("r1", title="他们又改了"), at=LATER)
    assert counts(run(source, provider)) == {"conflicts": 1}
    assert titles() == ["我们的"]


def test_what_was_withdrawn_here_does_not_come_back_by_itself(source: int, provider: Provider) -> None:
    provider.add(reading("r1"))
    run(source, provider)
    with transaction():
        db.session.scalars(select(Resource)).one().review_state = ReviewState.WITHDRAWN
    provider.add(reading("r1", title="改了"), at=LATER)
    assert counts(run(source, provider)) == {"conflicts": 1}
    assert titles(ReviewState.PUBLISHED) == []


def test_a_tombstone_for_what_was_changed_here_is_a_conflict(
    source: int, provider: Provider, now: datetime
) -> None:
    provider.add(reading("r1"))
    run(source, provider)
    with transaction():
        db.session.scalars(select(Resource)).one().title = "我们改的"
    provider.withdraw("r1", at=LATER)
    assert counts(run(source, provider)) == {"conflicts": 1}
    assert titles(ReviewState.PUBLISHED) == ["我们改的"]
    with transaction():
        conflict = db.session.scalars(select(HarvestConflict)).one()
        services.decide(conflict, Decision.THEIRS, by=make_administrator(make_city()), now=now)
    assert titles(ReviewState.PUBLISHED) == []


def test_what_came_from_here_is_recognised_when_it_comes_back(source: int, provider: Provider) -> None:
    provider.namespace = "ours.example"
    provider.add(reading("r1"))
    assert counts(run(source, provider)) == {"ours": 1}
    assert titles() == []


def test_what_another_source_brings_is_left_to_it(source: int, provider: Provider, now: datetime) -> None:
    provider.add(reading("r1"))
    run(source, provider)
    with transaction():
        admin = make_administrator(make_city())
        second = sources.add_source(
            sources.Plan(name="省", url="https://province.example/oai"), by=admin, now=now
        ).id
    provider.add(reading("r1", title="改了"))
    assert counts(run(second, provider)) == {"ours": 1}
    assert titles() == ["阅读 r1"]


def test_local_collections_stay_local_and_a_districts_source_never_fills_the_public_one(
    source: int, provider: Provider, now: datetime
) -> None:
    provider.add(reading("r1", tier="local", organisation="their-city"))
    run(source, provider)
    one = db.session.scalars(select(Resource)).one()
    assert one.tier is Tier.LOCAL
    with transaction():
        district = make_district(make_city())
        plan = sources.Plan(name="区", url="https://x.example/oai", tier=Tier.PUBLIC)
        made = sources.add_source(plan, by=make_administrator(district), now=now)
        assert made.tier is Tier.LOCAL


def test_questions_come_with_their_answers_when_the_source_gives_them(
    source: int, provider: Provider
) -> None:
    with transaction():
        make_point(subject=make_subject())
    provider.add(practice("p1"))
    assert counts(run(source, provider)) == {"added": 1}
    assert db.session.scalar(select(func.count()).select_from(Item)) == 1


def test_a_practice_without_answers_is_refused_with_the_reason(source: int, provider: Provider) -> None:
    provider.keys = "withheld"
    provider.add(practice("p1"), reading("r1"))
    assert counts(run(source, provider)) == {"added": 1, "refused": 1}
    assert db.session.scalars(select(HarvestNote)).one().problem["code"] == "NeedsKey"


def test_codes_that_are_unknown_here_are_left_out_and_told(source: int, provider: Provider) -> None:
    provider.add(reading("r1", subject="alchemy", knowledge_points=["gold"]))
    assert counts(run(source, provider)) == {"added": 1}
    assert "alchemy" in notes()[0]
    assert "gold" in notes()[0]


@pytest.mark.parametrize(
    "bad",
    [
        reading("bad", kind="song"),
        reading("bad", grades=[9, 7]),
        reading("bad", knowledge_points=[{}]),
        reading("bad", knowledge_points="gold"),
        reading("bad", subject={"a": 1}),
        reading("bad", items="x"),
        reading("bad", items=[["x"]]),
        reading("bad", title="x" * 1000),
        reading("bad", body="x" * (4 << 20)),
        practice("bad", subject="alchemy"),
        {"identifier": "bad"},
    ],
)
def test_a_bad_record_is_refused_and_the_others_come_in(
    source: int, provider: Provider, bad: dict[str, Any]
) -> None:
    provider.add(reading("a"), bad, reading("z"))
    assert counts(run(source, provider)) == {"added": 2, "refused": 1}
    assert len(notes()) == 1


def test_questions_of_another_resource_are_not_taken_over(source: int, provider: Provider) -> None:
    with transaction():
        item = make_item(subject=make_subject())
        make_resource("我们的", items=[item])
        name = item.identifier
    thief = practice("p1")
    thief["items"][0]["identifier"] = name
    twice = practice("p3")
    twice["items"][0]["identifier"] = "p2:1"
    provider.add(thief, practice("p2"), twice)
    assert counts(run(source, provider)) == {"added": 1, "refused": 2}


def test_a_record_that_takes_the_name_of_another_is_refused(source: int, provider: Provider) -> None:
    provider.add(reading("r1"), reading("r2"))
    run(source, provider)
    provider.records["r2"] = reading("r1", title="假的")
    provider.datestamps["r2"] = LATER
    assert counts(run(source, provider)) == {"refused": 1}
    assert titles() == ["阅读 r1", "阅读 r2"]


# A source that misbehaves


def test_a_source_that_stops_in_the_middle_loses_nothing_and_the_next_harvest_goes_on(
    source: int, provider: Provider
) -> None:
    provider.add(*(reading(f"r{number}") for number in range(3 * PAGE)))

    def breaks(arguments: Mapping[str, str], content: bytes) -> bytes:
        if arguments.get("resumptionToken", "").endswith(f"|{2 * PAGE}"):
            raise NoAnswer(host="other.example", reason="the line broke")
        return content

    provider.spoil = breaks
    first = run(source, provider)
    assert (first.added, first.is_whole, problem(first)) == (2 * PAGE, False, "NoAnswer")
    provider.spoil = None
    second = run(source, provider)
    assert provider.lists()[-1]["resumptionToken"].endswith(f"|{2 * PAGE}")
    assert (second.added, second.is_whole) == (PAGE, True)


def test_a_page_that_breaks_off_gives_what_was_whole(source: int, provider: Provider) -> None:
    provider.add(*(reading(f"r{number}") for number in range(PAGE)))
    provider.spoil = lambda arguments, content: (
        content[: content.rindex(b"<record><header>") + 20] if arguments["verb"] == "ListRecords" else content
    )
    first = run(source, provider)
    assert (first.added, problem(first)) == (PAGE - 1, "BrokenXml")
    provider.spoil = None
    second = run(source, provider)
    assert (second.added, second.unchanged, second.is_whole) == (1, PAGE - 1, True)


def test_a_harvest_that_was_killed_goes_on_where_it_stopped(source: int, provider: Provider) -> None:
    provider.add(*(reading(f"r{number}") for number in range(3 * PAGE)))

    def killed(arguments: Mapping[str, str], content: bytes) -> bytes:
        if arguments.get("resumptionToken", "").endswith(f"|{PAGE}"):
            raise KeyboardInterrupt
        return content

    provider.spoil = killed
    with pytest.raises(KeyboardInterrupt):
        run(source, provider)
    provider.spoil = None
    second = run(source, provider)
    assert (second.added, second.is_whole) == (2 * PAGE, True)
    earlier = db.session.scalars(select(HarvestRun).order_by(HarvestRun.id)).first()
    assert earlier is not None
    assert problem(earlier) == "CutOff"


def test_a_source_that_repeats_its_token_for_ever_is_left(source: int, provider: Provider) -> None:
    provider.add(*(reading(f"r{number}") for number in range(2 * PAGE)))
    provider.spoil = lambda _arguments, content: (
        content.replace(b'">', b'">|0', 1)
        .replace(b'completeListSize="6"></', b'completeListSize="6">|0</')
        .replace(b">|3<", b">|0<")
    )
    found = run(source, provider)
    assert problem(found) == "GoesRound"
    assert len(provider.asked) < 10
    provider.spoil = None
    assert run(source, provider).is_whole


def test_a_source_that_always_finds_a_new_token_for_the_same_records_is_left(
    source: int, provider: Provider
) -> None:
    provider.add(*(reading(f"r{number}") for number in range(2)))
    original = provider.fetch

    def endless(url: str, key: str = "") -> IO[bytes]:
        number = len(provider.asked)
        base, mark, _ = url.partition("resumptionToken=")
        content = original(f"{base}metadataPrefix=weike" if mark else url, key).read()
        return io.BytesIO(content.replace(b"></resumptionToken>", f">t{number}</resumptionToken>".encode()))

    run_id = harvest(source, endless, namespace="ours.example", on_progress=lambda _done, _total: None)
    found = db.session.get_one(HarvestRun, run_id)
    assert (problem(found), found.added) == ("GoesRound", 2)
    assert len(provider.asked) < 10


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "BrokenXml"),
        (b"<html><body>Sorry</body></html>", "NotOai"),
        (b"not xml at all", "BrokenXml"),
        (b"\xff\xfe\x00", "BrokenXml"),
        (f"{OPENING}<Identify>中文".encode("gb18030"), "BrokenXml"),
        ('<?xml version="1.0" encoding="gb2312"?><a>中文</a>'.encode("gb2312"), "BrokenXml"),
        (b'<?xml version="1.0" encoding="no-such-thing"?><a/>', "BrokenXml"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "BrokenXml"),
        (b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>', "BrokenXml"),
        (OPENING.encode() + b"<a>" * 200_000, "BrokenXml"),
        (f"{OPENING}</OAI-PMH>".encode(), "NotOai"),
        (f'{OPENING}<error code="badVerb">no</error></OAI-PMH>'.encode(), "Refused"),
    ],
)
def test_an_answer_that_is_no_answer_is_told_and_the_next_harvest_is_whole(
    source: int, provider: Provider, content: bytes, code: str
) -> None:
    provider.add(reading("r1"))
    provider.spoil = lambda _arguments, _content: content
    found = run(source, provider)
    assert (problem(found), found.is_whole, found.records) == (code, False, 0)
    assert sentence(found.problem)
    provider.spoil = None
    assert counts(run(source, provider)) == {"added": 1}


@pytest.mark.parametrize("lie", ["2099-01-01T00:00:00Z", "yesterday", "", "0001-01-01T00:00:00Z"])
def test_a_source_that_lies_about_the_time_hides_nothing_from_the_next_harvest(
    source: int, provider: Provider, lie: str
) -> None:
    provider.add(reading("r1"))
    provider.responded_at = lie
    assert run(source, provider).is_whole
    asked_from = db.session.get_one(HarvestSource, source).harvested_until
    assert asked_from <= walk.clock.now().strftime(walk.SECONDS)
    provider.add(reading("r2"), at=walk.clock.now().strftime(walk.SECONDS))
    run(source, provider)
    assert titles() == ["阅读 r1", "阅读 r2"]


def test_dates_of_records_that_make_no_sense_do_no_harm(source: int, provider: Provider) -> None:
    provider.add(reading("r1"), at="9999-99-99T99:99:99Z" + "x" * 1000)
    assert counts(run(source, provider)) == {"added": 1}


def test_a_token_that_expired_leads_back_to_the_beginning(source: int, provider: Provider) -> None:
    provider.add(*(reading(f"r{number}") for number in range(2 * PAGE)))

    def breaks(arguments: Mapping[str, str], content: bytes) -> bytes:
        if "resumptionToken" in arguments:
            raise NoAnswer(host="x", reason="x")
        return content

    provider.spoil = breaks
    run(source, provider)
    expired = '<error code="badResumptionToken">expired</error></OAI-PMH>'

    def forgets(arguments: Mapping[str, str], content: bytes) -> bytes:
        resumed = [one for one in provider.lists() if "resumptionToken" in one]
        if "resumptionToken" in arguments and len(resumed) == 2:
            return content[: content.index(b"<ListRecords>")] + expired.encode()
        return content

    provider.spoil = forgets
    second = run(source, provider)
    assert (second.added, second.unchanged, second.is_whole) == (PAGE, PAGE, True)


def test_a_source_without_news_is_whole(source: int, provider: Provider) -> None:
    found = run(source, provider)
    assert (found.is_whole, found.records) == (True, 0)


def test_a_source_by_days_is_asked_by_days(source: int, provider: Provider) -> None:
    provider.granularity = "YYYY-MM-DD"
    provider.add(reading("r1"))
    run(source, provider)
    run(source, provider)
    assert provider.lists()[-1]["from"] == "2026-10-01"


def test_a_source_that_offers_no_form_we_read_is_told(source: int, provider: Provider) -> None:
    provider.prefixes = ("marc21",)
    assert problem(run(source, provider)) == "NoCommonForm"


def test_the_key_goes_to_the_source(source: int, provider: Provider) -> None:
    with transaction():
        db.session.get_one(HarvestSource, source).key = "weike-secret"
    run(source, provider)
    assert {one["key"] for one in provider.asked} == {"weike-secret"}


# Dublin Core and LOM


IN_DUBLIN_CORE = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>分数</dc:title><dc:creator>王老师</dc:creator>'
    "<dc:subject>数学</dc:subject><dc:identifier>ISBN 1</dc:identifier>"
    "<dc:identifier>https://other.example/1</dc:identifier><dc:language>zh-CN</dc:language>"
    "<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc>"
)
IN_LOM = (
    '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>'
    '<title><string language="zh-CN">分数</string></title>'
    "<language>zh-CN</language><keyword><string>数学</string></keyword></general><lifeCycle><contribute>"
    "<role><source>LOMv1.0</source><value>author</value></role><entity>BEGIN:VCARD\nFN:王老师\nEND:VCARD"
    "</entity></contribute></lifeCycle><technical><location>https://other.example/1</location></technical>"
    "<educational><typicalAgeRange><string>7-9</string></typicalAgeRange><typicalLearningTime>"
    "<duration>PT1H30M</duration></typicalLearningTime></educational><rights><description>"
    "<string>CC-BY-4.0</string></description></rights></lom>"
)


@pytest.mark.parametrize(("prefix", "metadata"), [("oai_dc", IN_DUBLIN_CORE), ("lom", IN_LOM)])
def test_a_foreign_library_comes_in_as_links(
    source: int, provider: Provider, prefix: str, metadata: str
) -> None:
    provider.prefixes = (prefix,)
    provider.add(reading("r1"))

    def says(arguments: Mapping[str, str], content: bytes) -> bytes:
        if arguments["verb"] != "ListRecords":
            return content
        head, tail = content.index(b"<metadata>") + 10, content.index(b"</metadata>")
        return content[:head] + metadata.encode() + content[tail:]

    provider.spoil = says
    assert counts(run(source, provider)) == {"added": 1}
    one = db.session.scalars(select(Resource)).one()
    assert (one.title, one.author, one.kind.value) == ("分数", "王老师", "link")
    assert (one.licence, one.keywords) == ("CC-BY-4.0", ["数学"])
    assert db.session.scalar(select(ResourceBody.url)) == "https://other.example/1"
    if prefix == "lom":
        assert (one.grade_from, one.grade_to, one.minutes) == (2, 3, 90.0)


# By the clock


def test_sources_are_asked_when_their_time_has_come(source: int, now: datetime) -> None:
    with transaction():
        admin = make_administrator(make_city())
        by_hand = sources.Plan(name="手动", url="https://b.example/oai", every_hours=0)
        paused = sources.Plan(name="暂停", url="https://c.example/oai", is_paused=True)
        sources.add_source(by_hand, by=admin, now=now)
        sources.add_source(paused, by=admin, now=now)
    harvest_due()
    harvest_due()
    waiting = list(db.session.scalars(select(Job).where(Job.task == "library.harvest")))
    assert [one.arguments for one in waiting] == [{"source_id": source}]
    with transaction():
        known = db.session.get_one(HarvestSource, source)
        known.started_at = walk.clock.now()
        assert not sources.is_due(known, known.started_at + timedelta(hours=23))
        assert sources.is_due(known, known.started_at + timedelta(hours=24))


def test_a_source_that_is_busy_is_asked_again_when_it_said(
    source: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_outside: object, _url: str, _key: str) -> IO[bytes]:
        raise Busy(host="other.example", retry_after_seconds=600)

    monkeypatch.setattr("library.harvests.outside.Outside.fetch", busy)
    harvest_due()
    jobs.run_waiting()
    [again] = db.session.scalars(select(Job).where(Job.task == "library.harvest", Job.state == "waiting"))
    assert again.run_after - again.created_at == timedelta(seconds=600)


def test_where_a_resource_comes_from_is_remembered(source: int, provider: Provider) -> None:
    provider.add(reading("r1"))
    run(source, provider)
    [origin] = db.session.scalars(select(HarvestedResource))
    assert origin.identifier == "oai:other.example:r1"
    assert origin.source_id == source
