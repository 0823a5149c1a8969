"""Word files as Word, WPS and Word on the web save them: other parts, reviewed, with controls and cut pictures."""

import base64
import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image

from library.documents.office import look_into
from library.formats.docx.word import read, typed
from library.formats.errors import LockedFile
from library.formats.reading import Reading
from library.formats.sheets.sheet import read_workbook
from tests.factories.words import W, lists, numbered, paragraph, table, text, word_bytes

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
MARK_DELETED = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"


def lines(*blocks: str, numbering: str = "") -> list[str]:
    return typed(word_bytes(*blocks, numbering=numbering)).lines


def control(inside: str, properties: str = "") -> str:
    """What a content control holds."""
    return f"<w:sdt>{properties}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"


# Where the parts are


KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    """A part that says what another one relates to: kinds and addresses."""
    said = "".join(
        f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{said}</Relationships>'


def as_the_web_saves(content: bytes) -> bytes:
    """The same, with its parts under the names that Word on the web gives them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.endswith(".rels"):
                new.writestr(name.replace(".xml", "2.xml").replace("]2", "]"), old.read(name))
        new.writestr("_rels/.rels", relations(officeDocument="/word/document2.xml"))
        new.writestr("word/_rels/document2.xml.rels", relations(numbering="numbering2.xml"))
    return out.getvalue()


def test_a_file_of_word_on_the_web_is_found_by_what_it_relates_to() -> None:
    made = lists(("decimal", "%1."))
    content = as_the_web_saves(word_bytes(numbered("1+1 等于几？", 1), "答案：2", numbering=made))
    assert typed(content).lines == ["1. 1+1 等于几？", "答案：2"]
    assert look_into(io.BytesIO(content)) is not None


@pytest.mark.parametrize("reader", [read, read_workbook])
def test_what_is_locked_by_a_password_says_so(reader: Callable[[bytes], Reading]) -> None:
    with pytest.raises(LockedFile):
        reader(LOCKED)


# Reviewed


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next_and_counts_in_no_list() -> None:
    made = lists(("decimal", "%1."))
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = paragraph("<w:del><w:r><w:delText>旧题</w:delText></w:r></w:del>", properties=item + MARK_DELETED)
    joined = paragraph("首都是", properties=MARK_DELETED)
    assert lines(numbered("甲", 1), gone, numbered("乙", 1), joined, "哪里？", numbering=made) == [
        "1. 甲",
        "2. 乙",
        "首都是哪里？",
    ]
    assert lines(joined) == ["首都是"], "nothing is lost where nothing follows"


def test_a_row_that_was_deleted_is_not_there() -> None:
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    figures = table(["年", "人口"], ["2000", "12"])
    assert lines(figures.replace("</w:tbl>", row)) == lines(figures)


def test_comments_are_told_of() -> None:
    said = (
        f'<w:comments xmlns:w="{W}"><w:comment><w:p><w:r><w:t>太难</w:t></w:r></w:p></w:comment></w:comments>'
    )
    assert [one.part for one in typed(word_bytes("题", comments=said)).notes] == ["edges"]


# Controls and lists


def test_rows_and_cells_in_controls_are_read_and_what_waits_to_be_filled_in_is_not() -> None:
    rows = table(["A. 甲", "B. 乙"], ["C. 丙", "D. 丁"])
    rows = rows.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace(
        "</w:tr>", "</w:tr></w:sdtContent></w:sdt>"
    )
    cell = f"<w:tc>{paragraph('D. 丁')}</w:tc>"
    rows = rows.replace(cell, control(cell))
    assert lines(rows) == ["A. 甲\tB. 乙", "C. 丙\tD. 丁"]
    empty = control(paragraph("单击此处输入文字。"), PLACEHOLDER)
    inline = paragraph("姓名", control(text("单击此处"), PLACEHOLDER), "：")
    assert lines(empty, inline, control(paragraph("1. 题"))) == ["姓名：", "1. 题"]


def test_a_list_that_is_made_from_a_style_counts() -> None:
    made = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="题"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="题"/><w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    assert lines(numbered("甲", 1), numbered("乙", 1), numbering=made) == ["1、 甲", "2、 乙"]


def test_letters_of_a_font_of_signs_are_those_signs_or_named() -> None:
    symbol, other = '<w:rFonts w:ascii="Symbol"/>', '<w:rFonts w:ascii="Webdings"/>'
    assert lines(paragraph("3", text("\uf0b4", symbol), "4")) == ["3×4"]
    typed = text("\uf028\uf061\uf02b1\uf029\uf0b3\uf02d\uf0d62\uf0de\uf044\uf0bb0", symbol)
    assert lines(paragraph(typed)) == ["(α+1)≥−√2⇒Δ≈0"]
    assert lines(paragraph("选", text("\uf04e甲", other))) == ["选〔未读：对象〕甲"]


def test_another_file_inside_says_that_it_is_not_read() -> None:
    assert lines('<w:altChunk r:id="x"/>', "题") == ["〔未读：对象〕", "题"]


# Pictures


def halves() -> bytes:
    """The left half red, the right half blue."""
    image = Image.new("RGB", (200, 100), (255, 0, 0))
    image.paste((0, 0, 255), (100, 0, 200, 100))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "shown",
    [
        '<w:drawing><pic xmlns="x"><a:blip r:embed="a.png"/><a:srcRect l="50000"/></pic></w:drawing>',
        '<w:pict><v:shape><v:imagedata r:id="a.png" cropleft="32768f"/></v:shape></w:pict>',
        '<w:pict><v:shape><v:imagedata r:id="a.png" cropleft=".5" cropright="-1"/></v:shape></w:pict>',
    ],
)
def test_of_a_picture_that_was_cut_nothing_is_kept_but_what_the_page_shows(shown: str) -> None:
    whole = '<w:drawing><pic xmlns="x"><a:blip r:embed="a.png"/></pic></w:drawing>'
    found = typed(word_bytes(paragraph(f"<w:r>{shown}{whole}</w:r>"), media={"a.png": halves()}))
    assert found.lines == ["[[picture:p1]][[picture:p2]]"], "the same content, but another picture"
    cut = found.pictures["p1"]
    assert (cut.width, cut.height) == (100, 100)
    with Image.open(io.BytesIO(base64.b64decode(cut.data))) as image:
        assert image.convert("RGB").getcolors() == [(10_000, (0, 0, 255))]
