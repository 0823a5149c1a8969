"""x∈R, k∈Z: what numbers a letter stands for, beside what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.algebra.showing import in_dollars
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import TooLarge, Unreadable
from tests.unit.library.items.test_algebra import same

WAYS = {
    "ℤ": ("Z", "ℤ", r"\mathbb{Z}", r"\Z", r"\mathbf{Z}", r"\mathbb Z"),
    "ℝ": ("R", "ℝ", r"\mathbb{R}", r"\R", r"\mathbf R"),
    "ℚ": ("Q", "ℚ", r"\Q"),
    "ℕ": ("N", "ℕ", r"\N", r"\mathrm{N}"),
    "ℕ*": ("N*", "ℕ*", r"\mathbb{N}^{*}", r"\N^{\cdot}", r"\N^\ast", "N₊", "ℕ⁺", "N_{+}", r"\Z^+", "N^*"),
}
"""How each set of numbers is written."""


@pytest.mark.parametrize("name", WAYS)
def test_a_set_of_numbers_is_itself_however_it_is_written(name: str) -> None:
    for one in WAYS[name]:
        for other in WAYS[name]:
            assert same(f"k∈{one}", rf"k\in {other}"), (one, other)
            assert same(f"x=2kπ+π/6，k∈{one}", f"x=π/6+2kπ（k∈{other}）"), (one, other)
    for other in WAYS.keys() - {name}:
        assert not same(f"k∈{name}", f"k∈{other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x∈R", "x∈(-∞,+∞)"),
        ("ℝ", "(-∞,+∞)"),
        (r"\mathbb{R}", "R"),
        ("R", "(-∞,∞)"),
        ("x∈R，x≠0", "x≠0且x∈R"),
        ("x>2", "x>2，x∈R"),
        ("{x|x>1}", "{x∈R|x>1}"),
        ("{x|x<5,x∈N}", "{x∈N|x<5}"),
        # With the letter of whole numbers any other one stands.
        ("x=2kπ+π/6,k∈Z", r"x=2n\pi+\frac{\pi}{6}\left(n\in\Z\right)"),
        ("2kπ+π/6 (k∈Z)", "2mπ+π/6，m∈Z"),
        ("x=kπ或x=kπ+π/4，k∈Z", "x=nπ+π/4或x=nπ（n∈Z）"),
        ("x=kπ(k∈Z)或x=kπ+π/4(k∈Z)", "x=kπ或x=kπ+π/4，k∈Z"),
        ("x=2kπ±π/3，k∈Z", "x=2kπ+π/3或x=2kπ-π/3，k∈Z"),
        ("[2kπ-π/6,2kπ+π/3](k∈Z)", r"\left[2k\pi-\frac{\pi}{6},2k\pi+\frac{\pi}{3}\right],k\in Z"),
        ("{x|x=2k,k∈Z}", "{x|x=2n,n∈ℤ}"),
        ("{x|2kπ≤x<2kπ+π,k∈Z}", "[2kπ,2kπ+π)，k∈Z"),
        # Beside it a pair stays a point.
        ("(kπ+π/2,0),k∈Z", "(π/2+kπ,0)(k∈Z)"),
        ("a_n=2n-1,n∈N*", "a_n=2n-1（n∈ℕ₊）"),
        ("m,n∈Z", "m∈Z且n∈Z"),
        ("x∈R⁺", "x>0"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x=2kπ+π/6,k∈Z", "x=2kπ+π/6"),
        ("x=2kπ+π/6,k∈Z", "x=2kπ+π/6,k∈R"),
        ("x=2kπ+π/6,k∈Z", "x=kπ+π/6,k∈Z"),
        ("x=2kπ+π/6,k∈Z", "x=2kπ+π/6,n∈Z"),
        ("x=2kπ+π/6,k∈Z", "y=2kπ+π/6,k∈Z"),
        ("x=2kπ,k∈Z", "x=2k²π,k∈Z"),
        # A letter that is spoken of is no other.
        ("x>2,x∈Z", "y>2,y∈Z"),
        ("x∈Z", "y∈Z"),
        ("2n-1>5,n∈Z", "2m-1>5,m∈Z"),
        ("a_n=2n-1,n∈Z", "a_n=2m-1,m∈Z"),
        ("x∈R", "x∈Q"),
        ("x∈R", "x=R"),
        ("x∈R", "R"),
        ("x∈(-∞,+∞)", "y∈(-∞,+∞)"),
        ("x>2", "x>2,x∈Z"),
        ("x=R", "x=ℝ"),
        ("πR²", "πℝ²"),
        ("(kπ,0),k∈Z", "(kπ,1),k∈Z"),
        ("(kπ,0),k∈Z", "[kπ,0],k∈Z"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_short_commands_are_shown_by_any_program() -> None:
    assert in_dollars(r"k\in\Z") == r"$k\in\mathbb{Z}$"
    assert in_dollars(r"x\in\R, x\ne\Rightarrow") == r"$x\in\mathbb{R}, x\ne\Rightarrow$"


@given(
    st.integers(min_value=1, max_value=9),
    st.integers(min_value=-9, max_value=9),
    st.sampled_from("kmnt"),
    st.sampled_from("kmnt"),
)
def test_the_letter_of_whole_numbers_is_any(period: int, first: int, letter: str, other: str) -> None:
    said = f"x={period}{letter}π+{first}π/6，{letter}∈Z"
    assert same(said, f"x={period}{other}π+{first}π/6({other}∈ℤ)")
    assert not same(said, f"x={period}{other}π+{first + 1}π/6，{other}∈Z")
    assert not same(said, f"x={period + 1}{other}π+{first}π/6，{other}∈Z")


@pytest.mark.parametrize(
    "text", ["x∈", "∈Z", "2x∈Z", "x∈Z∈R", "ℝ+1", "x∈X", "k∈Z*", "x∈Z²", "1,x∈", "x=2,k∈Zk"]
)
def test_what_is_no_membership_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        statements_in(text)


def test_more_letters_than_any_answer_has_are_refused() -> None:
    with pytest.raises(TooLarge):
        statements_in("x=a+b+c+d+f" + "".join(f",{one}∈Z" for one in "abcdf"))


@pytest.mark.parametrize(
    "bomb",
    ["k∈Z," * 70 + "k∈Z", "(k∈Z)" * 55, "x∈" * 140 + "Z", "k," * 140 + "k∈Z", "x=k或" * 15 + "x=k,k∈Z" * 12],
)
def test_a_bomb_costs_nothing_and_is_never_right(bomb: str) -> None:
    assert not same(bomb, "x+1")
    assert not same("x+1", bomb)
