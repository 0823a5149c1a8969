"""Databases of channels: every version of their tables is read, and what is no channel is refused."""

import sqlite3
from pathlib import Path

import pytest

from library.channels import database
from library.channels.channel import LONGEST_DESCRIPTION, in_order
from library.channels.errors import (
    ChannelTookTooLong,
    ChannelTooLarge,
    DamagedChannel,
    HugeText,
    MoreThanTables,
    NotAChannel,
    SeveralChannels,
    TooManyNodes,
    WrongSchema,
)
from library.channels.reading import TABLES, read_channel
from tests.factories.channels import CHANNEL, MIDDLE, NEW, OLD, ChannelMaker, node_key


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "channel.sqlite3"


def titles(path: Path) -> list[str]:
    return [one.node.title for one in in_order(read_channel(path))[0]]


def test_todays_tables_are_read(place: Path) -> None:
    made = ChannelMaker(place, NEW, version=7, description="一到六年级")
    made.node("algebra", "topic", "代数")
    made.node(
        "video", "video", "移项", parent="algebra", license_name="CC BY", lang_id="zh-CN", duration=180,
        grade_levels="svpsy,dn4KHz", coach_content=1,
    )  # fmt: skip
    made.file("video", b"film", "mp4", "high_res_video")
    made.tag("video", "方程")
    made.insert(
        "content_contentnode_has_prerequisite", {"from_contentnode_id": "a", "to_contentnode_id": "b"}
    )
    channel = read_channel(made.finish())
    assert (channel.key, channel.title, channel.version, channel.schema) == (CHANNEL, "数学频道", 7, NEW)
    node = channel.nodes[node_key("video")]
    assert (node.licence, node.language, node.seconds, node.is_for_coaches) == ("CC BY", "zh-CN", 180, True)
    assert node.levels == ("svpsy", "dn4KHz")
    assert node.tags == ("方程",)
    assert [one.extension for one in node.files] == ["mp4"]
    assert channel.left_out == {"content_contentnode_has_prerequisite": 1}


def test_the_first_tables_are_read(place: Path) -> None:
    made = ChannelMaker(place, OLD)
    made.insert("content_license", {"id": 3, "license_name": "CC BY-SA"})
    made.node("video", "video", "移项", license_id=3)
    made.file("video", b"film", "mp4", lang_id="en")
    channel = read_channel(made.finish())
    node = channel.nodes[node_key("video")]
    assert (channel.schema, channel.root) == (OLD, node_key("root"))
    assert (node.licence, node.language, [one.extension for one in node.files]) == ("CC BY-SA", "en", ["mp4"])


def test_tables_between_them_are_read(place: Path) -> None:
    made = ChannelMaker(place, MIDDLE)
    made.node("video", "video", "移项", license_name="CC BY", lang_id="en")
    channel = read_channel(made.finish())
    assert channel.schema == MIDDLE
    assert channel.nodes[node_key("video")].levels == ()


def test_siblings_stand_as_the_tree_says_and_circles_hang_outside(place: Path) -> None:
    made = ChannelMaker(place)
    made.node("second", "video", "第二", lft=20)
    made.node("first", "video", "第一", lft=10)
    made.node("round", "topic", "甲", parent="about")
    made.node("about", "topic", "乙", parent="round")
    made.node("lost", "video", "丢失", parent="nowhere")
    channel = read_channel(made.finish())
    found, outside = in_order(channel)
    assert [one.node.title for one in found] == ["第一", "第二"]
    assert {one.title for one in outside} == {"甲", "乙", "丢失"}


def test_a_node_that_is_its_own_parent_ends_nothing(place: Path) -> None:
    made = ChannelMaker(place)
    made.node("self", "topic", "自己", parent="self")
    assert titles(made.finish()) == []


def test_a_tree_of_endless_depth_stays_small(place: Path) -> None:
    made = ChannelMaker(place)
    for number in range(2_000):
        made.node(f"t{number}", "topic", f"第{number}", parent=f"t{number - 1}" if number else "root")
    found, _outside = in_order(read_channel(made.finish()))
    assert len(found) == 2_000
    assert max(len(one.above) for one in found) == 40


def test_huge_texts_are_cut_and_said(place: Path) -> None:
    made = ChannelMaker(place)
    made.node("long", "video", "长" * 5_000_000, description="x" * 5_000_000)
    node = read_channel(made.finish()).nodes[node_key("long")]
    assert (len(node.title), len(node.description)) == (300, LONGEST_DESCRIPTION)
    assert node.is_cut


def test_a_text_that_nobody_wrote_is_not_loaded(place: Path) -> None:
    made = ChannelMaker(place)
    made.node("huge", "video", "x" * (40 << 20))
    with pytest.raises(HugeText, match="32"):
        read_channel(made.finish())


def test_broken_characters_and_values_of_any_type_are_read(place: Path) -> None:
    made = ChannelMaker(place)
    made.node(
        "odd", "video", b"\xe5\x88\xff", lft="north", duration="long", description=12, sort_order=b"\x00"
    )
    made.node("control", "video", "一\x01二\x07三\n四")
    channel = read_channel(made.finish())
    odd = channel.nodes[node_key("odd")]
    assert (odd.is_broken, odd.place, odd.seconds, odd.description) == (True, (0, 0), 0, "12")
    assert channel.nodes[node_key("control")].title == "一二三 四"


