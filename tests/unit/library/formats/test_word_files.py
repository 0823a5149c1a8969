"""Word files become the text of a paper: pictures and formulas in place, what is not read named."""

import io
import zipfile

import pytest
from PIL import Image

from library.formats.docx import errors
from library.formats.docx.blank import word_file
from library.formats.docx.document import Text
from library.formats.docx.word import read, typed
from library.items.records import MOST_PICTURE
from tests.factories.media import picture_bytes
from tests.factories.words import (
    box,
    formula,
    letters,
    lists,
    numbered,
    ole,
    paragraph,
    picture,
    table,
    text,
    word_bytes,
)


def lines(*blocks: str, numbering: str = "") -> list[str]:
    """The lines of a Word file of these blocks."""
    return typed(word_bytes(*blocks, numbering=numbering)).lines


def test_paragraphs_and_breaks_are_lines() -> None:
    broken = paragraph(text("乙"), "<w:r><w:br/></w:r>", text("丙"), "<w:r><w:tab/></w:r>", text("丁"))
    assert lines("甲", broken) == ["甲", "乙", "丙\t丁"]


def test_numbers_that_word_makes_are_written_out() -> None:
    made = lists(("decimal", "%1."), ("upperLetter", "%2."))
    found = lines(
        numbered("甲？", 1), numbered("一", 1, 1), numbered("二", 1, 1), numbered("乙？", 1),
        numbered("三", 1, 1),
        numbering=made,
    )  # fmt: skip
    assert found == ["1. 甲？", "A. 一", "B. 二", "2. 乙？", "A. 三"]


@pytest.mark.parametrize(
    ("form", "label", "said"),
    [
        ("chineseCounting", "%1、", "一、"),
        ("decimal", "（%1）", "（1）"),
        ("decimal", "%1", "1."),
        ("decimalEnclosedCircle", "%1", "①."),
        ("upperRoman", "%1.", "I."),
        ("bullet", "•", ""),
    ],
)
def test_lists_count_in_many_ways(form: str, label: str, said: str) -> None:
    assert lines(numbered("题", 1), numbering=lists((form, label))) == [f"{said} 题".strip()]


def test_the_look_of_words_is_kept_as_far_as_words_can_say_it() -> None:
    line, *_rest = lines(
        paragraph(
            text("x"), text("2", '<w:vertAlign w:val="superscript"/>'), text(" 的"),
            text("重", '<w:em w:val="dot"/>'), text("点", '<w:em w:val="dot"/>'), text("词"),
            text("北京", '<w:u w:val="single"/>'), text("   ", '<w:u w:val="single"/>'),
            text("粗", "<w:b/>"),
        )
    )  # fmt: skip
    assert line == (r"x² 的$\underset{\bullet}{\text{重点}}$词$\underline{\text{北京}}$   粗")


def test_bold_letters_are_told_of_once() -> None:
    found = typed(word_bytes(paragraph(text("粗", "<w:b/>"), text("细"), text("粗", "<w:b/>"))))
    assert [(one.part, one.values) for one in found.notes] == [("bold", {"count": 2})]


def test_an_underlined_gap_is_a_blank() -> None:
    assert lines(paragraph("首都是", text("      ", '<w:u w:val="single"/>'))) == ["首都是____"]


def test_pinyin_above_a_word_stands_behind_it() -> None:
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>lè</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>乐</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert lines(paragraph("快", ruby)) == ["快乐(lè)"]


def test_what_was_deleted_or_hidden_is_not_there() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    added = "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
    assert lines(paragraph(deleted, added, text("藏", "<w:vanish/>"))) == ["新"]


# Tables


def test_choices_in_a_table_are_choices() -> None:
    assert lines(table(["A. 甲", "B. 乙"], ["C. 丙", "D. 丁"])) == ["A. 甲\tB. 乙", "C. 丙\tD. 丁"]


def test_a_small_table_of_figures_is_drawn() -> None:
    [line] = lines(table(["年", "人口"], ["2000", "12"]))
    assert line == (
        r"$\begin{array}{|c|c|} \hline \text{年} & \text{人口} \\ \hline "
        r"\text{2000} & \text{12} \\ \hline \end{array}$"
    )


def test_a_table_of_answers_is_a_list() -> None:
    answers = table(["题号", "1", "2"], ["答案", "A", "B"])
    found = read(word_bytes("1. 题？", "A. 甲 B. 乙", "2. 题？", "A. 丙 B. 丁", answers))
    assert [one.correct for one in found.good] == [["A"], ["B"]]


# Pictures


def test_a_picture_stands_in_its_place_with_its_description() -> None:
    found = typed(word_bytes(paragraph("看", picture("a.png", "一个圆")), media={"a.png": picture_bytes()}))
    assert found.lines == ["看[[picture:p1]]"]
    assert found.pictures["p1"].alt == "一个圆"


