"""Moments and chapters as teachers write them."""

import pytest

from learning.lessons.errors import BadChapter, BadMoment
from learning.lessons.moments import ChapterLine, read_chapters, read_moment, write_chapters, write_moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:05", 5), ("1:25", 85), ("1:02:03", 3723), ("85", 85), ("1:02.5", 62.5), ("1：25", 85)],
)
def test_moments_are_read_as_they_are_written(text: str, seconds: float) -> None:
    assert read_moment(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-5", "1:2:3:4", "2:00"])
def test_what_is_no_moment_of_this_video_is_refused(text: str) -> None:
    with pytest.raises(BadMoment):
        read_moment(text, length=100)


def test_moments_are_written_short() -> None:
    assert [write_moment(seconds) for seconds in (5, 85.9, 3723)] == ["0:05", "1:25", "1:02:03"]


def test_chapters_are_read_with_both_titles_and_put_in_order() -> None:
    text = "1:00 例题 | An example\n\n0:00 引入"
    chapters = read_chapters(text, length=100)
    assert chapters == [ChapterLine(0, "引入"), ChapterLine(60, "例题", "An example")]
    assert read_chapters(write_chapters(chapters)) == chapters


@pytest.mark.parametrize("text", ["0:00", "起点 引入", "0:00 引入\n9:00 太晚", "0:00 引入\n0:00 又一次"])
def test_a_bad_line_is_named(text: str) -> None:
    with pytest.raises(BadChapter) as refusal:
        read_chapters(text, length=100)
    assert refusal.value.details == {"line": len(text.splitlines())}
