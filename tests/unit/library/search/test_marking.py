import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.search.marking import SNIPPET, parts, snippet


def marked(text: str, *words: str) -> list[str]:
    return [piece for piece, is_match in parts(text, words) if is_match]


def test_what_was_asked_for_is_marked() -> None:
    assert marked("同分母分数加法", "分数") == ["分数"]


def test_words_that_mean_the_same_are_marked_too() -> None:
    assert marked("函数的图象", "图像") == ["图象"]


def test_english_is_marked_to_the_end_of_the_word_and_not_in_its_middle() -> None:
    assert marked("Solving equations, resolving", "solv~") == ["Solving"]


@pytest.mark.parametrize("text", ["<b>分数</b>", "<mark>", "分数&lt;script&gt;"])
@given(word=st.text(max_size=6))
def test_pieces_joined_are_the_text_again(text: str, word: str) -> None:
    assert "".join(piece for piece, _ in parts(text, [word, "分数", "b"])) == text


def test_a_snippet_begins_shortly_before_what_matched() -> None:
    text = "无关的话。" * 100 + "这里讲分数的意义。" + "无关的话。" * 100
    found = snippet([text], ["分数"])
    assert ("分数", True) in found
    assert len("".join(piece for piece, _ in found)) <= SNIPPET + 2


def test_a_snippet_comes_from_the_first_text_that_matches() -> None:
    assert ("分数", True) in snippet(["说明", "正文讲分数"], ["分数"])
    assert snippet(["说明", "正文"], ["分数"]) == [("说明", False)]
    assert snippet(["", ""], ["分数"]) == []


def test_markdown_is_read_as_text() -> None:
    assert snippet(["## 题目\n\n**分数** [链接](http://x)"], ["分数"])[0] == ("题目 ", False)
