"""Angles, triangles and segments by the letters of their corners: which order of them says the same."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.algebra.equality import same_formula
from library.items.algebra.sameness import same_form
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import Unreadable
from tests.unit.library.items.test_algebra import same

CORNERS = st.permutations("ABCDEFGH")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The corner stays in the middle.
        ("∠ABC", "∠CBA"),
        (r"\angle ABC", "∠ CBA"),
        ("∠ABC=60°", r"60^{\circ}=\angle{CBA}"),
        ("∠A₁OB₁", r"\angle B_{1}OA_1"),
        ("∠A′OB", "∠BOA'"),
        (r"\angle A^{\prime}OB", "∠BOA′"),
        ("∠ABD+∠DBC", "∠CBD+∠DBA"),
        ("2∠ABC", "∠ABC+∠CBA"),
        ("cos∠BAC", "cos(∠CAB)"),
        ("∠1+∠2=180°", "∠2+∠1=180°"),
        # One letter is the angle's, with the sign or without.
        ("∠A=60°", "A=60°"),
        (r"\angle\alpha", "α"),
        # A triangle is its corners.
        ("△ABC", "△CAB"),
        (r"\triangle ABC", "ΔBCA"),
        ("∆ABC", "△ABC"),
        ("S_{△ABC}=12", r"S_{\triangle CBA}=12"),
        ("S△ABC", "S_{△BAC}"),
        ("S_{△ABC}:S_{△DEF}=4:9", r"8:18=S_{\triangle BAC}:S_{\triangle DFE}"),
        # Which corner goes with which one.
        ("△ABC≌△DEF", r"\triangle ABC\cong\triangle DEF"),
        ("△ABC≌△DEF", "△BAC≅△EDF"),
        ("△ABC≌△DEF", "△DFE≌△ACB"),
        ("△ABC∽△DEF", r"\triangle CBA\sim\triangle FED"),
        # Segments and lines.
        ("AB=CD", "DC=BA"),
        ("AB:AC=2:3", "4:6=BA:CA"),
        ("AB/AC=DB/DC", r"\frac{DB}{CD}=\frac{BA}{AC}"),
        ("½CV²", "½V²C"),
        ("AB∥CD", r"DC\parallel BA"),
        ("AB//CD", "CD∥AB"),
        ("a⊥b", r"b\perp a"),
        ("AB²+AC²=BC²", "BC^2=AC^2+AB^2"),
        # Formulas of physics are products.
        ("U=IR", "U=RI"),
        ("PV/(RT)", "VP/(TR)"),
        ("PV/(RT)", "P·V/(R·T)"),
        ("I²R", "RI²"),
        ("F=BIL", "F=ILB"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("∠ABC", "∠BAC"),
        ("∠ABC", "∠ACB"),
        ("∠ABC=60°", "∠ACB=60°"),
        ("∠ABC", "ABC"),
        ("∠ABC", "∠B"),
        ("∠ABC", "△ABC"),
        ("∠1", "1"),
        ("∠1+∠2", "∠3"),
        ("∠1=∠2", "∠1=∠3"),
        ("∠ABC=60°", "2∠ABC=120°"),
        ("∠ABC+∠ACB", "2∠ABC"),
        ("△ABC", "△ABD"),
        ("S_{△ABC}", "S_{△ABD}"),
        ("S_{△ABC}", "△ABC"),
        ("△ABC≌△DEF", "△ABC≌△EDF"),
        ("△ABC≌△DEF", "△ABC∽△DEF"),
        ("△ABC≌△DEF", "△ACB≌△DEF"),
        ("AB∥CD", "AB⊥CD"),
        ("AB∥CD", "AC∥BD"),
        ("AB∥CD", "AB=CD"),
        # Segments are no products, where all that is written is segments.
        ("AB·CD", "AC·BD"),
        ("AB/AC", "DB/DC"),
        ("AB:BC=2:3", "DA:CD=2:3"),
        ("AB=CD", "AB=BC"),
        ("AB=3", "2AB=6"),
        ("½CV²", "½VC²"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_of_the_form_the_corners_of_a_triangle_have_their_order() -> None:
    # Behind ≌ and ∽ in the question the order says which corner goes with which.
    assert same_formula("△DEF", r"\triangle DEF", same_form)
    assert not same_formula("△DEF", "△DFE", same_form)
    assert same_formula("∠ABC", "∠CBA", same_form)
    assert not same_formula("∠ABC", "∠BAC", same_form)
    assert same_formula("△ABC≌△DEF", "△BAC≌△EDF", same_form)
    assert not same_formula("△ABC≌△DEF", "△ABC≌△EDF", same_form)


@given(CORNERS)
def test_an_angle_has_its_corner_in_the_middle(corners: list[str]) -> None:
    one, middle, other, *_others = corners
    for order in permutations((one, middle, other)):
        assert same(f"∠{one}{middle}{other}", f"∠{''.join(order)}") == (order[1] == middle)
        assert same(f"△{one}{middle}{other}", f"\\triangle {''.join(order)}")


@given(CORNERS, st.permutations(range(3)), st.permutations(range(3)), st.sampled_from("≌∽"))
def test_a_congruence_says_which_corners_go_together(
    corners: list[str], order: list[int], other_order: list[int], sign: str
) -> None:
    left, right = corners[:3], corners[3:6]
    mixed, others = ("".join(left[place] for place in order), "".join(right[place] for place in other_order))
    said, mixed_said = f"△{''.join(left)}{sign}△{''.join(right)}", f"△{mixed}{sign}△{others}"
    assert same(said, mixed_said) == (order == other_order)
    assert same(said, f"△{others}{sign}△{mixed}") == (order == other_order)


@pytest.mark.parametrize(
    "text", ["∠", "∠AB", "∠ABCD", "△", "△AB", "△ABCD", "a≌b", "△ABC≌", "AB⊥CD⊥EF", "△ABC≌△DEF≌△GHI", "∠0.5"]
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        statements_in(text)
