import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.merges.alike import ALIKE, MOST_WITH_ONE_PAIR, Named, alike, likeness


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("分数的意义", "分数意义"),
        ("比较大小", "比较 大小"),
        ("Photosynthesis", "photosynthesis "),
        ("(1)班", "(1)班"),
    ],
)
def test_spaces_signs_and_small_words_do_not_tell_names_apart(first: str, second: str) -> None:
    assert likeness(first, second) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一元一次方程", "二元一次方程"),
        ("10以内的加法", "20以内的加法"),
        ("有理数的加法", "有理数的减法"),
        ("分数与除法", "分数除法"),
    ],
)
def test_numbers_and_opposites_tell_names_apart(first: str, second: str) -> None:
    assert likeness(first, second) == 0


def test_the_most_alike_come_first_and_strangers_not_at_all() -> None:
    names = ["一元一次方程的解法", "一元一次方程解法", "一元一次方程的解", "光合作用"]
    pairs = alike(Named(number, name) for number, name in enumerate(names))
    assert [(pair.first_id, pair.second_id) for pair in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert pairs[0].likeness == 1 > pairs[1].likeness >= ALIKE


def test_a_word_that_all_names_have_brings_nobody_together() -> None:
    names = [
        f"认识{chr(0x4E00 + 3 * number)}{chr(0x5E00 + number)}" for number in range(MOST_WITH_ONE_PAIR * 2)
    ]
    assert alike(Named(number, name) for number, name in enumerate(names)) == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_both_ways_and_a_share(first: str, second: str) -> None:
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == 1
