"""HTML of other programs as the words of our questions, and back."""

import pytest

from library.formats.composing import words_of_html, words_of_text
from library.formats.drafts import Told
from library.formats.formulas import math_of
from library.formats.mathml import latex_of
from library.formats.writing import html_of
from library.packages.errors import UnreadablePage
from library.packages.markup import read_xml


def said(html: str) -> str:
    return words_of_html(html, Told(), "text")


def reasons(html: str) -> set[str]:
    told = Told()
    words_of_html(html, told, "text")
    return {one.reason for one in told.notes}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>\n three", "one\ntwo\nthree"),
        ("<div>  a\n  b </div>", "a b"),
        ("<p></p><p>&nbsp;</p><p>a</p>", "a"),
        ("<ul><li>a</li><li>b</li></ul>after", "• a\n• b\n\nafter"),
        ("<ol><li>a</li><li>b<ol><li>c</li></ol></li></ol>", "1. a\n2. b\n1. c"),
        ("x<sup>2</sup>y<sub>10</sub>", "x$^2$y$_{10}$"),
        ("CO<sub>水</sub>", "CO$_{\\text{水}}$"),
        (r"\(x&lt;1\) and \[y\] and $$z$$", "$x<1$ and $$y$$ and $$z$$"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ('<img alt="x" data-equation-content="\\frac12">', "$\\frac12$"),
        ("&lt;b&gt; &amp;amp; &#65;", "<b> &amp; A"),
        ("a < b and c > d", "a < b and c > d"),
        ("　全角　空格　", "　全角　空格　"),
        ("[[1]] [[picture:x]] [[=a]] [[x]]", "[ [1]] [ [picture:x]] [[=a]] [[x]]"),
        ("<math><mfrac><mn>1</mn><mi>x</mi></mfrac></math>", "$\\frac{1}{x}$"),
        ("<ruby>真<rp>(</rp><rt>zhen</rt><rp>)</rp></ruby>", "真(zhen)"),
        ("<b>open <i>never closed", "open never closed"),
        ("</p></div>text</span>", "text"),
    ],
)
def test_html_becomes_words(html: str, words: str) -> None:
    assert said(html) == words


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<u>x</u>", "emphasis"),
        ("x<sup>2</sup>", "script"),
        ("<table><tr><td>x</td></tr></table>", "table"),
        ("<iframe src='x'></iframe>", "media"),
        ("<img src='x.png' alt='y'>", "picture"),
        ("it costs $5 or $6", "dollars"),
        ("[[1]]", "brackets"),
        ("<math><maction>x</maction></math>", "formula"),
    ],
)
def test_what_words_cannot_say_is_told(html: str, reason: str) -> None:
    assert reasons(html) == {reason}


def test_plain_text_keeps_its_lines_and_its_brackets() -> None:
    assert words_of_text("a < b\nc", Told(), "text") == "a < b\nc"
    assert words_of_text("a <b>x</b>\nc", Told(), "text") == "a x c"


def test_html_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(UnreadablePage):
        said("<div>" * 10_000)
    with pytest.raises(UnreadablePage):
        said("x" * (3 << 20))


@pytest.mark.parametrize(
    "text", ["a\nb\n\nc", "$x<1$ & <b>", "$$\\frac{1}{2}$$", "：中文，“引号”", "x % {} ~ # = \\frac"]
)
def test_words_become_html_and_words_again(text: str) -> None:
    assert said(html_of(text, lambda _name: "")) == text


def latex(inner: str) -> tuple[str, bool]:
    return latex_of(read_xml(f"<math>{inner}</math>".encode(), "math"))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow>", "x+1"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "{(a)}^{2}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt>", "\\sqrt{x-1}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt[3]{x}"),
        ("<mover><mi>AB</mi><mo>→</mo></mover>", "\\vec{\\mathrm{AB}}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", "\\sum_{i}^{n}i"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "\\left(a,b\\right)"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>",
            "\\begin{matrix}1 & 2\\end{matrix}",
        ),
        ("<mi>sin</mi><mi>α</mi><mo>≤</mo><mn>1</mn>", "\\sin \\alpha \\le 1"),
        ("<mtext>速度 $</mtext>", "\\text{速度}"),
        ("<mn>90</mn><mo>°</mo>", "90^\\circ"),
        ('<semantics><mi>x</mi><annotation encoding="application/x-tex">y</annotation></semantics>', "y"),
        ('<semantics><mi>x</mi><annotation encoding="TeX">\\[y\\]</annotation></semantics>', "y"),
    ],
)
def test_mathml_becomes_latex(inner: str, expected: str) -> None:
    assert latex(inner) == (expected, True)


def test_mathml_that_school_does_not_know_is_told() -> None:
    assert latex("<mlongdiv><mn>1</mn></mlongdiv>") == ("\\text{1}", False)


@pytest.mark.parametrize(
    "formula", ["\\frac{1}{2}", "x^2\\le\\sqrt{3}", "\\sum_{i=1}^{n}i", "90^\\circ", "\\mathrm{km/h}"]
)
def test_latex_becomes_mathml_that_says_the_same(formula: str) -> None:
    math = math_of(formula)
    assert math is not None
    assert latex_of(math) == (formula, True)


@pytest.mark.parametrize("formula", ["\\frac{", "{" * 500 + "}" * 500, "x" * 5_000, "\\begin{nothing}"])
def test_latex_that_cannot_be_read_is_none(formula: str) -> None:
    made = math_of(formula)
    assert made is None or formula == "\\begin{nothing}"