def test_the_same_picture_twice_is_kept_once() -> None:
    found = typed(word_bytes(paragraph(picture("a.png"), picture("a.png")), media={"a.png": picture_bytes()}))
    assert len(found.pictures) == 1


def test_a_picture_of_ten_megabytes_is_drawn_smaller() -> None:
    noise = Image.effect_noise((3000, 2600), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG", compress_level=0)
    assert out.tell() > 10 << 20
    found = typed(word_bytes(paragraph("1. 看", picture("a.png")), media={"a.png": out.getvalue()}))
    assert len(found.pictures["p1"].data) <= MOST_PICTURE


@pytest.mark.parametrize(
    "content", [b"\xd7\xcd\xc6\x9a wmf", b"\x01\x00\x00\x00 emf", b"", b"\x89PNG\r\n\x1a\n broken"]
)
def test_a_picture_that_cannot_be_read_says_so(content: bytes) -> None:
    assert typed(word_bytes(paragraph("看", picture("a.wmf")), media={"a.wmf": content})).lines == [
        "看〔未读：图片〕"
    ]


def test_a_picture_that_is_not_in_the_file_says_so() -> None:
    assert lines(paragraph(picture("nowhere"))) == ["〔未读：图片〕"]


# What is not read


def test_formulas_of_other_programs_are_named_in_their_question() -> None:
    found = read(
        word_bytes(
            paragraph("1. 化简", ole("f.wmf"), "得____"), "答案：1", "2. 1+1=____", "答案：2",
            media={"f.wmf": b"\xd7\xcd\xc6\x9a"},
        )
    )  # fmt: skip
    [told] = [one.problem for one in found.questions if one.problem]
    assert told.details == {"number": "1", "what": "〔未读：公式〕"}
    assert len(found.good) == 1


def test_a_field_that_draws_a_formula_is_named() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\f(1,2) </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(paragraph("求", field)) == ["求〔未读：公式〕"]


def test_a_text_box_follows_its_paragraph_with_what_it_says() -> None:
    assert lines(paragraph("看图", box("注意安全"))) == ["看图", "〔未读：文本框〕 注意安全"]


def test_another_object_is_named() -> None:
    assert lines(paragraph(ole("x.emf", "Excel.Sheet.12"))) == ["〔未读：对象〕"]


def test_what_stands_at_the_edges_of_pages_is_told() -> None:
    found: Text = typed(word_bytes("题", header1=f"<hdr><p>{'第一中学'}</p></hdr>"))
    assert [one.part for one in found.notes] == ["edges"]


def test_a_formula_of_word_is_latex() -> None:
    half = f"<m:f><m:num>{letters('1')}</m:num><m:den>{letters('2')}</m:den></m:f>"
    assert lines(paragraph("求", formula(half), formula(letters("x")))) == [r"求$\frac{1}{2}$ $x$"]


# Files that are none


def test_a_template_is_read_as_it_is() -> None:
    assert typed(word_file(["1. <甲> & 乙", "", "答案：A"])).lines == ["1. <甲> & 乙", "", "答案：A"]


XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'


def packed(**files: str) -> bytes:
    """An archive of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", errors.OldWord),
        (b"%PDF-1.7", errors.NotWord),
        (b"PK\x03\x04 cut short", errors.DamagedWord),
        (packed(hello="x"), errors.NotWord),
        # Nothing of it is unpacked: its size was not judged.
        (packed(**{"word/document.xml": "<a>"}), errors.NotWord),
        (word_bytes("题", numbering=XXE), errors.NamesOthers),
        (word_bytes("题", styles=BOMB), errors.NamesOthers),
        (word_bytes("题", styles="<styles>"), errors.DamagedWord),
        (word_bytes("题", styles="<a>" * 300 + "</a>" * 300), errors.DamagedWord),
        (word_bytes("题", styles="<a>" + " " * (31 << 20) + "</a>"), errors.RefusedWord),
    ],
)
def test_what_is_no_word_file_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        typed(content)


def test_programs_in_a_word_file_are_refused() -> None:
    content = io.BytesIO(word_bytes("题"))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(errors.RefusedWord):
        typed(content.getvalue())


def test_what_would_be_loaded_from_elsewhere_is_not() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_bytes(paragraph("看", picture("far"))))) as old,
        zipfile.ZipFile(content, "w") as new,
    ):
        for name in old.namelist():
            said = old.read(name)
            if name.endswith("document.xml.rels"):
                said = said.replace(
                    b"</Relationships>",
                    b'<Relationship Id="far" Target="https://example.org/a.png" TargetMode="External" '
                    b'Type="x/image"/></Relationships>',
                )
            new.writestr(name, said)
    assert typed(content.getvalue()).lines == ["看〔未读：图片〕"]
