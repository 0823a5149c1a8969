from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items import marking
from library.items.kinds.blanks import AnswerKind, folded, is_same
from library.items.kinds.table import kind_of
from library.items.marking import NOT_MARKED, Judgement, is_answered, misconception_of
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import read_number
from library.items.texts import fold_text, same_text

CHOICES = st.sets(st.sampled_from("ABCDE"))
RIGHT = Judgement(1.0, is_correct=True)
WRONG = Judgement(0.0, is_correct=False)


def version(kind: ItemKind, correct: dict[str, Any], misconceptions: list[Any] | None = None) -> ItemVersion:
    return ItemVersion(
        kind=kind, correct=correct, interaction={}, pictures=[], misconceptions=misconceptions or [], hints=[]
    )


def mark(kind: ItemKind, correct: dict[str, Any], response: dict[str, Any]) -> Judgement:
    return marking.mark(version(kind, correct), response)


def test_the_chosen_answer_is_right_or_wrong() -> None:
    assert mark(ItemKind.CHOICE, {"choices": ["B"]}, {"choices": ["B"]}) == RIGHT
    assert mark(ItemKind.CHOICE, {"choices": ["B"]}, {"choices": ["A"]}) == WRONG
    assert mark(ItemKind.CHOICE, {"choices": ["B"]}, {"choices": []}) == WRONG


def test_some_right_choices_and_no_wrong_one_earn_their_share() -> None:
    key = {"choices": ["A", "C", "D"]}
    assert mark(ItemKind.MULTIPLE_CHOICE, key, {"choices": ["D", "A"]}).score == pytest.approx(2 / 3)
    assert mark(ItemKind.MULTIPLE_CHOICE, key, {"choices": ["D", "A", "C"]}) == RIGHT
    assert mark(ItemKind.MULTIPLE_CHOICE, key, {"choices": ["A", "B", "C", "D"]}) == WRONG


@given(right=CHOICES.filter(bool), chosen=CHOICES)
def test_multiple_choice_scores_stay_in_range_and_are_full_for_the_key_alone(
    right: set[str], chosen: set[str]
) -> None:
    judgement = mark(ItemKind.MULTIPLE_CHOICE, {"choices": sorted(right)}, {"choices": sorted(chosen)})
    assert judgement.score is not None
    assert 0 <= judgement.score <= 1
    assert judgement.is_correct == (chosen == right) == (judgement.score == 1)
    assert (judgement.score == 0) == (not chosen or bool(chosen - right))


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("Ｈ２Ｏ", "H2O"),
        ("Beijing ", "beijing"),
        ("in  front of", "in front of"),
        ("床 前明月光", "床前明月光"),
        ("疑是地上霜。", "疑是地上霜"),
        ("x = 3", "x=3"),
        ("（1，2）", "(1,2)"),
        ("3/4", "0.75"),
        ("７５％", "3/4"),
        ("It’s", "It's"),
        ("1,000", "1000"),
        (" 。", "."),
        ("，", ","),
        ("……", "......"),
    ],
)
def test_what_differs_in_writing_only_is_the_same(written: str, accepted: str) -> None:
    assert same_text(written, accepted)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("together", "to gether"),
        ("1 2", "12"),
        ("x²", "x2"),
        ("5", "-5"),
        ("", "0"),
        ("50", "50%"),
        ("half", "1/2"),
        ("，", "。"),
        ("，", "、"),
        ("！", "。"),
        ("；", "，"),
        ("。", ""),
    ],
)
def test_what_differs_in_meaning_is_not_the_same(written: str, other: str) -> None:
    assert not same_text(written, other)


