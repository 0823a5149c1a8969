"""What questions say, for comparing: what makes no difference to pupils makes none here."""

from library.items.models import ItemKind
from library.items.wording import words_of


def test_width_spaces_blanks_and_the_order_of_choices_make_no_difference() -> None:
    one = words_of("１＋１＝____ 。", {"choices": [{"id": "A", "text": "二"}, {"id": "B", "text": "三"}]})
    other = words_of("1+1=[[1]]", {"choices": [{"id": "A", "text": "三"}, {"id": "B", "text": "二"}]})
    assert one == other


def test_other_choices_make_another_question() -> None:
    one = words_of("选哪个？", {"choices": [{"id": "A", "text": "二"}]})
    assert one != words_of("选哪个？", {"choices": [{"id": "A", "text": "三"}]})


def test_other_pictures_pairs_texts_or_kinds_make_another_question() -> None:
    shown = "看图写单词：[[picture:p1]] ____"
    cat, dog = ([{"name": "p1", "asset": asset}] for asset in (7, 8))
    assert words_of(shown, {}, pictures=cat) != words_of(shown, {}, pictures=dog)
    assert words_of(shown, {}, pictures=cat) == words_of(shown, {}, pictures=[{"name": "p1", "asset": 7}])
    fruits, colours = (
        {"left": [{"id": "A", "text": one}], "right": [{"id": "a", "text": other}]}
        for one, other in (("apple", "苹果"), ("red", "红色"))
    )
    assert words_of("连一连", fruits) != words_of("连一连", colours)
    asked = "这段话主要讲了什么？"
    assert words_of(asked, {}, about=words_of("春天来了。", {})) != words_of(asked, {}, about="秋天")
    assert words_of(asked, {}, kind=ItemKind.PHOTO) != words_of(asked, {}, kind=ItemKind.SPOKEN)
    assert words_of("1+1=____", {}, kind=ItemKind.NUMERIC) == words_of(
        "1+1=____", {}, kind=ItemKind.TEXT_ENTRY
    )
