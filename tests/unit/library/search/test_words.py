import pytest

from library.search.asking import asked
from library.search.letters import singular, stem
from library.search.words import cut, name_of, weigh


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
    assert singular(word) == expected


@pytest.mark.parametrize("words", ["solve solves solved solving", "plan planned planning", "circle circles"])
def test_english_words_of_one_kind_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["string", "need", "red", "分数", "x2"])
def test_a_word_that_only_looks_inflected_keeps_its_end(word: str) -> None:
    assert stem(word) == word


def test_words_that_mean_the_same_are_one() -> None:
    assert asked("函数的图象").needed == asked("函数的图像").needed
    assert asked("线性方程").needed == asked("一元一次方程").needed
    assert "一元一次方程" in cut("解线性方程")


def test_a_whole_name_is_a_word_besides() -> None:
    name = name_of("三角形的面积")
    assert weigh([("三角形", 1.0)], [("三角形的面积", 3.0)])[name] == 3.0
    assert name in asked("三角形的面积").helpful
    assert name not in asked("三角形").helpful


def test_talk_around_a_question_need_not_match() -> None:
    assert asked("孩子总是弄不懂显微镜的使用，怎么办").needed == ("显微镜", "使用")
    assert asked("I don't understand fractions, please help").needed == asked("fractions").needed


def test_the_words_of_a_phrase_are_required() -> None:
    question = asked("练习题 应用", ["一次函数的图像"])
    assert question.required == ("一次", "函数", "图像")
    assert question.needed == ("应用",)
    assert question.phrases == ("一次函数的图像",)


def test_an_excluded_name_excludes_what_holds_all_of_its_words() -> None:
    question = asked("三角形", [], ["三角形的外角", "面积"])
    assert question.excluded == ("面积",)
    assert question.excluded_together == (("三角形", "外角"),)


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


def test_a_name_that_holds_a_filter_word_is_a_name_still() -> None:
    assert "=二年级古诗" in asked("古诗", written=["语文", "二年级古诗"]).helpful
