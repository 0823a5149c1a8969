"""Formulas of Word are LaTeX: what school books use."""

import pytest
from defusedxml.ElementTree import fromstring

from library.formats.docx.omml import Unread, latex_of
from tests.factories.words import letters

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def latex(inside: str) -> str:
    """The LaTeX of a formula with this inside."""
    return latex_of(fromstring(f"<m:oMath {M}>{inside}</m:oMath>"))


def part(name: str, *inside: str, properties: str = "") -> str:
    """An element of a formula, with its properties first."""
    own = f"<m:{name}Pr>{properties}</m:{name}Pr>" if properties else ""
    return f"<m:{name}>{own}{''.join(inside)}</m:{name}>"


def e(words: str) -> str:
    """The base of a thing."""
    return part("e", letters(words))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (letters("x+1≥2"), r"x+1\ge 2"),
        (letters("∠A=30°"), r"\angle A=30^{\circ}"),
        (letters("速度"), r"\text{速度}"),
        (part("f", part("num", letters("a")), part("den", letters("b"))), r"\frac{a}{b}"),
        (
            part(
                "f", part("num", letters("1")), part("den", letters("2")), properties='<m:type m:val="lin"/>',
            ),
            "{1}/{2}",
        ),
        (part("rad", part("deg"), e("x"), properties='<m:degHide m:val="1"/>'), r"\sqrt{x}"),
        (part("rad", part("deg", letters("3")), e("x")), r"\sqrt[3]{x}"),
        (part("sSup", e("x"), part("sup", letters("2"))), "x^{2}"),
        (part("sSup", e("ab"), part("sup", letters("2"))), "{ab}^{2}"),
        (part("sSub", e("a"), part("sub", letters("n"))), "a_{n}"),
        (part("sSubSup", e("a"), part("sub", letters("n")), part("sup", letters("2"))), "a_{n}^{2}"),
        (
            part(
                "nary", part("sub", letters("i=1")), part("sup", letters("n")), e("i"),
                properties='<m:chr m:val="∑"/>',
            ),
            r"\sum_{i=1}^{n} i",
        ),
        (part("d", e("x"), properties='<m:begChr m:val="|"/><m:endChr m:val="|"/>'), r"\left| x \right|"),
        (part("d", e("x")), r"\left( x \right)"),
        (
            part(
                "d", part("e", part("eqArr", e("x=1"), e("y=2"))),
                properties='<m:begChr m:val="{"/><m:endChr m:val=""/>',
            ),
            r"\left\{ \begin{aligned} x=1 \\ y=2 \end{aligned} \right.",
        ),
        (
            part("m", part("mr", e("1"), e("2")), part("mr", e("3"), e("4"))),
            r"\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}",
        ),
        (part("func", part("fName", letters("sin")), e("x")), r"\sin x"),
        (
            part("func", part("fName", part("limLow", e("lim"), part("lim", letters("x→0")))), e("x")),
            r"\lim_{x\to 0} x",
        ),
        (part("acc", e("AB"), properties='<m:chr m:val="\u20d7"/>'), r"\vec{AB}"),
        (part("bar", e("x"), properties='<m:pos m:val="top"/>'), r"\overline{x}"),
        (part("borderBox", e("x")), r"\boxed{x}"),
        (letters("50%"), r"50\%"),
    ],
)  # fmt: skip
def test_parts_of_formulas(inside: str, said: str) -> None:
    assert latex(inside) == said


def test_what_is_not_read_is_named_and_not_guessed() -> None:
    with pytest.raises(Unread):
        latex(part("strange", e("x")))
