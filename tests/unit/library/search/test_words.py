import pytest

from library.resources.models import ResourceKind
from library.search.wishes import understand
from library.search.words import asked, cut, stem, weigh

SUBJECTS = {"数学": "math", "mathematics": "math", "物理": "physics"}


def test_chinese_is_cut_into_words_and_their_parts() -> None:
    assert {"一次", "函数"} <= set(cut("一次函数的图像"))


def test_traditional_and_full_width_count_as_simplified_and_half_width() -> None:
    assert cut("數學") == cut("数学")
    assert cut("ＡＢＣ") == cut("abc")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("fractions", "fraction"), ("studies", "study"), ("glass", "glass"), ("分数", "分数")],
)
def test_english_loses_its_plural(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_tex_commands_are_no_words() -> None:
    assert "frac" not in cut(r"$\frac{1}{2}$ 分数")


def test_a_title_counts_more_than_a_body() -> None:
    weights = weigh([("分数", 4.0), ("小数", 0.5)])
    assert weights["分数"] > weights["小数"]


def test_words_that_every_resource_has_need_not_match() -> None:
    assert asked("分数 复习").needed == ("分数",)
    assert asked("复习").needed == ("复习",)


def test_a_question_of_ten_thousand_characters_is_bounded() -> None:
    assert len(asked("分数" * 5_000).weights) <= 24 * 2


@pytest.mark.parametrize("text", ["", "   ", "***", '"', "的", "\x00\x07", "((("])
def test_a_query_without_words_asks_for_nothing(text: str) -> None:
    assert asked(text).needed == () or asked(text).weights


def test_words_that_name_grade_subject_and_kind_become_filters() -> None:
    wish = understand("三年级 数学 分数 视频", subjects=SUBJECTS)
    assert (wish.text, wish.grade, wish.subject, wish.kind) == ("分数", 3, "math", ResourceKind.MICRO_LESSON)
    assert [chip.word for chip in wish.chips] == ["三年级", "数学", "视频"]


def test_english_grades_are_understood() -> None:
    wish = understand("Grade 7 mathematics equations", subjects=SUBJECTS)
    assert (wish.text, wish.grade, wish.subject) == ("equations", 7, "math")


def test_a_second_word_of_the_same_kind_stays_a_word() -> None:
    wish = understand("数学 物理", subjects=SUBJECTS)
    assert (wish.subject, wish.text) == ("math", "物理")


def test_what_was_chosen_goes_before_what_was_typed() -> None:
    assert understand("三年级", subjects=SUBJECTS, grade=5).grade == 5
