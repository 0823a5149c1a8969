"""What teachers' files are at their worst, format by format: read, or refused in words that say where."""

import base64
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from PIL import Image

from library.formats import errors
from library.formats.encodings import decoded
from library.formats.reading import Reading
from library.formats.table import FORMATS
from tests.factories.papers import moodle, moodle_question
from tests.factories.question_files import workbook_file

GIFT = "一加一等于几？{=二 ~三}\n\n二加二等于几？{=四 ~五}\n"
AIKEN = "一加一等于几？\nA. 二\nB. 三\nANSWER: A\n\n二加二等于几？\nA. 四\nB. 五\nANSWER: A\n"
CSV = "题型,题干,选项A,选项B,答案\n单选题,一加一等于几？,二,三,A\n单选题,二加二等于几？,四,五,A\n"
PAPER = "1. 一加一等于几？\nA. 二\nB. 三\n答案：A\n2. 二加二等于几？\nA. 四\nB. 五\n答案：A\n"
XML = (
    moodle(
        *(
            moodle_question(
                "multichoice",
                text,
                f"<answer fraction='100'><text>{right}</text></answer><answer fraction='0'><text>无</text></answer>",
            )
            for text, right in (("一加一等于几？", "二"), ("二加二等于几？", "四"))
        )
    )
    .decode()
    .replace('<?xml version="1.0" encoding="UTF-8"?>\n', "")
)
TEXTS = {"gift": GIFT, "aiken": AIKEN, "csv": CSV, "paper": PAPER, "moodle": XML}


def read(name: str, content: bytes) -> Reading:
    reader = FORMATS[name].read
    assert reader is not None
    return reader(content)


def mixed(text: str) -> bytes:
    """The first half in UTF-8, the second in GBK: two files put together."""
    lines = text.split("\n")
    half = len(lines) // 2
    return "\n".join(lines[:half]).encode() + b"\n" + "\n".join(lines[half:]).encode("gbk")


ENCODED: dict[str, Callable[[str], bytes]] = {
    "GBK": lambda text: text.encode("gbk"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "mixed": mixed,
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("name", TEXTS)
def test_the_letters_are_read_in_any_encoding_and_what_was_assumed_is_said(name: str, encoding: str) -> None:
    found = read(name, ENCODED[encoding](TEXTS[name]))
    assert [one.prompt for one in found.good] == ["一加一等于几？", "二加二等于几？"]
    said = [one.reason for one in found.notes if one.part == "encoding"]
    assert bool(said) == (encoding != "UTF-8 with a mark")


def test_letters_in_no_encoding_are_named_by_their_line() -> None:
    content = "一加一等于几？\n".encode() + b"\xff\xff\xff\n"
    with pytest.raises(errors.UnreadableLetters) as refusal:
        decoded(content)
    assert "2" in str(refusal.value)


@pytest.mark.parametrize("text", ["一加一？ {=二 ~三", "一加一？ =二 ~三}", "{{=二}"])
def test_a_brace_without_a_partner_is_named_with_its_line(text: str) -> None:
    found = read("gift", f"{GIFT}\n{text}\n".encode())
    assert len(found.good) == 2
    [problem] = [one.problem for one in found.questions if one.problem]
    assert isinstance(problem, errors.UnbalancedBraces)
    assert "5" in str(problem)


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("name", ["moodle", "qti"])
def test_a_document_that_asks_for_other_files_is_refused_as_a_whole(name: str) -> None:
    body = {"moodle": XML.replace("二", "&a;"), "qti": "<assessmentItem>&a;</assessmentItem>"}[name]
    with pytest.raises(errors.BadFile) as refusal:
        read(name, f"{ENTITY}{body}".encode())
    assert str(refusal.value)


def bomb(*inside: str) -> bytes:
    """An archive of a few kilobytes that unpacks to far more than anybody reads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in inside:
            archive.writestr(one, b"\0" * (64 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("qti", "imsmanifest.xml"),
        ("word", "word/document.xml"),
        ("workbook", "xl/workbook.xml"),
    ],
)
def test_an_archive_that_swells_is_refused(name: str, inside: str) -> None:
    with pytest.raises(errors.BadFile) as refusal:
        read(name, bomb(inside, "more"))
    assert str(refusal.value)


def test_ten_megabytes_of_picture_in_gift_are_drawn_smaller_and_said() -> None:
    out = io.BytesIO()
    Image.effect_noise((2_200, 2_200), 90).convert("RGB").save(out, "PNG")
    assert len(out.getvalue()) > 10 << 20
    address = f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}".replace(
        "=", "\\="
    ).replace(":", "\\:", 1)
    [found] = read("gift", f'[html]See <img src\\="{address}" alt\\="x"> {{}}'.encode()).questions
    assert found.record is not None, found.problem
    assert len(found.record.pictures) == 1
    assert ("questiontext", "redrawn") in {(one.part, one.reason) for one in found.notes}


def test_cells_that_are_formulas_are_named_in_a_workbook_and_words_in_csv() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_file()))
    book.worksheets[0]["B2"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    problem = read("workbook", out.getvalue()).questions[0].problem
    assert problem is not None
    assert "2" in str(problem)
    [one] = read("csv", "题干,选项A,选项B,答案\n=1+1,2,3,A\n".encode()).good
    assert one.prompt == "=1+1"
