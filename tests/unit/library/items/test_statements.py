"""What a blank for formulas takes beside one relation: and, systems, intervals, and the signs of schools."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.algebra.equality import same_formula
from library.items.algebra.sameness import same_form
from library.items.algebra.showing import in_dollars
from tests.unit.library.items.test_algebra import PARTS, same

CASES = r"\begin{cases}x=1\\y=2\end{cases}"
ENDS = st.integers(min_value=-99, max_value=99)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Together
        ("x>2 且 x≠3", "x≠3 and x>2"),
        ("x>2并且x≠3", r"x\ne3\text{且}x>2"),
        ("x>2，x≠3", r"x\neq3\land x>2"),
        ("x>1且x≤3", "1<x≤3"),
        ("x≠±1", "x≠1且x≠-1"),
        ("x≠1，-1", "x≠-1,x≠1"),
        ("x>2且x≠3或x<0", "x<0 or x≠3 and x>2"),
        # Systems
        ("x=1，y=2", "y=2且x=1"),
        ("x=1,y=2", "{y=2, x=1}"),
        ("x=1;y=2", CASES),
        (CASES, r"\left\{\begin{array}{l}x=1\\y=2\\\end{array}\right."),
        (CASES, r"\left\{ \begin{aligned} x & =1 \\ y & =2 \end{aligned} \right."),
        ("{x+y=3,x-y=1}", "{2x-2y=2;3=x+y}"),
        ("{x=1,y=2}或{x=2,y=1}", "{x=2,y=1},{x=1,y=2}"),
        ("{x=1,y=2}或{x=2,y=1}", r"\begin{cases}x_1=1\\y_1=2\end{cases}\begin{cases}x_2=2\\y_2=1\end{cases}"),
        ("{x=√2,y=1}或{x=-√2,y=1}", "{x_1=√2,y_1=1},{x_2=-√2,y_2=1}"),
        ("{x=±1,y=2}", "{x=1,y=2}或{x=-1,y=2}"),
        # Several values
        ("±2", "2，-2"),
        ("±2", "2和-2"),
        ("x=±2", "x=-2，x=2"),
        ("x=1或2", "x=1，2"),
        ("x=1或x=-3", "x1=1，x2=-3"),
        ("x=2", "x1=x2=2"),
        ("x=1.5", "x=1.5。"),
        ("(1,2)或(3,4)", "(3,4),(1,2)"),
        # Intervals
        ("[1,3)", r"\left[1,3\right)"),
        ("(-∞,0)∪(2,+∞)", r"\left(2,\infty\right)\cup\left(-\infty,0\right)"),
        ("(-∞,0)∪(2,3)", "(2,3)或(-∞,0)"),
        ("(-∞,0)和(2,+∞)", "(-∞,0)，(2,+∞)"),
        ("x∈[1,3)", "1≤x<3"),
        ("x∈(-∞,1)∪(2,+∞)", "x<1或x>2"),
        ("{x|1≤x<3}", "[2/2,3)"),
        (r"\left\{x\mid x<0\text{或}x>2\right\}", "(-∞,0)∪(2,+∞)"),
        ("{y|y>2}", "(2,∞)"),
        ("∅", r"\varnothing"),
        # Absolute values
        ("|x-1|", "|1-x|"),
        ("2|x|+|y|", r"\left|y\right|+2\left|x\right|"),
        ("||x|-1|", r"\left\vert\lvert x\rvert-1\right\vert"),
        ("|x|", "√(x^2)"),
        ("|x|", "abs(-x)"),
        ("|x||y|", "|xy|"),
        ("|x-3|<2", "2>|3-x|"),
        ("|-3|", "3"),
        # Roots of any degree
        (r"\sqrt[3]{x}", "³√x"),
        ("∛(8x)", "2cbrt(x)"),
        (r"\sqrt[3]{-8}", "-2"),
        (r"\sqrt[2]{x}", "√x"),
        (r"\sqrt[n]{x}", "x^(1/n)"),
        ("⁴√(x^4)", "|x|"),
        ("√(x^3)", "x√x"),
        ("√(l/g)", "√(gl)/g"),
        ("√(x^2*y)", "|x|√y"),
        # Angles, ratios, shares, thousands
        ("30°", r"30^{\circ}"),
        ("30°", "π/6"),
        ("60度或120度", "60°，120°"),
        ("30°15′", "30.25°"),
        ("30°15'36''", "30.26°"),
        (r"30^\circ15^{\prime}", "30°15’"),
        ("sin 30°", "1/2"),
        ("∠A=60°", r"\angle A=60\degree"),
        ("2:3", "4：6"),
        ("2比3", "0.2:0.3"),
        ("1:2:3", "2∶4∶6"),
        ("a:b=2:3", "4:6=a:b"),
        ("50%", "0.5"),
        (r"50\%x", "x/2"),
        ("5‰", "0.005"),
        ("2pi", "2π"),
        (r"\alpha=30^{\circ}", "α=30°"),
        ("1000", "1,000"),
        ("y=1000x", "y=1,000x"),
        ("100或200", "100,200"),
        (r"12{,}000", "12000"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x>2且x≠3", "x>2"),
        ("x>2且x≠3", "x>2或x≠3"),
        ("x=1，y=2", "x=2，y=1"),
        ("x=1，y=2", "x=1或y=2"),
        ("{x=1,y=2}", "{x=1,y=2,z=3}"),
        ("{x=1,y=2}", "(1,2)"),
        ("x≠±1", "x≠1或x≠-1"),
        ("±2", "2"),
        ("1,2", "(1,2)"),
        ("1,2", "{1,2}"),
        # An interval is no pair, and ends where it ends.
        ("[1,3)", "[1,3]"),
        ("[1,3)", "(1,3)"),
        ("(1,3)", "1<x<3"),
        ("(-∞,2)", "(-∞,2]"),
        ("(1,3)", "{1,3}"),
        ("[1,3)", "1≤x<3"),
        ("(-∞,2)", "(2,+∞)"),
        ("∅", "{0}"),
        # √(x²) is x only where x is above zero.
        ("√(x^2)", "x"),
        ("|x|", "x"),
        ("|x-3|", "3-x"),
        ("|x-50|", "50-x"),
        ("√((x-60)^2)", "60-x"),
        ("√(x^2*y)", "x√y"),
        ("(x^2)^0.5", "x"),
        ("⁴√(x^4)", "x"),
        (r"\sqrt[3]{x}", "√x"),
        (r"\sqrt[3]{x}", "3√x"),
        ("sin 30°", "sin 30"),
        ("30°", "30"),
        ("30°15′", "30.15°"),
        ("2:3", "3:2"),
        ("2:3", "2/3"),
        ("1:2:3", "1:2:4"),
        ("50%", "50"),
        ("(1,200)", "1200"),
        ("1,00", "100"),
        ("0,123", "123"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(("one", "other"), [("2:3", "4:6"), ("|x-1|", "|1-x|"), ("1≤x<3", "2/2≤x<6/3")])
def test_of_a_form_the_terms_are_as_they_are_written(one: str, other: str) -> None:
    assert same_formula(one, one, same_form)
    assert not same_formula(one, other, same_form)


@given(PARTS, PARTS, PARTS)
def test_together_has_no_order_and_is_not_one_of_them(one: str, other: str, third: str) -> None:
    assert same(f"u<{one}且v>{other}且w≠{third}", f"w≠{third} and u<{one}, v>{other}")
    assert not same(f"u<{one}且v>{other}", f"u<{one}或v>{other}")
    assert same(f"{{u={one},v={other}}}", rf"\begin{{cases}}v={other}\\u={one}\end{{cases}}")


@given(ENDS, ENDS, st.sampled_from("(["), st.sampled_from(")]"))
def test_an_interval_says_what_its_inequality_says(low: int, high: int, begin: str, end: str) -> None:
    signs = "≤" if begin == "[" else "<", "≤" if end == "]" else "<"
    inequality = f"{low}{signs[0]}x{signs[1]}{high}"
    assert same(f"x∈{begin}{low},{high}{end}", inequality)
    assert same(f"{{x|{inequality}}}∪(99,+∞)", f"(99,∞)∪{begin}{low},{high}{end}")
    assert not same(f"x∈{begin}{low},{high}{end}", f"x∈{begin}{low},{high + 1}{end}")


@given(PARTS)
def test_an_absolute_value_is_the_root_of_the_square(part: str) -> None:
    assert same(f"|{part}|", f"√(({part})^2)")
    assert same(f"|{part}|", rf"\left|-{part}\right|")
    assert not same(f"|{part}|", f"-|{part}|-1")


@given(ENDS.filter(bool), ENDS.filter(bool), st.integers(min_value=1, max_value=50))
def test_a_ratio_is_itself_with_both_parts_multiplied(one: int, other: int, times: int) -> None:
    assert same(f"{one}:{other}", f"{one * times}：{other * times}")
    assert same(f"{one}:{other}", f"{other}:{one}") == (abs(one) == abs(other))


@pytest.mark.parametrize(
    "bomb",
    [
        "|" * 299,
        "°" * 299,
        "30°" * 90,
        "%" * 299,
        "x" + "%" * 290,
        "∪".join(["[1,2)"] * 40),
        "{x|" * 90 + "x>1" + "}" * 90,
        "x∈" * 140 + "(1,2)",
        r"\sqrt[" * 40 + "3" + "]{x}" * 40,
        "²√" * 140 + "x",
        ":".join(["x"] * 140),
        ",".join(["x=±1"] * 50),
        "{" + ",".join(f"{letter}=±1" for letter in "abcdefghijklmn") + "}",
        "且".join(["x≠±1"] * 60),
        r"\begin{cases}" * 20,
        "√" * 24 + "(x^20)",
    ],
)
def test_a_bomb_costs_nothing_and_is_never_right(bomb: str) -> None:
    assert not same(bomb, "x+1")
    assert not same("x+1", bomb)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x>2 且 x≠3", r"$x>2 \text{ 且 } x≠3$"),
        ("50%", r"$50\%$"),
        (r"50\%", r"$50\%$"),
        ("30°15′", "$30°15'$"),
        ("³√8+√(x+1)", r"$\sqrt[3]{8}+\sqrt{x+1}$"),
        ("∛x", r"$\sqrt[3]{x}$"),
        ("{x=1,y=2}", r"$\{x=1,y=2\}$"),
        (CASES, f"${CASES}$"),
        ("(-∞,0)∪[2,3)", "$(-∞,0)∪[2,3)$"),
    ],
)
def test_what_is_typed_is_shown_as_it_is_meant(typed: str, shown: str) -> None:
    assert in_dollars(typed) == shown
