"""Vectors: AB has a direction, dots multiply, and nothing is true of them that is true of numbers alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.algebra.equality import same_formula
from library.items.algebra.sameness import same_form
from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import Unreadable
from tests.unit.library.items.test_algebra import same

WHOLE = st.integers(min_value=-9, max_value=9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Written by hand, by a keyboard, in LaTeX
        (r"\overrightarrow{AB}", "向量AB"),
        (r"\overrightarrow{AB}", r"\vec{AB}"),
        (r"\overrightarrow{AB}", "AB⃗"),
        (r"\overrightarrow{A_1B_1}", "→A₁B₁"),
        (r"\vec a", r"\mathbf{a}"),
        (r"\vec{a}", "a⃗"),
        (r"\vec{a}", r"\vec{}a"),
        (r"\boldsymbol{a}", "vec(a)"),
        (r"\vec{e}_1", r"\vec{e_1}"),
        ("vec a+vec b", "向量b+向量a"),
        # Sums and multiples
        (r"2\vec a+2\vec b", r"2(\vec b+\vec a)"),
        (r"\frac{1}{2}\vec{a}-\vec b", r"-\vec b+\frac{\vec a}{2}"),
        (r"\lambda\vec a+\mu\vec b", r"\vec b\mu+\vec a\lambda"),
        (r"\overrightarrow{BA}", r"-\overrightarrow{AB}"),
        (r"\overrightarrow{AB}+\overrightarrow{BC}", r"\overrightarrow{AC}"),
        (r"\overrightarrow{AB}+\overrightarrow{BA}", r"\vec 0"),
        (r"\overrightarrow{OB}-\overrightarrow{OA}", r"\overrightarrow{AB}"),
        (r"\overrightarrow{AA}", r"\vec{0}"),
        # Products and lengths
        (r"\vec a\cdot\vec b", r"\vec b\cdot\vec a"),
        (r"(\vec a+\vec b)\cdot(\vec a-\vec b)", r"\vec a^2-\vec b^2"),
        (r"\left|\vec a+\vec b\right|^2", r"\left|\vec a\right|^2+2\vec a\cdot\vec b+\left|\vec b\right|^2"),
        (r"|-\vec a|", r"|\vec a|"),
        (r"\left|\overrightarrow{AB}\right|", "|→BA|"),
        (r"\sqrt{2}\vec a", r"\vec a\sqrt2"),
        (
            r"\cos\theta=\frac{\vec a\cdot\vec b}{|\vec a||\vec b|}",
            r"\cos\theta=\vec a\cdot\vec b/(|\vec b||\vec a|)",
        ),
        # Relations
        (r"\vec a=(1,2)", r"(1,2)=\vec a"),
        (r"\overrightarrow{AB}=\overrightarrow{DC}", r"\overrightarrow{DC}=\overrightarrow{AB}"),
        (r"2\vec a+\vec b=\vec 0", r"4\vec a+2\vec b=\vec 0"),
        (r"\vec a∥\vec b", r"\vec b\parallel\vec a"),
        (r"\vec a\perp\vec b", "向量b⊥向量a"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\overrightarrow{AB}", r"\overrightarrow{BA}"),
        (r"\overrightarrow{AB}", "AB"),
        (r"\overrightarrow{AB}", r"\overrightarrow{AC}"),
        (r"\overrightarrow{AB}=\overrightarrow{DC}", r"\overrightarrow{AB}=\overrightarrow{CD}"),
        (r"\vec a", "a"),
        (r"\vec a", r"\vec b"),
        (r"\vec 0", "0"),
        (r"\vec a+\vec b", r"\vec a-\vec b"),
        (r"\vec a+\vec b", r"\vec a\cdot\vec b"),
        (r"\vec a\cdot\vec b", r"|\vec a||\vec b|"),
        # What is so of numbers, and not of vectors.
        (r"|\vec a\cdot\vec b|", r"|\vec a||\vec b|"),
        (r"|\vec a\cdot\vec b|", r"\vec a\cdot\vec b"),
        (r"(\vec a\cdot\vec b)^2", r"\vec a^2\vec b^2"),
        (r"(\vec a\cdot\vec b)\vec c", r"\vec a(\vec b\cdot\vec c)"),
        (r"|\vec a+\vec b|", r"|\vec a|+|\vec b|"),
        (r"|\vec a|", r"\vec a"),
        (r"|\overrightarrow{AB}|", r"\overrightarrow{AB}"),
        (r"\vec a∥\vec b", r"\vec a⊥\vec b"),
        (r"\vec a=(1,2)", r"\vec a=(2,1)"),
        (r"\vec a=2\vec b", r"\vec b=2\vec a"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@given(WHOLE, WHOLE, st.permutations("ABCDO"))
def test_multiples_of_vectors_are_added_as_such(times: int, other: int, points: list[str]) -> None:
    begin, middle, end, *_others = points
    along = rf"({times})\overrightarrow{{{begin}{middle}}}+({times})\overrightarrow{{{middle}{end}}}"
    assert same(along, rf"({times})\overrightarrow{{{begin}{end}}}")
    assert same(along, rf"({other})\overrightarrow{{{begin}{end}}}") == (times == other)
    assert same(along, rf"({times})\overrightarrow{{{end}{begin}}}") == (times == 0)


@given(WHOLE, WHOLE, WHOLE)
def test_a_dot_multiplies_term_by_term(one: int, other: int, third: int) -> None:
    left, right = rf"({one})\vec a+({other})\vec b", rf"\vec b+({third})\vec a"
    said = rf"({left})\cdot({right})"
    worked = rf"({one * third})\vec a^2+({one + other * third})\vec a\cdot\vec b+({other})|\vec b|^2"
    assert same(said, worked)
    assert not same(said, rf"{worked}+1")
    assert not same(said, rf"{worked}+|\vec a||\vec b|")


def test_of_a_form_a_vector_is_as_it_is_written() -> None:
    assert same_formula(r"\vec b+\vec a", r"\vec a+\vec b", same_form)
    assert not same_formula(r"\overrightarrow{AB}+\overrightarrow{BC}", r"\overrightarrow{AC}", same_form)
    assert not same_formula(r"-\overrightarrow{AB}", r"\overrightarrow{BA}", same_form)


@pytest.mark.parametrize(
    "text",
    [
        r"\vec a+1",
        r"\vec a\times\vec b",
        r"\vec a^3",
        r"2^{\vec a}",
        r"\frac{1}{\vec a}",
        r"\sqrt{\vec a}",
        r"\sin\vec a",
        r"\vec a!",
        r"\vec{abc}",
        r"\vec{}",
        r"\vec",
        "→",
    ],
)
def test_what_is_no_vector_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        statements_in(text)


@pytest.mark.parametrize(
    "bomb",
    [
        r"\vec a" * 48,
        "→a·→b" * 49,
        "(" * 20 + "→a" + "·→a)→a" * 20,
        "(" * 12 + "→a·→b" + ")→c·→d" * 12,
        "|" * 150 + "→a" + "|" * 140,
        "→a^2" * 70,
    ],
)
def test_a_bomb_costs_nothing_and_is_never_right(bomb: str) -> None:
    assert not same(bomb, r"\vec x+\vec y")
    assert not same(r"\vec x+\vec y", bomb)
    assert same(bomb, bomb) in {True, False}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("向量AB+2a⃗", r"$\overrightarrow{AB}+2\vec{a}$"),
        ("AB⃗=→DC", r"$\overrightarrow{AB}=\overrightarrow{DC}$"),
        ("vec e_1+vec(b)", r"$\vec{e_{1}}+\vec{b}$"),
        (r"\vec a\cdot\overrightarrow{AB}", r"$\vec a\cdot\overrightarrow{AB}$"),
        ("AB//CD", r"$AB\parallel CD$"),
        ("△ABC≌△DEF", r"$△ABC\cong △DEF$"),
    ],
)
def test_what_is_typed_is_shown_as_it_is_meant(typed: str, shown: str) -> None:
    assert in_dollars(typed) == shown
    assert same(typed, shown)
