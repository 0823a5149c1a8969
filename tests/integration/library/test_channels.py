"""Kolibri channels come in as resources and collections, with a report of every part."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from core.files import files
from core.jobs import services as jobs
from library.channels.findings import Note
from library.channels.models import ChannelImport, ChannelPart
from library.collections.models import Collection, CollectionEntry
from library.interchange.models import OrderState
from library.media.models import MediaAsset, MediaKind, MediaState
from library.resources.models import EndUser, Resource, ResourceAsset, ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_city, make_district, make_school, make_teacher
from tests.factories.channels import (
    GEOMETRY,
    LOWER_SECONDARY,
    NEW,
    OLD,
    PRESCHOOL,
    ChannelMaker,
    make_storage,
    zipped,
)
from tests.factories.documents import pdf_bytes
from tests.factories.library import make_subject
from tests.factories.media import picture_bytes, recording_bytes
from tests.statements import statements_of


class City:
    """The administrators of a school and of the city, each in a browser."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                city = make_city()
                school = make_school(make_district(city))
                hats = [make_administrator(school), make_administrator(city), make_teacher()]
                self.math_id = make_subject("math").id
                self.school_id, self.city_id = school.id, city.id
                self.usernames = [one.person.username for one in hats]
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.school, self.city, self.teacher = (sign_in_as(hat) for hat in hats)

    def work(self) -> None:
        with self.app.app_context():
            jobs.run_waiting()

    def send(self, browser: Browser, content: bytes, tier: str = "public", **more: object) -> str:
        """Hand a channel in and have it looked at; the address of its page."""
        data = {
            "file": (io.BytesIO(content), "channel.sqlite3"), "tier": tier, "subject_id": 0,
            "grade_from": 1, "grade_to": 12,
        } | more  # fmt: skip
        answer = browser.post("/library/channels", data=data, content_type="multipart/form-data")
        assert answer.status_code == 302, answer.get_data(as_text=True)
        self.work()
        return answer.location

    def take(self, browser: Browser, content: bytes, tier: str = "public", **more: object) -> str:
        """Hand a channel in and take it."""
        address = self.send(browser, content, tier, **more)
        assert browser.post(f"{address}/carry-out").status_code == 302
        self.work()
        return address

    def order(self) -> ChannelImport:
        """The last import."""
        found = db.session.scalars(select(ChannelImport).order_by(ChannelImport.id.desc())).first()
        assert found is not None
        return found

    def notes(self) -> set[Note]:
        return set(
            db.session.scalars(select(ChannelPart.note).where(ChannelPart.import_id == self.order().id))
        )


@pytest.fixture
def city(app: Flask, sign_in_as: SignInAs) -> City:
    return City(app, sign_in_as)


FILM, SHEET, TONE = b"no film at all", pdf_bytes("page one", "page two"), recording_bytes()
PICTURES = picture_bytes(), picture_bytes(300, 200)


def whole(place: Path, schema: str = NEW, **about: object) -> tuple[bytes, list[tuple[str, bytes]]]:
    """A channel with something of each kind, and its files."""
    made = ChannelMaker(place, schema, **about)
    new = schema != OLD
    levels: dict[str, Any] = {"grade_levels": LOWER_SECONDARY} if new else {}
    made.node("algebra", "topic", "代数", **levels)
    made.node("equations", "topic", "方程", parent="algebra")
    said = {"license_name": "CC BY", "lang_id": "zh", "categories": GEOMETRY, "duration": 240}
    more: dict[str, Any] = said if new else {}
    special: dict[str, Any] = {"license_name": "Special"} if new else {}
    coach: dict[str, Any] = {"coach_content": 1} if new else {}
    made.node("sheet", "document", "移项讲义", parent="equations", author="王芳", **more)
    made.node("tone", "audio", "听一听", parent="equations", **special)
    made.node("slides", "slideshow", "图解移项", parent="algebra")
    made.node("film", "video", "移项", parent="algebra")
    made.node("drill", "exercise", "练一练")
    made.node("app", "html5", "天平", **coach)
    made.node("odd", "hologram", "全息图")
    made.tag("sheet", "移项")
    named = [(made.file("sheet", SHEET, "pdf"), SHEET), (made.file("tone", TONE, "mp3"), TONE)]
    named += [
        (made.file("slides", one, "jpg", f"slideshow_image_{n}"), one) for n, one in enumerate(PICTURES)
    ]
    made.file("film", FILM, "mp4", "high_res_video")
    made.file("film", b"WEBVTT", "vtt", "video_subtitle", supplementary=1)
    made.file("drill", b"perseus", "perseus")
    return made.finish().read_bytes(), named


