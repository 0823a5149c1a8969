"""PDF files: Chinese inside, numbered pages, heads that come again; they tell nobody's name of themselves."""

import pypdfium2
import pytest
from flask import Flask

from core import pdf
from core.pdf import Column, NoFontForPdf, table_as_pdf

LONG_NAME = "买买提·阿卜杜热合曼·努尔买买提·阿不都克里木·吐尔逊" * 2
COLUMNS = [Column("姓名", 1), Column("得分", 1, is_number=True)]


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def made(context: Flask, rows: list[list[str]]) -> bytes:
    with context.test_request_context():
        return table_as_pdf("报告", "七年级（3）班", ["数学"], COLUMNS, rows)


def test_a_table_goes_over_pages_with_its_head_and_a_number_on_each(context: Flask) -> None:
    pages = pages_of(made(context, [[f"学生{number}", str(number)] for number in range(100)]))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "姓名" in page
        assert f"第{number}页，共{len(pages)}页" in "".join(page.split())
    assert all(f"学生{number}" in "".join(pages) for number in range(100))


def test_a_long_name_is_broken_into_lines_and_nothing_of_it_is_lost(context: Flask) -> None:
    [page] = pages_of(made(context, [[LONG_NAME, "1"]]))
    assert LONG_NAME in page.replace("\r\n", "")


def test_a_text_that_is_longer_than_a_page_is_cut_and_says_so(context: Flask) -> None:
    pages = pages_of(made(context, [["解方程。" * 3_000, "1"], ["乙", "2"]]))
    assert "…" in "".join(pages)
    assert "乙" in "".join(pages)


def test_no_line_begins_with_a_mark_that_closes_and_no_word_is_torn(context: Flask) -> None:
    text = "解方程，并写出检验过程。（单位：kilometres）" * 6
    [page] = pages_of(made(context, [[text, "1"]]))
    lines = page.splitlines()
    assert not any(line.startswith(tuple("，。）")) for line in lines)
    assert page.count("kilometres") == 6


def test_a_character_that_no_font_has_stops_nothing(context: Flask) -> None:
    [page] = pages_of(made(context, [["䶮𬭎\U0010fffd", "1"]]))
    assert "七年级" in page


def test_a_file_says_of_itself_what_it_is_and_nobodys_name(context: Flask) -> None:
    about = pypdfium2.PdfDocument(made(context, [["陈小雨", "1"]])).get_metadata_dict(skip_empty=True)
    assert about["Title"] == "报告"
    assert "Author" not in about
    assert "陈小雨" not in str(about)


def test_without_the_font_it_is_said_in_words(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", pdf.FONTS / "nowhere")
    with pytest.raises(NoFontForPdf):
        made(context, [])
