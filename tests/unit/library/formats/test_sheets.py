"""Tables of questions: one a row, by headings in any order, and nothing in them is computed."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawn

from library.formats.papers.paper import read_text
from library.formats.sheets import errors
from library.formats.sheets.sheet import read_csv, read_workbook
from library.items.models import ItemKind
from tests.factories.media import picture_bytes

HEADS = ["题型", "题干", "选项A", "选项B", "答案", "解析"]


def workbook(*rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    """An Excel workbook of these rows, with cells merged."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    for one in merged:
        book.worksheets[0].merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_is_a_question() -> None:
    [found] = read_workbook(workbook(HEADS, ["单选题", "1+1=（ ）", 1, 2, "B", "数一数"])).good
    assert (found.kind, found.prompt, found.correct) == (ItemKind.CHOICE, "1+1=（ ）", ["B"])
    assert [one["text"] for one in found.interaction["choices"]] == ["1", "2"]
    assert found.explanation == "数一数"


@pytest.mark.parametrize(
    ("answer", "kind", "correct"),
    [
        ("Mg（区分大小写）", "exact", ["Mg"]),
        ("$x=1$ 或 $x=2$ / $x=±1$", "expression", ["x=1 或 x=2", "x=±1"]),
        ("$x>2$ 且 $x≠3$ / $[1,3)$", "expression", ["x>2 且 x≠3", "[1,3)"]),
    ],
)
def test_an_answer_says_how_it_is_compared(answer: str, kind: str, correct: list[str]) -> None:
    [found] = read_workbook(workbook(HEADS, ["填空题", "是____", "", "", answer, ""])).good
    assert (found.correct, found.interaction["answers"]) == ([correct], [kind])


def test_headings_may_be_english_in_any_order_below_a_title() -> None:
    found = read_workbook(
        workbook(
            ["My questions"],
            ["Answer", "Choice A", "QUESTION", "choice b", "Remarks"],
            ["A", "yes", "Is it?", "no", "x"],
        )
    )
    assert found.good[0].correct == ["A"]
    assert [(one.part, one.values) for one in found.notes] == [("column", {"name": "Remarks"})]


@pytest.mark.parametrize(
    ("kind", "answer", "found"),
    [
        ("多选题", "AB", ItemKind.MULTIPLE_CHOICE),
        ("选择题", "AB", ItemKind.MULTIPLE_CHOICE),
        ("选择题", "A", ItemKind.CHOICE),
        ("", "A", ItemKind.CHOICE),
        ("拍照题", "", ItemKind.PHOTO),
    ],
)
def test_the_column_of_the_kind_may_leave_it_open(kind: str, answer: str, found: ItemKind) -> None:
    assert read_workbook(workbook(HEADS, [kind, "选？", "甲", "乙", answer])).good[0].kind is found


def test_numbers_are_as_excel_shows_them() -> None:
    assert read_workbook(workbook(HEADS, ["填空题", "1/4=____", None, None, 0.25])).good[0].correct == [
        ["0.25"]
    ]


def test_a_formula_is_not_computed_and_named() -> None:
    [found] = read_workbook(
        workbook(HEADS, ["填空题", "1+1=____", None, None, '=HYPERLINK("http://x")'])
    ).questions
    assert isinstance(found.problem, errors.FormulaInCell)
    assert found.problem.details == {"row": 2, "column": "答案"}


def test_a_date_that_excel_made_is_named() -> None:
    [found] = read_workbook(workbook(HEADS, ["填空题", "一半是____", None, None, date(2026, 1, 2)])).questions
    assert isinstance(found.problem, errors.DateInCell)


