"""Captions are read as people write them, and stored plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.lessons.captions import Cue, read_captions, write_captions
from learning.lessons.errors import BadCaptions, EmptyCaptions

WEBVTT = """WEBVTT - a title

NOTE made by hand

STYLE
::cue { color: red }

intro
00:00.000 --> 00:02.500 align:start position:10%
同学们好!

00:00:02.500 --> 00:00:05.000
<v Teacher>Let us <b>solve</b> it: 1 &lt; 2
"""
SUBRIP = """1
00:00:01,000 --> 00:00:02,000
第一句

2
00:00:03,000 --> 00:00:04,500
第二句
第二行
"""


def test_webvtt_is_read_without_its_dress() -> None:
    assert read_captions(WEBVTT) == [
        Cue(0, 2.5, "同学们好!"),
        Cue(2.5, 5, "Let us solve it: 1 < 2"),
    ]


def test_subrip_is_read_too() -> None:
    assert read_captions(SUBRIP) == [Cue(1, 2, "第一句"), Cue(3, 4.5, "第二句\n第二行")]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    assert read_captions("\ufeff" + WEBVTT.replace("\n", "\r\n")) == read_captions(WEBVTT)


def test_cues_are_put_in_order() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nsooner"
    assert [cue.text for cue in read_captions(text)] == ["sooner", "later"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("WEBVTT\n\nhello", 3),
        ("WEBVTT\n\n00:05.000 -> 00:06.000\nx", 4),
        ("WEBVTT\n\n00:05.000 --> 00:04.000\nbackwards", 3),
        ("WEBVTT\n\n1\n00:05 --> 00:06\nx", 4),
    ],
)
def test_a_bad_line_is_named(text: str, line: int) -> None:
    with pytest.raises(BadCaptions) as refusal:
        read_captions(text)
    assert refusal.value.details == {"line": line}


@pytest.mark.parametrize("text", ["", "WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n"])
def test_captions_without_words_are_none(text: str) -> None:
    with pytest.raises(EmptyCaptions):
        read_captions(text)


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1).filter(str.strip)
cues = st.builds(
    lambda start, length, text: Cue(start / 1000, (start + length) / 1000, text),
    st.integers(0, 10_000_000),
    st.integers(1, 10_000),
    words.filter(lambda text: "-->" not in text and "<" not in text),
)


@given(st.lists(cues, min_size=1, max_size=10))
def test_what_is_written_is_read_back(some: list[Cue]) -> None:
    ordered = sorted(some, key=lambda cue: (cue.start, cue.end))
    assert read_captions(write_captions(ordered)) == ordered
