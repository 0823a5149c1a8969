"""Tables to take home: no cell is a formula, all rows are in the CSV, and a PDF says if more rows follow."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pypdfium2
import pytest
from flask import Flask

from core import tables
from core.pdf import Column
from core.tables import PORTION, Table, as_csv, as_pdf

COLUMNS = [Column("作业", 2), Column("得分", is_number=True)]


def table_of(rows: Iterator[list[tables.Cell]]) -> Table:
    return Table("报告", "七年级（3）班", COLUMNS, rows, ("数学",))


def numbered(number: int) -> Iterator[list[tables.Cell]]:
    return ([f"第{one}课", one] for one in range(1, number + 1))


def printed(context: Flask, table: Table) -> str:
    with context.test_request_context():
        document = pypdfium2.PdfDocument(as_pdf(table))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize("number", [0, 1, PORTION, PORTION + 1, 2 * PORTION])
def test_a_csv_holds_every_row_once_under_one_head_however_long_it_is(number: int) -> None:
    text = "".join(as_csv(table_of(numbered(number))))
    assert text.startswith("\ufeff")
    assert text.count("\ufeff") == 1
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["作业", "得分"]
    assert rows == [[f"第{one}课", str(one)] for one in range(1, number + 1)]


def test_a_csv_is_written_while_it_is_read() -> None:
    taken = 0

    def rows() -> Iterator[list[tables.Cell]]:
        nonlocal taken
        for row in numbered(3 * PORTION):
            taken += 1
            yield row

    next(as_csv(table_of(rows())))
    assert taken == PORTION


def test_texts_of_a_csv_are_no_formulas_and_figures_and_moments_stay_what_they_are() -> None:
    at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    row: list[tables.Cell] = ["=1+1", "＝1+1", Decimal("-0.25"), None, at]
    [_head, read] = csv.reader(io.StringIO("".join(as_csv(table_of(iter([row])))).removeprefix("\ufeff")))
    assert read == ["'=1+1", "'＝1+1", "-0.25", "", "2026-09-01T08:00:00+00:00"]


def test_a_pdf_with_more_rows_than_paper_takes_says_that_they_stand_in_the_csv(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_ON_PAPER", 3)
    whole, cut = (printed(context, table_of(numbered(number))) for number in (3, 5))
    assert "第3课" in whole
    assert "CSV" not in whole
    assert "第3课" in cut
    assert "第4课" not in cut
    assert "这里只列出前3行，全部内容见CSV文件。" in cut
    assert "数学" in cut, "the other notes stay"
