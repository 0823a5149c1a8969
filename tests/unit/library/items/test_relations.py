"""Formulas that are more than an expression: relations, alternatives, pairs and sets, typed or in LaTeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items import errors
from library.items.algebra.equality import same_formula
from library.items.algebra.sameness import same_form
from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import MOST_EXPRESSIONS, statements_in
from library.items.algebra.tokens import LONGEST
from library.items.algebra.tree import TooLarge, Unfinished, Unreadable
from library.items.kinds.table import KINDS
from library.items.models import ItemKind, ItemVersion
from tests.unit.library.items.test_algebra import PARTS, same

TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
SIGNS = st.sampled_from(sorted(TURNED))
FACTORS = st.fractions(min_value=-30, max_value=30, max_denominator=9).filter(bool)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Relations
        ("x>2", "2<x"),
        ("x>=2", r"2\le x"),
        ("x≥2", r"x\geqslant2"),
        ("1<x<3", "3>x>1"),
        ("1<x≤3", r"3\ge x\gt 1"),
        ("x≠0", r"0\ne x"),
        ("x!=0", "0≠x"),
        ("x<-2", "－２＞ｘ"),
        ("x+1>2", "2x+2>4"),
        ("x+1>2", "-x-1<-2"),
        ("2<2x+2<6", "1<x+1<3"),
        ("2x+2y=4", "x+y=2"),
        ("a=b=c", "c=a=b"),
        ("a_1=a_2=a_3", "a_3=a_1=a_2"),
        ("1/2<2/3", "0.5<2/3"),
        # Alternatives
        ("x=1 或 x=2", "x=2 or x=1"),
        ("x=1或x=2", r"x=2\text{ 或 }x=1"),
        ("x=1或者x=2", r"x=1\vee x=2"),
        ("x=1或2", r"2=x\lor x=1"),
        ("x<1或x>3", "3<x 或 1>x"),
        ("$x=1$ 或 $x=2$", "x=1或2"),
        ("±2", "2或-2"),
        (r"x=\pm2", "x=-2或x=2"),
        ("1±√2", r"1-\sqrt{2}\text{或}1+\sqrt{2}"),
        ("2a+/-1", "2a±1"),
        ("x₁=1，x₂=-3", "x=1或x=-3"),
        (r"x_1=-3,x_{2}=1", "x=1或-3"),
        ("x₁=x₂=2", "x=2"),
        # Pairs and sets
        ("(1,2)", r"\left(1,2\right)"),
        ("（1，2）", "(2/2, 2)"),
        ("(1,±2)", "(1,-2)或(1,2)"),
        ("{1,2}", r"\left\{2,1\right\}"),
        ("{1、2}", r"\lbrace2,1\rbrace"),
        ("{1}", r"\{1\}"),
        ("{±1,0}", "{0,1,-1}"),
        ("{(1,2),(3,4)}", "{(3,4),(1,2)}"),
        ("(x,y)=(1,2)", "(1,2)=(x,y)"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x>2", "x>3"),
        ("x>2", "x<2"),
        ("x>2", "x≥2"),
        ("x>2", "2x>4"),
        ("x=2", "2x=4"),
        ("3<5", "6<10"),
        ("x=2", "2"),
        ("x=2", "x≠2"),
        ("1<x<3", "1<x≤3"),
        ("x+1>2", "-x-1>-2"),
        ("x+1>2", "x+2>3"),
        ("x=1或x=2", "x=1"),
        ("x=1", "x=1或x=2"),
        ("±2", "2"),
        ("(1,2)", "(2,1)"),
        ("(1,2)", "{1,2}"),
        ("{1,2}", "{1,2,3}"),
        ("{1}", "1"),
        ("(1,2)", "1"),
        ("x₁+x₂", "3x"),
        ("x_1=1", "x=1"),
        ("x_1=1,x_1=2", "x=1或2"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@given(PARTS, PARTS, SIGNS)
def test_a_relation_is_itself_turned(left: str, right: str, sign: str) -> None:
    assert same(f"{left}{sign}{right}", f"{right}{TURNED[sign]}{left}")
    assert same_formula(f"{left}{sign}{right}", f"{right}{TURNED[sign]}{left}", same_form)


@given(PARTS, PARTS, SIGNS, FACTORS)
def test_an_unsolved_relation_is_itself_multiplied_and_a_negative_number_turns_it(
    left: str, right: str, sign: str, factor: object
) -> None:
    # No letter alone, and never both sides the same.
    left, right = f"({left}+x^9+1)", f"({right}-2.5)"
    multiplied = f"({factor})*{left}{{}}({factor})*{right}"
    turned = TURNED[sign] if str(factor).startswith("-") else sign
    assert same(f"{left}{sign}{right}", multiplied.format(turned))
    if TURNED[sign] != sign:
        assert not same(f"{left}{sign}{right}", multiplied.format(TURNED[turned]))


@given(st.lists(PARTS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_alternatives_and_sets_have_no_order(parts: list[str], random: object) -> None:
    mixed = list(parts)
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a Random
    assert same("或".join(parts), " or ".join(mixed))
    assert same(f"{{{','.join(parts)}}}", f"\\{{{','.join(mixed)}\\}}")
    assert not same("或".join(parts), f"{mixed[0]}+x^9")


@given(PARTS, PARTS)
def test_a_pair_has_an_order(one: str, other: str) -> None:
    assert same(f"({one},{other})", f"\\left({one},{other}\\right)")
    assert same(f"({one},{other})", f"({other},{one})") == same(one, other)


@given(PARTS, PARTS)
def test_a_sign_of_both_is_the_sum_or_the_difference(one: str, other: str) -> None:
    assert same(f"{one}±{other}", f"{one}-{other} 或 {one}+{other}")
    assert same(rf"{{{one}\pm {other}}}", f"{{{one}+{other},{one}-{other}}}")


def test_of_a_form_only_the_order_is_free() -> None:
    assert same_formula("(x+1)(x-1)>0", "0<(x-1)(1+x)", same_form)
    assert not same_formula("(x+1)(x-1)>0", "x^2-1>0", same_form)
    assert not same_formula("x+1>2", "2(x+1)>2*2", same_form)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x>", "…"),
        (">2", "…"),
        ("x=1 或", "…"),
        ("1<x>0", ">"),
        ("x<y=3", "="),
        ("a≠b≠c", "≠"),
        ("(1,2)<3", "<"),
        ("(1,2", ","),
        ("{}", "…"),
        # Of values one holds, never two together; nor two for one letter.
        ("2且3", "∧"),
        ("x=1且x=2", "∧"),
        ("x=1,y=2,x=3", ","),
        ("y>1,2", ","),
        ("[1,2,3)", ","),
        ("[-∞,2)", "∞"),
        ("(2,-∞)", "∞"),
        ("x<∞", "∞"),
        ("(1,2)∪3", "∪"),
        ("2x∈[1,2)", "∈"),
        ("x∈1", "∈"),
        ("{x|2}", "|"),
        ("|x", "…"),
        (r"\sqrt[1]{x}", "√"),
        (r"\sqrt[99]{x}", "√"),
        ("x′", "′"),
        (r"\begin{cases}x=1\\y\end{cases}", ","),
        ("1:", "…"),
        ("{{{{{x=1}=1}=1}=1}=1}", "⦃"),
        ("±", "…"),
        ("或".join(["x"] * (MOST_EXPRESSIONS + 1)), f"> {MOST_EXPRESSIONS}"),
        ("x=1或" * LONGEST, f"> {LONGEST}"),
        ("{" * 90 + "1,2" + "}" * 90, "("),
        ("(1," * 60 + "2" + ")" * 60, "("),
    ],
)
def test_an_author_reads_where_a_key_stops_being_a_formula(text: str, place: str) -> None:
    with pytest.raises(Unreadable) as refused:
        statements_in(text)
    assert str(refused.value) == place
    asked = ItemVersion(
        kind=ItemKind.TEXT_ENTRY,
        prompt="?",
        interaction={"answers": ["expression"]},
        correct={"blanks": [[text]]},
    )
    refusals = {Unfinished: errors.KeyIsUnfinished, TooLarge: errors.KeyIsTooLarge}
    with pytest.raises(refusals.get(refused.type, errors.KeyIsNoFormula)):
        KINDS[ItemKind.TEXT_ENTRY].check(asked)
    assert not same(text, "x=1")


@given(st.text(alphabet="0123xy+-*/^()[]{}√³=,;:<>≤≥≠±∓∨∧或且or\\_ $|°′%∞∪∈∅", max_size=LONGEST + 20))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        statements_in(text)
    except Unreadable:
        assert not same(text, text)
        return
    assert same(text, text) in {True, False}


@pytest.mark.parametrize("root", ["(x-3)^0.5", "(-2)^0.5", "(0-1)^(1/2)"])
def test_a_root_that_is_no_number_is_wrong_and_no_error(root: str) -> None:
    assert not same("x", root)


def test_sides_that_are_too_far_apart_are_no_multiples() -> None:
    huge = "*".join(["10^20"] * 4 + ["9" * 15] * 14 + ["9" * 10])
    assert not same("2/10^9*√x<0", f"{huge}*√x<0")
    assert same("2/10^9*√x<0", "4/10^9*√x<0")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x=1 or x=2", r"$x=1 \text{ or } x=2$"),
        (r"x=1\text{或}2", r"$x=1\text{或}2$"),
        ("{1,2}", r"$\{1,2\}$"),
        (r"{\frac{1}{2},3}", r"$\{\frac{1}{2},3\}$"),
        (r"\left\{1,2\right\}", r"$\left\{1,2\right\}$"),
        (r"\sqrt[3]{8}x^{2}", r"$\sqrt[3]{8}x^{2}$"),
        ("x>=2", r"$x\ge 2$"),
        ("$x$ 或 $y$", "$x$ 或 $y$"),
    ],
)
def test_what_is_typed_is_shown_as_it_is_meant(typed: str, shown: str) -> None:
    assert in_dollars(typed) == shown
