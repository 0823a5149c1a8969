"""What becomes of Markdown, and what never gets through it."""

import pytest

from library.resources.prose import prose

VECTORS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:msgbox)",
    '[click](https://example.org "onmouseover=alert(1)")',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://example.org/x.png)',
    "<a href='https://example.org' onclick='alert(1)'>a</a>",
    "<p style='position:fixed'>over everything</p>",
    "<form action=https://example.org><input name=password></form>",
    "$<script>alert(1)</script>$",
    "$$\n<img src=x onerror=alert(1)>\n$$",
    "$x</span><script>alert(1)</script>$",
    "```html\n<script>alert(1)</script>\n```",
    '```x"onmouseover="alert(1)\ntext\n```',
    "`<script>alert(1)</script>`",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "| a | b |\n| - | - |\n| <b onclick=x> | <script> |",
    "<!--<script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# <script>alert(1)</script>",
    '<https://example.org/"onmouseover=alert(1)>',
)


@pytest.mark.parametrize("text", VECTORS)
def test_nothing_that_runs_gets_through(text: str) -> None:
    html = str(prose(text)).lower()

    for start in ("<script", "<img", "<svg", "<iframe", "<form", "<input", "<style", "<math", "<b "):
        assert start not in html
    for part in html.split("<")[1:]:
        tag = part.partition(">")[0]
        assert " on" not in tag.replace(' title="on', ""), tag
        assert " style" not in tag
        assert " class" not in tag
        assert "script:" not in tag
        assert "data:" not in tag


def test_a_formula_passes_through_markdown_untouched() -> None:
    assert (
        str(prose("若 $a_1*b_2*c < d$,则")) == '<p>若 <span data-math="">$a_1*b_2*c &lt; d$</span>,则</p>\n'
    )


@pytest.mark.parametrize("text", ["$$x^2$$", "$$\nx^2\n$$", "由此\n\n$$\n\\frac{1}{2}\n+ 1 $$\n\n得"])
def test_a_formula_on_lines_of_its_own_is_a_block(text: str) -> None:
    assert '<div data-math="">$$' in str(prose(text))


@pytest.mark.parametrize("text", ["一支笔 $5,一本书 $6。", "$ x $", "a $ b", "$$", "$$\n\n$$", r"\$x\$"])
def test_dollar_signs_that_hold_no_formula_stay_what_they_are(text: str) -> None:
    html = str(prose(text))

    assert "data-math" not in html
    assert "$" in html


def test_the_highest_heading_stands_below_the_title_of_the_page() -> None:
    assert "<h2>一</h2>" in prose("# 一\n\n## 二")
    assert "<h3>二</h3>" in prose("# 一\n\n## 二")
    assert "<h2>三</h2>" in prose("### 三")


def test_each_line_of_a_poem_keeps_its_line() -> None:
    assert prose("床前明月光,\n疑是地上霜。").count("<br>") == 1


def test_a_link_leads_out_without_telling_whence() -> None:
    html = str(prose("[百科](https://example.org/a)"))

    assert 'href="https://example.org/a"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_a_picture_from_elsewhere_is_told_in_words() -> None:
    assert str(prose("![一只猫](https://example.org/cat.png)")) == "<p>一只猫</p>\n"


def test_an_unfinished_formula_costs_no_time() -> None:
    assert "$" in prose("$a " * 20_000)