@pytest.mark.parametrize("schema", [NEW, OLD])
def test_a_channel_with_its_files_becomes_resources(city: City, tmp_path: Path, schema: str) -> None:
    _database, named = whole(tmp_path / "channel.sqlite3", schema)
    content = zipped(tmp_path / "channel.sqlite3", named)
    address = city.send(city.city, content)
    page = city.city.get(address).get_data(as_text=True)
    assert "数学频道" in page
    with city.app.app_context():
        assert (city.order().state, city.order().added) == (OrderState.CHECKED, 6)
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
    city.city.post(f"{address}/carry-out")
    city.work()
    with city.app.app_context():
        order = city.order()
        assert (order.state, order.added, order.files_taken, order.refused) == (OrderState.DONE, 6, 4, 0)
        kinds = {one.title: one.kind for one in db.session.scalars(select(Resource))}
        assert kinds == {
            "移项讲义": ResourceKind.DOCUMENT, "听一听": ResourceKind.AUDIO, "图解移项": ResourceKind.IMAGE,
            "移项": ResourceKind.VIDEO, "练一练": ResourceKind.PACKAGE, "天平": ResourceKind.PACKAGE,
        }  # fmt: skip
        sheet = named_resource("移项讲义")
        assert (sheet.tier, sheet.review_state, sheet.source) == (
            Tier.PUBLIC,
            ReviewState.PUBLISHED,
            "数学频道",
        )
        assert sheet.keywords[-2:] == ["方程", "代数"]
        assert sheet.pages == 2, "the file was read after it was taken"
        states = db.session.execute(select(MediaAsset.kind, MediaAsset.state)).all()
        assert {row[0] for row in states} == {MediaKind.DOCUMENT, MediaKind.AUDIO, MediaKind.PICTURE}
        assert {row[1] for row in states} == {MediaState.READY}
        told = {Note.WITH_FILE, Note.FILE_ABSENT, Note.EXERCISE_AS_RECORD, Note.PACKAGE_AS_RECORD}
        assert city.notes() >= told | {Note.UNKNOWN_KIND, Note.HEADING, Note.SUBTITLES, Note.LIST_MADE}


def named_resource(title: str) -> Resource:
    found = db.session.scalar(select(Resource).where(Resource.title == title))
    assert found is not None
    return found


def test_what_the_labels_of_a_channel_say_is_kept(city: City, tmp_path: Path) -> None:
    content, _named = whole(tmp_path / "channel.sqlite3")
    city.take(city.city, content)
    with city.app.app_context():
        sheet = named_resource("移项讲义")
        assert (sheet.grade_from, sheet.grade_to) == (7, 9), "as the topic above it says"
        assert (sheet.subject_id, sheet.language, sheet.minutes) == (city.math_id, "zh-CN", 4.0)
        assert (sheet.licence, sheet.author) == ("CC-BY", "王芳")
        assert sheet.keywords == ["移项", "几何", "方程", "代数"]
        assert named_resource("听一听").licence == "Special"
        assert named_resource("天平").end_user is EndUser.TEACHER
        assert city.notes() >= {
            Note.LICENCE_UNKNOWN,
            Note.NO_LICENCE,
            Note.LANGUAGE_GUESSED,
            Note.FILE_ABSENT,
        }


