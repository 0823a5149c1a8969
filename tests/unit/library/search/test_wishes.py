import pytest

from library.curriculum.models import Stage
from library.resources.models import ResourceKind
from library.search.wishes import Wish, understand, without

SUBJECTS = {"数学": "math", "mathematics": "math", "物理": "physics"}
EDITIONS = {"人教版": "pep", "统编版": "national"}


def wish(text: str) -> Wish:
    return understand(text, subjects=SUBJECTS, editions=EDITIONS)


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


@pytest.mark.parametrize(
    ("text", "grade", "half", "left"),
    [
        ("七年级上册 方程", 7, 1, "方程"),
        ("七年级下方程", 7, None, "下方程"),
        ("七下 方程", 7, 2, "方程"),
        ("三年级分数", 3, None, "分数"),
        ("初一下学期数学", 7, 2, ""),
        ("一上一下", None, None, "一上一下"),
    ],
)
def test_a_book_is_a_grade_and_a_half(text: str, grade: int | None, half: int | None, left: str) -> None:
    found = wish(text)
    assert (found.grade, found.half, found.text) == (grade, half, left)


def test_stages_editions_and_difficulty_are_filters() -> None:
    found = wish("小学 人教版 简单 分数")
    assert (found.stage, found.edition, found.level, found.text) == (Stage.PRIMARY, "pep", 1, "分数")
    assert found.grades == (1, 2, 3, 4, 5, 6)


def test_video_means_micro_lessons_and_other_videos() -> None:
    assert wish("分数视频").kinds == (ResourceKind.MICRO_LESSON, ResourceKind.VIDEO)
    chosen = understand("分数 视频", subjects=SUBJECTS, kind=ResourceKind.READING)
    assert chosen.kinds == (ResourceKind.READING,)


def test_words_in_quotes_are_no_filters() -> None:
    found = wish('"三年级 数学" 分数')
    assert (found.grade, found.subject, found.question.phrases) == (None, "", ("三年级 数学",))


@pytest.mark.parametrize("text", ["三年级 分数 视频", "三年级分数视频", "Grade 7 equations", "人教版 函数"])
def test_every_chip_can_be_taken_off(text: str) -> None:
    left = text
    for chip in wish(text).chips:
        left = without(left, chip)
    assert wish(left).chips == ()
    assert wish(left).text == wish(text).text
