import io
import zipfile
from datetime import date

import openpyxl
import pytest

from accounts.roster.errors import (
    EmptyRoster,
    MissingColumns,
    RosterTooLarge,
    TooManyLines,
    UnknownColumns,
    UnreadableRoster,
)
from accounts.roster.lines import read_lines
from accounts.roster.sheets import (
    MOST_LINES,
    MOST_MB,
    MOST_PARTS,
    read_sheet,
    template_csv,
    template_workbook,
)

TEXT = "身份,用户名,姓名\n学生,chen,陈小雨\n"
LINES = [(1, ["身份", "用户名", "姓名"]), (2, ["学生", "chen", "陈小雨"])]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_is_read_in_each_encoding_that_offices_write(encoding: str) -> None:
    assert read_sheet(TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_in_the_headings(separator: str) -> None:
    assert read_sheet(TEXT.replace(",", separator).encode()) == LINES


def test_a_workbook_says_the_same_as_its_csv() -> None:
    assert read_sheet(template_workbook()) == read_sheet(template_csv())


def test_the_template_is_a_valid_roster() -> None:
    reading = read_lines(read_sheet(template_csv()), date(2026, 9, 7))
    assert len(reading.lines) == 3
    assert reading.problems == []


def test_numbers_and_dates_of_a_workbook_become_what_a_reader_sees() -> None:
    content = workbook(["username", "seat", "born_on"], [20260701, 7.0, date(2013, 5, 4)])
    assert read_sheet(content)[1] == (2, ["20260701", "7", "2013-05-04"])


def test_blank_lines_are_left_out_but_counted() -> None:
    assert read_sheet(TEXT.replace("\n学生", "\n,,\n\n学生").encode())[1][0] == 4


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and then nothing of a workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old binary workbook \xff\xff",
        b'role,username\n"student,chen\n',
        b"role,user\0name\nstudent,chen\n",
        repacked(template_workbook(), "xl/workbook.xml", b"<workbook"),
        repacked(
            template_workbook(),
            "xl/workbook.xml",
            b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><workbook>&d;</workbook>',
        ),
    ],
    ids=["no zip", "old binary", "open quote", "zero byte", "broken xml", "entities"],
)
def test_what_is_no_roster_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableRoster):
        read_sheet(content)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(template_workbook(), "xl/worksheets/sheet1.xml", bytes(70 << 20))
    assert len(bomb) < MOST_MB << 20
    with pytest.raises(RosterTooLarge):
        read_sheet(bomb)


def test_a_workbook_of_very_many_parts_is_refused() -> None:
    content = io.BytesIO(template_workbook())
    with zipfile.ZipFile(content, "a") as archive:
        for number in range(MOST_PARTS):
            archive.writestr(f"part{number}", b"")
    with pytest.raises(RosterTooLarge):
        read_sheet(content.getvalue())


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(RosterTooLarge):
        read_sheet(bytes((MOST_MB << 20) + 1))


def test_as_many_lines_as_are_allowed_are_read_and_no_more() -> None:
    line = "student,chen,陈小雨\n"
    assert len(read_sheet(("role,username,name\n" + line * MOST_LINES).encode())) == MOST_LINES + 1
    with pytest.raises(TooManyLines):
        read_sheet(("role,username,name\n" + line * (MOST_LINES + 1)).encode())


@pytest.mark.parametrize("content", [b"", b"role,username,name\n", b"\n\n\n"])
def test_a_file_without_lines_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyRoster):
        read_sheet(content)


def test_headings_must_be_those_of_a_roster(context: object) -> None:
    with pytest.raises(UnknownColumns) as unknown:
        read_lines([(1, ["role", "username", "name", "phone"]), (2, ["student"])], date(2026, 9, 7))
    assert unknown.value.details == {"columns": "phone"}
    with pytest.raises(MissingColumns):
        read_lines([(1, ["role", "name"]), (2, ["student"])], date(2026, 9, 7))
