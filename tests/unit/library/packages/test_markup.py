"""XML and HTML of strangers."""

import pytest

from library.packages.errors import UnreadablePage, UnreadableXml
from library.packages.html import decoded, plain_text, read_page
from library.packages.markup import read_xml, words
from library.resources.prose import prose

LAUGHS = '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        OUTSIDE,
        "<a>",
        "",
        "\x00",
        "<a>" * 200 + "</a>" * 200,
        '<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
    ids=[
        "a billion laughs",
        "an outside file",
        "cut off",
        "nothing",
        "no text",
        "too deep",
        "an unknown encoding",
    ],
)
def test_hostile_and_broken_xml_is_refused(content: str) -> None:
    with pytest.raises(UnreadableXml):
        read_xml(content.encode(), "a.xml")


def test_chinese_encodings_are_read() -> None:
    content = '<?xml version="1.0" encoding="GBK"?><a>分数</a>'
    assert words(read_xml(content.encode("gbk"), "a.xml")) == "分数"
    assert decoded("<meta charset=gb2312>分数".encode("gbk")).endswith("分数")


def test_a_page_becomes_markdown_that_shows_the_same() -> None:
    page = read_page(
        "<h1>标题</h1><p>一<b>二</b> \\(x_1\\)</p><ol><li>甲</li><li>乙</li></ol>"
        "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<blockquote><p>引</p><p>用</p></blockquote><p>2*3*4 [x] # y</p><p># 不是标题</p><p>1. 不是列表</p>"
        "<a href='javascript:alert(1)'>坏</a><a href='https://example.org/a'>好</a>"
    )
    shown = str(prose(page.text))
    assert "<strong>二</strong>" in shown
    assert "$x_1$</span>" in shown
    assert "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>" in shown
    assert "<td>2</td>" in shown
    assert "<blockquote>\n<p>引</p>\n<p>用</p>\n</blockquote>" in shown
    assert "2*3*4 [x] # y" in shown
    assert "<p># 不是标题</p>" in shown
    assert "<p>1. 不是列表</p>" in shown
    assert "javascript" not in shown
    assert 'href="https://example.org/a"' in shown


def test_scripts_players_and_forms_are_left_out_and_counted() -> None:
    page = read_page("<p>字</p><script>alert(1)</script><iframe src=x></iframe><form><input></form>")
    assert page.text == "字"
    assert dict(page.lost) == {"script": 1, "iframe": 1, "form": 1}


@pytest.mark.parametrize("html", ["<div>" * 100_000, "<b>x" * 100_000, "&" * 1_000_000])
def test_pages_that_would_take_for_ever_are_refused(html: str) -> None:
    with pytest.raises(UnreadablePage):
        read_page(html)


def test_questions_keep_their_lines_and_formulas() -> None:
    assert plain_text("<p>求 \\(x^2\\)<br>再求 $y$。</p><p>a_b*c</p>") == "求 $x^2$\n再求 $y$。\n\na_b*c"