def test_a_cell_that_begins_like_a_formula_in_csv_is_words() -> None:
    [found] = read_csv("题干,答案\n求____,=1+1\n".encode()).good
    assert found.correct == [["=1+1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_comes_in_the_usual_encodings_and_separators(encoding: str, between: str) -> None:
    table = f"题干{between}答案\n首都是____{between}北京\n"
    assert read_csv(table.encode(encoding)).good[0].correct == [["北京"]]


def test_a_cell_of_several_lines_is_one_question() -> None:
    found = read_csv('题干,答案\n"第一行\n1. 第二行____",好\n'.encode())
    assert found.good[0].prompt == "第一行\n1. 第二行[[1]]"


def test_rows_about_the_same_text_belong_together() -> None:
    found = read_csv("材料,题干,答案\n春天,甲____,1\n春天,乙____,2\n,丙____,3\n".encode())
    assert len(found.stimuli) == 1
    assert [bool(one.stimulus) for one in found.good] == [True, True, False]


def test_a_row_can_be_corrected_as_text() -> None:
    [found] = read_csv("题型,题干,选项A,选项B,答案,难度\n单选题,选？,甲,乙,B,中等\n".encode()).questions
    assert found.source == "2. 选？\nA. 甲\nB. 乙\n题型：单选题\n答案：B\n难度：中等"
    [again] = read_text(found.source).good
    assert found.record is not None
    assert again.model_dump(exclude={"identifier"}) == found.record.model_dump(exclude={"identifier"})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", errors.OldWorkbook),
        (b"no workbook", errors.UnreadableWorkbook),
        (workbook(["数量", "单价"], [1, 2]), errors.NoHeadings),
        (workbook(), errors.NoHeadings),
        (workbook(["题干", "题目"], ["甲", "乙"]), errors.HeadingTwice),
        (workbook(["题干"], *[["甲"]] * 5_001), errors.TooManyRows),
    ],
)
def test_what_is_no_table_of_questions_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_workbook(content)


def test_every_sheet_with_headings_is_read_and_what_is_not_is_named() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["请先看说明"])
    for title, words in (("单选", "甲"), ("判断", "乙"), ("草稿", "丙"), ("空", "")):
        sheet = book.create_sheet(title)
        for row in (["材料", *HEADS], ["春天。", "单选题", words, "一", "二", "A"]) if words else ():
            sheet.append(row)
    book["草稿"].sheet_state = "hidden"
    book["单选"].add_image(Drawn(io.BytesIO(picture_bytes(60, 60, "PNG"))), "B2")
    out = io.BytesIO()
    book.save(out)
    found = read_workbook(out.getvalue())
    assert [one.prompt for one in found.good] == ["甲", "乙"]
    assert len({one.identifier for one in found.good}) == len({one.stimulus for one in found.good}) == 2
    said = {one.reason: one.values for one in found.notes}
    assert said["sheets-without-questions"] == {"names": ["Sheet", "草稿"]}
    assert said["in-workbook"] == {"count": 1}


def test_a_cell_with_an_error_is_named() -> None:
    [one] = read_workbook(workbook(HEADS, ["填空题", "一半是____", None, None, "#DIV/0!"])).questions
    assert isinstance(one.problem, errors.ErrorInCell)
    assert "#DIV/0!" in str(one.problem)


def test_a_quotation_mark_that_nothing_closes_is_named_by_its_line_and_inches_are_none() -> None:
    table = (
        '题型,题干,答案\n填空题,5" 屏幕____,1\n填空题,"甲\n乙____",2\n填空题,{}丙____,3\n填空题,丁____,4\n'
    )
    with pytest.raises(errors.OpenQuote, match="Line 5"):
        read_csv(table.replace('5"', "5").format('"').encode())
    assert len(read_csv(table.format("").encode()).good) == 4
    assert len(read_csv(table.format("").removesuffix(",4\n").encode() + b",").questions) == 4
    much = table.replace('5"', "5").format('"') + "x" * csv.field_size_limit()
    with pytest.raises(errors.OpenQuote, match="Line 5"):
        read_csv(much.encode())


def test_a_cell_that_is_merged_over_rows_counts_for_each_of_them() -> None:
    rows = (
        ["期末复习题"],
        ["材料", "题型", *HEADS[1:]],
        ["春天来了。", "单选题", "什么来了？", "春天", "冬天", "A"],
        [None, None, "谁没来？", "春天", "冬天", "B"],
        ["夏天来了。", "判断题", "很热。", None, None, "对"],
    )
    found = read_workbook(workbook(*rows, merged=["A1:G1", "A3:A4", "B3:B4"]))
    assert [one.kind.value for one in found.good] == ["choice", "choice", "true_false"]
    texts = {one.identifier: one.text for one in found.stimuli}
    assert [texts[one.stimulus] for one in found.good] == ["春天来了。", "春天来了。", "夏天来了。"]
    said = {(one.reason, one.values["name"]) for one in found.notes}
    assert said == {("merged", "材料"), ("merged", "题型")}


def test_words_that_are_merged_over_rows_are_named() -> None:
    rows = (HEADS, ["单选题", "什么来了？", "春天", "冬天", "A"], [None, None, "夏天", "秋天"])
    found = read_workbook(workbook(*rows, merged=["A2:A3", "B2:B3"]))
    assert len(found.good) == 1
    assert isinstance(found.questions[1].problem, errors.MergedWords)
    assert "题干" in str(found.questions[1].problem)
