"""Repeating decimals and factorials: exact where they are numbers, and never costly."""

from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.algebra.equality import same_formula
from library.items.algebra.reading import read
from library.items.algebra.sameness import same_form
from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import Op, TooLarge, Unreadable
from tests.unit.library.items.test_algebra import same

DIGITS = st.text("0123456789", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Dots stand over the first and the last digit that repeat.
        (r"0.\dot{6}", "2/3"),
        (r"0.\dot6", "0.6̇"),
        ("0.6˙", "2/3"),
        (r"0.1\dot{4}2\dot{8}", "1427/9990"),
        ("0.14̇28̇", r"0.1\dot 4 2\dot 8"),
        (r"0.\dot{1}4285\dot{7}", "1/7"),
        ("0.1̇8̇", "2/11"),
        (r"-1.2\dot{3}x", "-37x/30"),
        (r"0.\overline{27}", "3/11"),
        (r"x=0.\dot{3}", r"x=\frac{1}{3}"),
        (r"0.\dot{9}", "1"),
        # Factorials
        ("5!", "120"),
        ("0!", "1"),
        ("3！", "6"),
        ("2·3!", "12"),
        ("3!²", "36"),
        ("2^{3!}", "64"),
        ("100!/98!", "9900"),
        (r"\frac{100!}{98!\cdot2!}", "4950"),
        ("n!", "n·(n-1)!"),
        (r"\frac{n!}{\left(n-2\right)!}", "n(n-1)"),
        ("(n+1)!/n!", "n+1"),
        ("(-1)^n·n!", "n(-1)^n(n-1)!"),
        ("n! = 6", "6=n!"),
        ("5!=120", "120=5!"),
        ("(n+1)! =6", "6=(1+n)!"),
        ("x!=0", "x≠0"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"0.\dot{6}", "0.6"),
        (r"0.\dot{6}", "0.67"),
        (r"0.\dot{6}", "0.666666666666"),
        (r"0.1\dot{4}2\dot{8}", r"0.\dot{1}42\dot{8}"),
        ("n!", "n"),
        ("(2n)!", "2n!"),
        ("2n!", "(2n)!"),
        ("n!", "n(n-1)"),
        ("5!", "20"),
        ("100!", "99!"),
        ("170!", "170!+1"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@given(DIGITS, st.text("0123456789", max_size=5), DIGITS)
def test_a_repeating_decimal_is_the_fraction_that_it_is(whole: str, decimals: str, repeated: str) -> None:
    first, last = repeated[0], repeated[-1]
    dotted = rf"\dot{{{first}}}" + (rf"{repeated[1:-1]}\dot{{{last}}}" if len(repeated) > 1 else "")
    typed = f"{first}̇" + (f"{repeated[1:-1]}{last}̇" if len(repeated) > 1 else "")
    shift = 10 ** len(decimals)
    nines = 10 ** len(repeated) - 1
    value = int(whole) + Fraction(int(decimals or "0"), shift) + Fraction(int(repeated), nines * shift)
    for written in (f"{whole}.{decimals}{dotted}", f"{whole}.{decimals}{typed}"):
        node = read(written)
        assert node.op is Op.NUMBER
        assert node.number == value
        assert same(in_dollars(written), str(value))


@given(st.integers(min_value=0, max_value=170), st.integers(min_value=0, max_value=170))
def test_factorials_of_numbers_are_exact(one: int, other: int) -> None:
    quotient = Fraction(factorial(one), factorial(other))
    small = max(len(str(quotient.numerator)), len(str(quotient.denominator))) < 15
    assert same(f"{one}!", f"{other}!") == (factorial(one) == factorial(other))
    assert not small or same(rf"\frac{{{one}!}}{{{other}!}}", str(quotient))


def test_of_a_form_a_factorial_is_not_calculated() -> None:
    assert same_formula("5!·x", "x·5!", same_form)
    assert not same_formula("5!", "120", same_form)


@pytest.mark.parametrize(
    "text",
    [
        "!",
        "!3",
        "n!!",
        "2^n!",
        "1.5!",
        "3̇",
        r"\dot{x}",
        r"0.\dot{12}",
        # Nothing stands behind what repeats.
        r"0.1\dot{4}2\dot{8}57",
        "0.1̇2̇3̇",
        r"\dot{1}.5",
        r"0.\overline{x}",
        "0." + "1" * 20 + "̇",
    ],
)
def test_what_is_no_such_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        statements_in(text)


def test_factorials_beyond_all_that_is_calculated_are_refused() -> None:
    with pytest.raises(TooLarge):
        statements_in("2026!")


@pytest.mark.parametrize(
    "bomb",
    [
        "!" * 299,
        "9!" * 149,
        "170!" * 70,
        "170!^20",
        "((9!)!)!",
        r"0.\dot{9}" * 33,
        "(" * 20 + "n" + ")!" * 20,
    ],
)
def test_a_bomb_costs_nothing_and_is_never_right(bomb: str) -> None:
    assert not same(bomb, "x+1")
    assert not same("x+1", bomb)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0.6̇", r"$0.\dot{6}$"),
        ("0.6˙", r"$0.\dot{6}$"),
        (r"0.\dot{6}", r"$0.\dot{6}$"),
        ("0.14̇28̇", r"$0.1\dot{4}2\dot{8}$"),
        ("n!", "$n!$"),
        ("5!=120", "$5!=120$"),
        ("x!=0", r"$x\ne 0$"),
    ],
)
def test_what_is_typed_is_shown_as_it_is_meant(typed: str, shown: str) -> None:
    assert in_dollars(typed) == shown