def test_names_of_files_that_lead_elsewhere_are_no_files(place: Path) -> None:
    made = ChannelMaker(place)
    made.node("video", "video", "移项")
    made.insert("content_localfile", {"id": "../../etc/passwd", "extension": "mp4", "available": 1})
    made.insert("content_localfile", {"id": "a" * 32, "extension": "mp4/../..", "available": 1})
    for number, name in enumerate(("../../etc/passwd", "a" * 32)):
        made.insert(
            "content_file",
            {
                "id": f"f{number}", "preset": "", "supplementary": 0, "thumbnail": 0,
                "contentnode_id": node_key("video"), "local_file_id": name,
            },
        )  # fmt: skip
    assert read_channel(made.finish()).nodes[node_key("video")].files == ()


def test_what_is_no_database_is_refused(place: Path) -> None:
    place.write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(NotAChannel):
        read_channel(place)


@pytest.mark.parametrize("kept", [16, 100, 3_000])
def test_a_damaged_database_is_refused(place: Path, kept: int) -> None:
    made = ChannelMaker(place)
    for number in range(50):
        made.node(f"n{number}", "video", "移项" * 50)
    whole = made.finish().read_bytes()
    place.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    with pytest.raises(DamagedChannel):
        read_channel(place)


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("CREATE VIEW spy AS SELECT 1", "spy"),
        (
            """ALTER TABLE content_contentnode RENAME TO hidden;
            CREATE VIEW content_contentnode AS SELECT * FROM hidden""",
            "content_contentnode",
        ),
        (
            "CREATE TRIGGER boom AFTER INSERT ON content_file BEGIN DELETE FROM content_contentnode; END",
            "boom",
        ),
        ("CREATE VIRTUAL TABLE words USING fts5(text)", "words"),
    ],
)
def test_a_database_with_programs_in_it_is_refused_by_name(place: Path, script: str, name: str) -> None:
    made = ChannelMaker(place)
    made.run(script)
    with pytest.raises(MoreThanTables, match=name):
        read_channel(made.finish())


@pytest.mark.parametrize(
    ("script", "missing"),
    [
        ("DROP TABLE content_contentnode", "content_contentnode"),
        ("ALTER TABLE content_contentnode DROP COLUMN kind", "content_contentnode.kind"),
        ("DROP TABLE content_localfile", "content_file.local_file_id"),
        ("DELETE FROM content_channelmetadata", "content_channelmetadata.id"),
    ],
)
def test_another_schema_is_refused_and_says_what_is_missing(place: Path, script: str, missing: str) -> None:
    made = ChannelMaker(place)
    made.run(script)
    with pytest.raises(WrongSchema, match=missing):
        read_channel(made.finish())


def test_the_database_of_a_whole_device_is_refused(place: Path) -> None:
    made = ChannelMaker(place)
    made.run(
        "INSERT INTO content_channelmetadata SELECT 'd' || substr(id, 2), name, description, tagline, "
        "author, version, thumbnail, last_updated, min_schema_version, root_id FROM content_channelmetadata"
    )
    with pytest.raises(SeveralChannels, match="2"):
        read_channel(made.finish())


def test_more_nodes_than_any_channel_has_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.channels.reading.MOST_NODES", 3)
    made = ChannelMaker(place)
    for number in range(3):
        made.node(f"n{number}", "video", "移项")
    with pytest.raises(TooManyNodes):
        read_channel(made.finish())


def test_a_database_that_is_too_large_is_not_opened(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LARGEST_MB", 0)
    with pytest.raises(ChannelTooLarge):
        read_channel(ChannelMaker(place).finish())


def test_reading_ends_when_its_time_is_over(place: Path) -> None:
    made = ChannelMaker(place)
    made.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "INSERT INTO content_contenttag SELECT printf('%032x', i), 'x' FROM n"
    )
    made.run("INSERT INTO content_contentnode_tags SELECT NULL, id, id FROM content_contenttag")
    with pytest.raises(ChannelTookTooLong):
        read_channel(made.finish(), seconds=-1)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM content_contentnode",
        "UPDATE content_contentnode SET title = ''",
        "CREATE TABLE more (id)",
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "SELECT randomblob(100)",
        "SELECT * FROM pragma_table_info('content_file')",
        "SELECT * FROM secret",
    ],
)
def test_nothing_but_reading_its_tables_can_be_asked_of_it(place: Path, statement: str) -> None:
    made = ChannelMaker(place)
    made.run("CREATE TABLE secret (id)")
    with database.opened(made.finish(), TABLES) as opened, pytest.raises(DamagedChannel):
        list(opened.rows(statement))


def test_reading_leaves_the_file_as_it_was_and_makes_none_beside_it(place: Path) -> None:
    made = ChannelMaker(place)
    made.run("PRAGMA journal_mode = WAL")
    made.node("video", "video", "移项")
    path = made.finish()
    for one in path.parent.glob(f"{path.name}-*"):
        one.unlink()
    before = path.read_bytes()
    read_channel(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