def test_the_channel_becomes_a_collection_in_its_order(city: City, tmp_path: Path) -> None:
    content, _named = whole(tmp_path / "channel.sqlite3")
    city.take(city.city, content)
    with city.app.app_context():
        collection = db.session.scalars(select(Collection)).one()
        assert (collection.title, collection.tier) == ("数学频道", Tier.PUBLIC)
        assert collection.shared_at is not None
        assert entries(collection.id) == [
            ("移项讲义", "代数 › 方程"), ("听一听", "代数 › 方程"), ("图解移项", "代数"), ("移项", "代数"),
            ("练一练", ""), ("天平", ""),
        ]  # fmt: skip


def entries(collection_id: int) -> Sequence[tuple[str, str]]:
    rows = db.session.execute(
        select(Resource.title, CollectionEntry.note)
        .join(CollectionEntry, CollectionEntry.resource_id == Resource.id)
        .where(CollectionEntry.collection_id == collection_id, CollectionEntry.removed_at.is_(None))
        .order_by(CollectionEntry.position)
    )
    return [(row[0], row[1]) for row in rows]


def test_the_same_channel_again_changes_nothing(city: City, tmp_path: Path) -> None:
    _database, named = whole(tmp_path / "channel.sqlite3")
    content = zipped(tmp_path / "channel.sqlite3", named)
    for _time in range(2):
        city.take(city.city, content)
    with city.app.app_context():
        order = city.order()
        assert (order.added, order.changed, order.unchanged, order.files_taken) == (0, 0, 6, 0)
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 6
        assert db.session.scalar(select(func.count()).select_from(Collection)) == 1
        assert db.session.scalar(select(func.count()).select_from(MediaAsset)) == 4


def test_a_newer_version_is_brought_up_to_date(city: City, tmp_path: Path) -> None:
    place = tmp_path / "channel.sqlite3"
    _database, named = whole(place)
    city.take(city.city, zipped(place, named))
    made = ChannelMaker(place, version=2)
    made.node("new", "document", "新讲义")
    made.node("sheet", "document", "移项讲义（第二版）")
    made.file("sheet", SHEET, "pdf")
    city.take(city.city, made.finish().read_bytes())
    with city.app.app_context():
        order = city.order()
        assert (order.channel_version, order.added, order.changed) == (2, 1, 1)
        sheet = named_resource("移项讲义（第二版）")
        assert sheet.pages == 2, "a channel does not tell it, so what was counted stays"
        assert (
            db.session.scalar(
                select(func.count()).select_from(ResourceAsset).where(ResourceAsset.resource_id == sheet.id)
            )
            == 1
        ), "and so does the file that came before"
        collection = db.session.scalars(select(Collection)).one()
        assert [title for title, _note in entries(collection.id)][:2] == ["新讲义", "移项讲义（第二版）"]
        gone = db.session.scalars(
            select(ChannelPart.title).where(ChannelPart.import_id == order.id, ChannelPart.note == Note.GONE)
        ).all()
        assert set(gone) == {"听一听", "图解移项", "移项", "练一练", "天平"}


def test_files_that_come_later_join_what_is_there(city: City, tmp_path: Path) -> None:
    place = tmp_path / "channel.sqlite3"
    content, named = whole(place)
    city.take(city.city, content)
    with city.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(MediaAsset)) == 0
    city.take(city.city, zipped(place, named))
    with city.app.app_context():
        order = city.order()
        assert (order.unchanged, order.files_taken) == (6, 4)
        assert named_resource("移项讲义").pages == 2


def test_a_file_that_is_not_what_its_name_says_is_left_out(city: City, tmp_path: Path) -> None:
    place = tmp_path / "channel.sqlite3"
    _database, named = whole(place)
    wrong = [
        (name, b"%PDF-1.4 another") if name.endswith("pdf") else (name, content) for name, content in named
    ]
    city.take(city.city, zipped(place, wrong))
    with city.app.app_context():
        assert city.order().files_taken == 3
        assert Note.FILE_OTHER in city.notes()


