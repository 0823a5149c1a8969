"""Questions that say the same as others are found, whatever makes no difference."""

from hypothesis import given
from hypothesis import strategies as st

from library.intake.models import Likeness
from library.intake.twins import Twin, twins
from library.items.wording import words_of

LONG = "甲、乙两地相距三百六十千米，一辆汽车从甲地开往乙地，每小时行驶六十千米，需要几小时到达乙地？"


def test_two_questions_about_one_passage_are_not_nearly_the_same_for_its_sake() -> None:
    here = [
        (1, words_of("作者为什么难过？", {}, about=LONG)),
        (2, words_of("文中的“它”指什么？", {}, about=LONG)),
    ]
    assert twins(here, [(9, words_of("划线句是什么意思？", {}, about=LONG))]) == {}


def test_the_same_nearly_the_same_and_twice_in_one_file() -> None:
    here = [(1, words_of("1+1=____", {})), (2, words_of(LONG, {})), (3, words_of("1+1=____", {}))]
    near = LONG.replace("汽车", "客车")
    library = [(9, words_of("2+2=____", {})), (8, words_of("1+1=____", {})), (7, words_of(near, {}))]
    assert twins(here, library) == {
        1: Twin(Likeness.SAME, item_id=8),
        2: Twin(Likeness.NEAR, item_id=7),
        3: Twin(Likeness.HERE, position=1),
    }


def test_what_is_nearly_an_earlier_question_of_its_import_is_told_and_the_nearest_is_named() -> None:
    other = "一个长方形的长是八厘米，宽是五厘米，如果把它的长增加两厘米，那么它的面积增加多少平方厘米？"
    near, nearer = LONG.replace("汽车", "客车"), LONG.replace("汽车", "客车").replace("乙地？", "乙地。")
    texts = [other, LONG, near, nearer]
    here = [(position, words_of(text, {})) for position, text in enumerate(texts, start=1)]
    assert twins(here, []) == {
        3: Twin(Likeness.NEAR_HERE, position=2),
        4: Twin(Likeness.NEAR_HERE, position=3),
    }
    assert twins(here, [(9, words_of(LONG.replace("汽车", "卡车"), {}))])[4] == Twin(Likeness.NEAR, item_id=9)


def test_short_questions_are_the_same_or_not_never_nearly() -> None:
    assert twins([(1, words_of("3+4=____", {}))], [(9, words_of("3+5=____", {}))]) == {}


@given(st.lists(st.text(max_size=60), max_size=12))
def test_a_file_beside_itself_is_there_already(texts: list[str]) -> None:
    said = [(position, words_of(text, {})) for position, text in enumerate(texts, start=1)]
    found = twins(said, said)
    assert set(found) == {position for position, _words in said}
    assert all(one.likeness in {Likeness.SAME, Likeness.HERE} for one in found.values())