@given(
    st.text(alphabet="abcXYZ床前明月光 0123+-=(),.;!", max_size=20),
    st.sampled_from([str.upper, str.strip, None]),
)
def test_width_case_and_outer_spaces_never_matter(text: str, change: Callable[[str], str] | None) -> None:
    changed = (
        change(text) if change else "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    )
    assert fold_text(f" {changed} ") == fold_text(text)
    assert fold_text(fold_text(text)) == fold_text(text)


WORDS = st.text(alphabet="aBcMg床月0 12+-=(),.", max_size=20)


@given(WORDS)
def test_where_capitals_count_width_and_outer_spaces_still_do_not(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert is_same(AnswerKind.EXACT, text, f" {wide} ")
    assert is_same(AnswerKind.EXACT, text, text.swapcase()) == (text == text.swapcase())


@given(WORDS, WORDS)
def test_what_is_the_same_with_capitals_is_the_same_without(one: str, other: str) -> None:
    assert is_same(AnswerKind.TEXT, one, other) or not is_same(AnswerKind.EXACT, one, other)


@given(st.sampled_from([AnswerKind.TEXT, AnswerKind.EXACT, AnswerKind.NUMBER]), WORDS, WORDS)
def test_answers_of_one_group_are_right_together_or_wrong_together(
    kind: AnswerKind, one: str, other: str
) -> None:
    if folded(kind, one) == folded(kind, other):
        assert is_same(kind, "B", one) == is_same(kind, "B", other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("exact", "CO", "Co"),
        ("exact", "Monday", "monday"),
        ("exact", "New York", "NewYork"),
        ("expression", "X+1", "x+1"),
        ("quantity", "5 mΩ", "5 MΩ"),
    ],
)
def test_answers_that_a_letter_tells_apart_are_no_group(kind: str, one: str, other: str) -> None:
    asked = version(ItemKind.TEXT_ENTRY, {"blanks": [[one]]})
    asked.interaction = {"answers": [kind]}
    of_kind = kind_of(asked)
    assert marking.mark(asked, {"blanks": [one]}) == RIGHT
    assert marking.mark(asked, {"blanks": [other]}) == WRONG
    assert of_kind.same(asked, {"blanks": [one]}) != of_kind.same(asked, {"blanks": [other]})


def test_each_blank_counts_the_same_and_order_matters() -> None:
    key = {"blanks": [["北京", "北京市"], ["1911"]]}
    assert mark(ItemKind.TEXT_ENTRY, key, {"blanks": ["北京市", "１９１１"]}) == RIGHT
    assert mark(ItemKind.TEXT_ENTRY, key, {"blanks": ["北京", ""]}).score == 0.5
    assert mark(ItemKind.TEXT_ENTRY, key, {"blanks": ["1911", "北京"]}) == WRONG
    assert mark(ItemKind.TEXT_ENTRY, key, {"blanks": ["北京"]}).score == 0.5
    assert mark(ItemKind.TEXT_ENTRY, key, {}) == WRONG


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.5", Fraction(7, 2)),
        ("３．５", Fraction(7, 2)),
        ("3。5", Fraction(7, 2)),
        ("－2", Fraction(-2)),
        ("−2", Fraction(-2)),
        ("负2", Fraction(-2)),
        ("- 2", Fraction(-2)),
        ("3/4", Fraction(3, 4)),
        ("-3/4", Fraction(-3, 4)),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("1 1/2", Fraction(3, 2)),
        ("-1又1/2", Fraction(-3, 2)),
        ("\\frac{3}{4}", Fraction(3, 4)),
        ("$\\dfrac{3}{4}$", Fraction(3, 4)),
        ("25%", Fraction(1, 4)),
        ("25％", Fraction(1, 4)),
        ("百分之25", Fraction(1, 4)),
        ("12,000", Fraction(12000)),
        ("12，000", Fraction(12000)),
        ("3×10^8", Fraction(300_000_000)),
        ("3×10⁸", Fraction(300_000_000)),
        ("1.6×10⁻³", Fraction(16, 10000)),
        ("3e8", Fraction(300_000_000)),
        (".5", Fraction(1, 2)),
    ],
)
def test_numbers_are_read_as_pupils_write_them(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1/0",
        "1 1/0",
        "abc",
        "3²",
        "1,00",
        "1e99",
        "10:30",
        "3.5.1",
        "nan",
        "inf",
        "9" * 65,
        "1_000",
        "٣x",
    ],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=80))