def test_a_file_that_cannot_be_read_is_left_out_and_said(city: City, tmp_path: Path) -> None:
    made = ChannelMaker(tmp_path / "channel.sqlite3")
    made.node("sheet", "document", "移项讲义")
    name = made.file("sheet", b"MZ no document", "pdf")
    city.take(city.city, zipped(made.finish(), [(name, b"MZ no document")]))
    with city.app.app_context():
        assert (city.order().added, city.order().files_taken) == (1, 0)
        assert Note.FILE_REFUSED in city.notes()


def test_what_a_curator_did_to_the_collection_stays(city: City, tmp_path: Path) -> None:
    content, _named = whole(tmp_path / "channel.sqlite3")
    city.take(city.city, content)
    with city.app.app_context():
        collection_id = db.session.scalars(select(Collection.id)).one()
        film_id = named_resource("移项").id
    city.city.post(f"/library/collections/{collection_id}/entries/{film_id}/remove")
    city.take(city.city, content)
    with city.app.app_context():
        assert "移项" not in [title for title, _note in entries(collection_id)]
    city.city.post(f"/library/collections/{collection_id}/remove")
    city.take(city.city, content)
    with city.app.app_context():
        assert Note.LIST_REMOVED in city.notes()
        assert db.session.scalar(select(func.count()).select_from(Collection)) == 1


def test_a_large_channel_is_divided_at_its_topics(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.channels.lists.MOST", 3)
    made = ChannelMaker(tmp_path / "channel.sqlite3")
    made.node("front", "document", "前言")
    for topic in ("甲", "乙"):
        made.node(topic, "topic", topic)
        for number in range(4 if topic == "乙" else 2):
            made.node(f"{topic}{number}", "document", f"{topic}{number}", parent=topic)
    city.take(city.city, made.finish().read_bytes())
    with city.app.app_context():
        found = db.session.execute(select(Collection.title, Collection.id).order_by(Collection.id)).all()
        lists = {row[0]: [title for title, _note in entries(row[1])] for row in found}
    assert lists == {
        "数学频道": ["前言"], "数学频道 › 甲": ["甲0", "甲1"],
        "数学频道 › 乙": ["乙0", "乙1", "乙2"], "数学频道 › 乙 (2)": ["乙3"],
    }  # fmt: skip


def test_a_school_and_the_city_have_a_channel_each_of_their_own(city: City, tmp_path: Path) -> None:
    content, _named = whole(tmp_path / "channel.sqlite3")
    city.take(city.city, content)
    city.take(city.school, content, "school")
    with city.app.app_context():
        assert (city.order().added, city.order().refused) == (6, 0)
        owners = db.session.scalars(
            select(Resource.organisation_id).where(Resource.title == "移项讲义").order_by(Resource.id)
        )
        assert list(owners) == [None, city.school_id]
        titles = db.session.execute(select(Collection.tier, Collection.organisation_id)).all()
        assert {tuple(row) for row in titles} == {
            (Tier.PUBLIC, city.city_id), (Tier.SCHOOL, city.school_id)
        }  # fmt: skip


def test_levels_outside_of_school_stand_where_the_administrator_chose(city: City, tmp_path: Path) -> None:
    made = ChannelMaker(tmp_path / "channel.sqlite3")
    made.node("song", "audio", "儿歌", grade_levels=PRESCHOOL, categories="unknown", learner_needs="5nUajKSI")
    city.take(city.city, made.finish().read_bytes(), subject_id=city.math_id, grade_from=1, grade_to=2)
    with city.app.app_context():
        song = named_resource("儿歌")
        assert (song.grade_from, song.grade_to, song.subject_id) == (1, 2, city.math_id)
        assert city.notes() >= {Note.LEVEL, Note.LABELS}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing of the kind", "Kolibri 频道"),
        (b"PK\x03\x04 broken", "资源包"),
        (b"SQLite format 3\x00" + b"\xff" * 5_000, "损坏"),
    ],
)
def test_what_is_no_channel_is_refused_in_a_sentence(city: City, content: bytes, said: str) -> None:
    address = city.send(city.city, content)
    assert said in city.city.get(address).get_data(as_text=True)
    with city.app.app_context():
        order = city.order()
        assert order.state is OrderState.FAILED
        assert order.failure
        assert said in order.failure


