import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.search.questions import LONGEST, read


@pytest.mark.parametrize("text", ['"一次函数" 图像', "“一次函数” 图像", "「一次函数」图像"])
def test_a_phrase_stands_in_any_kind_of_quotes(text: str) -> None:
    question = read(text)
    assert (question.phrases, question.words) == (("一次函数",), "图像")


@pytest.mark.parametrize("text", ["函数 -应用", "函数 NOT 应用", "函数 －应用"])
def test_a_minus_or_not_excludes_a_word(text: str) -> None:
    question = read(text)
    assert (question.words, question.unwanted) == ("函数", ("应用",))


def test_a_phrase_can_be_excluded() -> None:
    assert read('函数 -"一次函数"').unwanted == ("一次函数",)


@pytest.mark.parametrize("text", ["解方程 x -3", "2021-2022", "一 - 二"])
def test_a_number_with_a_sign_and_a_dash_exclude_nothing(text: str) -> None:
    assert read(text).unwanted == ()


@pytest.mark.parametrize("text", ['"分数', '分数"', "“分数", '分"数'])
def test_a_quote_without_its_partner_is_a_space(text: str) -> None:
    question = read(text)
    assert question.phrases == ()
    assert question.words.replace(" ", "") == "分数"


@pytest.mark.parametrize("text", ["***", "?", '""', "--", "“”", "？！"])
def test_signs_alone_are_no_search(text: str) -> None:
    assert read(text).is_wordless


def test_control_characters_are_spaces() -> None:
    assert read("分\x00数\x1b\u202e加法").words == "分 数 加法"


def test_a_query_of_ten_thousand_characters_is_cut_and_told() -> None:
    question = read("分数" * 5_000)
    assert len(question.words) == LONGEST
    assert question.is_cut


@given(st.text(max_size=500))
def test_every_text_is_a_question(text: str) -> None:
    question = read(text)
    assert len(question.words) <= LONGEST
    assert all((*question.phrases, *question.unwanted))
