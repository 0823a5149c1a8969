"""Formulas as teachers and pupils of grades 7 to 12 write them, in typed signs and in LaTeX."""

import pytest

from library.items.algebra.equality import same_formula
from library.items.algebra.reading import read, read_for_author
from library.items.algebra.sameness import same_form
from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import Unreadable
from tests.unit.library.items.test_algebra import same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The argument of a function is all that stands before a sign, a bracket or the next function.
        ("sin2x", "sin(2x)"),
        (r"\sin2\alpha", "2sinαcosα"),
        ("2sin3xcos3x", "sin(6x)"),
        ("sin 2(x+1)", "sin(2x+2)"),
        ("cosα(1+sinα)", "cosα+sinαcosα"),
        (r"\sin\frac{\pi}{3}x", "sin(πx/3)"),
        ("ln2x", "ln2+lnx"),
        ("sin30°cos60°", "1/4"),
        # Powers and bases between name and argument.
        ("sin²x", "(sin x)^2"),
        (r"\sin^2x+\cos^2x", "1"),
        ("1-2sin²α", "cos2α"),
        ("log₂8", "3"),
        (r"\log_{2}x", "lnx/ln2"),
        (r"\log_ab", "lnb/lna"),
        ("log_a x²", "2log_a x"),
        ("S=1/2absinC", r"S=\frac{1}{2}ab\sin C"),
        # Indices and exponents of several signs.
        ("aₙ=2n-1", "a_n=2n-1"),
        ("aₙ₊₁-aₙ=2", "a_{n+1}-a_n=2"),
        ("a₁₀=19", "a_{10}=19"),
        ("2ⁿ", "2^n"),
        ("2ⁿ⁺¹", r"2\cdot2^n"),
        ("10⁻³", "0.001"),
        ("60º", "60°"),
        # Powers beyond what is calculated, and of numbers below zero.
        ("2^{2026}-1", "2*2^2025-1"),
        ("4051x^{2026}", "x^2025*4051x"),
        ("(-1)^{n+1}n", "(-1)^{n-1}n"),
        ("(-1)^{m+n}", "(-1)^{m-n}"),
        # What a Chinese keyboard writes.
        ("x≥-1，且x≠0", "x≥-1且x≠0"),
        ("x<1，或x>3；", "x<1或x>3"),
        ("x>2,\\text{且}x≠3", "x>2且x≠3"),
        ("【1，3）", "[1,3)"),
        ("x《3", "x<3"),
        ("(-∞,1)U(3,+∞)", "(-∞,1)∪(3,+∞)"),
        ("[1,2]U[3,4]", r"\left[1,2\right]\cup\left[3,4\right]"),
        ("U(a+b)", "aU+bU"),
        # Solutions with spaces between them.
        ("x=1，y=2，z=3", "x=1 y = 2  z=3"),
        ("{x=1,y=2}", "{x=1 y=2}"),
        ("x=3或-1", "x1=3 x2=-1"),
        ("3 x = 2 y = 6", "3x=2y=6"),
        # A small two behind a letter is its power; before a root alone it is the degree of that.
        ("a²√b", "a^2*√b"),
        ("(x+1)²√3", r"\sqrt{3}(x+1)^2"),
        ("2³√5", r"2\sqrt[3]{5}"),
        ("²√x", "√x"),
        # Solutions may change places, things may not.
        ("t₁=1，t₂=2", "t=2或1"),
        ("a₁=1，a₂=3", "a_2=3,a_1=1"),
        ("a=1或3", "a₁=3，a₂=1"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Pupils go on in a line: of "(x+1)² = x²+2x+1" the last part is the answer.
        ("2x", "=2x"),
        ("2x", "= 2x"),
        ("x²+2x+1", "＝(x+1)²"),
        (r"\frac{1}{2}", r"=\frac{1}{2}"),
        ("(1,2)", "=(1,2)"),
        ("2:3", "=4:6"),
        ("=2x", "=x·2"),
    ],
)
def test_a_sign_before_an_expression_only_goes_on(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("y=2x", "=2x"),
        ("x=2", "=2"),
        ("x=2", "=x=2"),
        ("2x", "==2x"),
        ("2x", "=2x=2x"),
        ("2x", "2x="),
        ("2x", "≠2x"),
        ("2x", "=3x"),
        ("x>2", "=x>2"),
        ("x>2", ">2"),
        ("2或3", "=2或3"),
        ("x=2或3", "=2或3"),
        ("2", "="),
    ],
)
def test_a_sign_before_anything_else_is_a_side_too_few(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sin2x", "2sinx"),
        ("sin²x", "sin(x²)"),
        ("sinxcosx", "sin(xcosx)"),
        ("log₂8", "log₈2"),
        ("2ⁿ", "2n"),
        ("aₙ", "an"),
        ("a₁₀", "10a_1"),
        ("2^{2026}", "2^{2025}"),
        ("x^{2026}", "x^{2025}"),
        ("√2*x^{2026}", "√3*x^{2026}"),
        ("√2/3^{2026}", "√5/3^{2026}"),
        ("(-1)^n", "(-1)^{n+1}"),
        ("(-1)^n", "1"),
        ("(-1)^{m+n}", "-1"),
        ("a²√b", "a√b"),
        ("a₁=1，a₂=3", "a₁=3，a₂=1"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-x(x+1)", "-(x+1)x"),
        ("-2(x+1)(x-1)", "(x-1)(-2)(x+1)"),
        ("-1/2(x+1)", r"-\frac{1}{2}(x+1)"),
        ("-x/2", r"-\frac{x}{2}"),
        (r"\frac{-x}{y}", r"-\frac{x}{y}"),
    ],
)
def test_of_a_form_it_is_the_same_where_a_sign_stands_in_a_product(one: str, other: str) -> None:
    assert same_formula(one, other, same_form)


@pytest.mark.parametrize(
    ("one", "other"), [("(-a)(-b)", "ab"), ("-(x-1)", "1-x"), ("-(-x)", "x"), ("(x+1)²", "(x+1)(x+1)")]
)
def test_of_a_form_what_is_to_be_done_is_not_done(one: str, other: str) -> None:
    assert not same_formula(one, other, same_form)


@pytest.mark.parametrize("text", ["log 2", "log x", "sin^{-1}x", "sin", "x^{10001}", "(x^200)^200", "a_1_2"])
def test_what_may_mean_two_things_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        statements_in(text)


@pytest.mark.parametrize("text", ["gcd 4", "mod a", "max 3", "abs a"])
def test_functions_of_authors_have_brackets(text: str) -> None:
    with pytest.raises(Unreadable):
        read_for_author(text)


def test_a_power_stands_where_it_was_typed() -> None:
    assert in_dollars("a²√b") == r"$a²\sqrt{b}$"
    assert read("x²") == read("x^2")