def test_a_channel_of_headings_only_is_refused(city: City, tmp_path: Path) -> None:
    made = ChannelMaker(tmp_path / "channel.sqlite3")
    made.node("algebra", "topic", "代数")
    city.send(city.city, made.finish().read_bytes())
    with city.app.app_context():
        assert city.order().state is OrderState.FAILED


def test_one_may_stop_and_go_on(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.channels.intake.PORTION", 3)
    content, _named = whole(tmp_path / "channel.sqlite3")
    address = city.send(city.city, content)
    city.city.post(f"{address}/carry-out")
    assert city.city.post(f"{address}/stop").status_code == 302
    city.work()
    with city.app.app_context():
        assert city.order().state is OrderState.STOPPED
    city.city.post(f"{address}/carry-out")
    city.work()
    with city.app.app_context():
        assert (city.order().state, city.order().added) == (OrderState.DONE, 6)
    assert city.city.post(f"{address}/carry-out").status_code == 409


def test_the_report_can_be_narrowed_and_taken_along(city: City, tmp_path: Path) -> None:
    made = ChannelMaker(tmp_path / "channel.sqlite3")
    made.node("sum", "document", "=1+1")
    made.node("drill", "exercise", "练一练")
    address = city.take(city.city, made.finish().read_bytes())
    narrowed = city.city.get(f"{address}?note=exercise_as_record").get_data(as_text=True)
    assert "练一练" in narrowed
    assert "=1+1" not in narrowed
    sheet = city.city.get(f"{address}/report.csv").get_data(as_text=True)
    assert "'=1+1" in sheet
    assert city.school.get(address).status_code == 404
    assert city.teacher.get("/library/channels").status_code == 403


def test_the_command_takes_a_channel_with_its_folder(city: City, tmp_path: Path) -> None:
    place = tmp_path / "channel.sqlite3"
    _database, named = whole(place)
    storage = make_storage(tmp_path / "content", named)
    run = city.app.test_cli_runner().invoke
    tried = run(args=["library", "import-channel", str(place), "--storage", str(storage), "--dry-run"])
    assert tried.exit_code == 0, tried.output
    assert "6 added" in tried.output
    with city.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
        assert db.session.scalar(select(func.count()).select_from(ChannelImport)) == 0
    taken = run(
        args=["library", "import-channel", str(place), "--storage", str(storage), "--no-index", "--report"]
    )
    assert taken.exit_code == 0, taken.output
    assert "4 files" in taken.output
    assert "移项讲义" in taken.output
    with city.app.app_context():
        assert {one.tier for one in db.session.scalars(select(Resource))} == {Tier.PUBLIC}


def test_the_command_says_what_is_wrong(city: City, tmp_path: Path) -> None:
    place = tmp_path / "channel.sqlite3"
    place.write_bytes(b"nothing of the kind")
    run = city.app.test_cli_runner().invoke
    for more in ((), ("--for", "nobody"), ("--tier", "personal"), ("--subject", "nothing")):
        refused = run(args=["library", "import-channel", str(place), *more])
        assert refused.exit_code == 1
        assert "Error: " in refused.output


def test_a_channel_whose_file_is_gone_says_so(city: City, tmp_path: Path) -> None:
    content, _named = whole(tmp_path / "channel.sqlite3")
    address = city.send(city.city, content)
    with city.app.app_context():
        files().remove(city.order().content_sha256)
    city.city.post(f"{address}/carry-out")
    city.work()
    with city.app.app_context():
        assert city.order().state is OrderState.FAILED


def test_a_page_of_the_report_asks_as_often_for_many_lines_as_for_ten(city: City, tmp_path: Path) -> None:
    counts = []
    for number in (10, 300):
        made = ChannelMaker(tmp_path / f"{number}.sqlite3", id=f"{number:032}")
        for one in range(number):
            made.node(f"{number}-{one}", "document", f"讲义{one}")
        address = city.send(city.city, made.finish().read_bytes())
        city.city.get(address)
        with statements_of(city.app) as sent:
            city.city.get(address)
        counts.append(len(sent))
    assert counts[0] == counts[1]