def test_reading_a_number_never_fails(text: str) -> None:
    assert isinstance(read_number(text), Fraction | None)
    assert isinstance(read_number(text, spelled=True), Fraction | None)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=99))
def test_a_fraction_reads_back_as_itself(value: Fraction) -> None:
    assert read_number(f"{value.numerator}/{value.denominator}") == value


@given(
    st.decimals(min_value=-1000, max_value=1000, places=3),
    st.decimals(min_value=0, max_value=10, places=3),
    st.decimals(min_value=-20, max_value=20, places=3),
)
def test_a_number_is_right_exactly_within_the_tolerance(
    value: Decimal, tolerance: Decimal, off: Decimal
) -> None:
    key = {"value": str(value), "tolerance": str(tolerance)}
    judgement = mark(ItemKind.NUMERIC, key, {"value": str(value + off)})
    assert judgement.is_correct == (abs(off) <= tolerance)


def test_the_edge_of_a_tolerance_is_exact_where_binary_floats_are_not() -> None:
    assert mark(ItemKind.NUMERIC, {"value": 0.3, "tolerance": 0.1}, {"value": "0.4"}) == RIGHT
    assert mark(ItemKind.NUMERIC, {"value": 0.3}, {"value": "0.30"}) == RIGHT
    assert mark(ItemKind.NUMERIC, {"value": 0.3}, {"value": "0.31"}) == WRONG
    assert mark(ItemKind.NUMERIC, {"value": 0.75}, {"value": "3/4"}) == RIGHT
    assert mark(ItemKind.NUMERIC, {"value": 0}, {"value": ""}) == WRONG


def test_a_photo_waits_for_a_person() -> None:
    assert mark(ItemKind.PHOTO, {}, {"photos": ["a"]}) == NOT_MARKED


@given(
    st.sampled_from(list(ItemKind)),
    st.dictionaries(st.sampled_from(["choices", "blanks"]), st.lists(st.text())),
)
def test_marking_takes_any_response(kind: ItemKind, response: dict[str, list[str]]) -> None:
    correct: dict[str, Any] = {"choices": ["A"], "blanks": [["a"]], "value": 1}
    judgement = mark(kind, correct, response)
    assert judgement.score is None or 0 <= judgement.score <= 1


@pytest.mark.parametrize(
    ("kind", "empty", "full"),
    [
        (ItemKind.CHOICE, {"choices": []}, {"choices": ["A"]}),
        (ItemKind.TEXT_ENTRY, {"blanks": ["", " "]}, {"blanks": ["", "x"]}),
        (ItemKind.NUMERIC, {"value": " "}, {"value": "0"}),
        (ItemKind.PHOTO, {"photos": []}, {"photos": ["a"]}),
    ],
)
def test_an_answer_is_told_from_none(kind: ItemKind, empty: dict[str, Any], full: dict[str, Any]) -> None:
    assert not is_answered(kind, empty)
    assert not is_answered(kind, {})
    assert is_answered(kind, full)


def test_a_typical_error_is_recognised_and_named() -> None:
    choice = version(
        ItemKind.CHOICE,
        {"choices": ["B"]},
        [{"response": {"choices": ["A"]}, "feedback": "移项要变号。"}],
    )
    assert misconception_of(choice, {"choices": ["A"]}) == "移项要变号。"
    assert misconception_of(choice, {"choices": ["C"]}) == ""
    assert misconception_of(choice, {"choices": ["B"]}) == ""
    numeric = version(
        ItemKind.NUMERIC,
        {"value": 12, "tolerance": 0.5},
        [{"response": {"value": "24"}, "feedback": "忘了除以 2。"}],
    )
    assert misconception_of(numeric, {"value": "24.2"}) == "忘了除以 2。"
    blanks = version(
        ItemKind.TEXT_ENTRY,
        {"blanks": [["a"], ["b"]]},
        [{"response": {"blanks": ["", "c"]}, "feedback": "看第二空。"}],
    )
    assert misconception_of(blanks, {"blanks": ["a", "C "]}) == "看第二空。"
    assert misconception_of(blanks, {"blanks": ["a", "d"]}) == ""
