from datetime import date

import pytest

from accounts.people.models import Role
from accounts.roster.columns import Column
from accounts.roster.entries import gather
from accounts.roster.lines import Problem, Reading, read_lines

TODAY = date(2026, 9, 7)
STUDENT = {
    "role": "student",
    "username": "chen",
    "name": "陈小雨",
    "class": "七年级(1)班",
    "grade": "7",
    "born_on": "2013-05-04",
}
TEACHER = {"role": "教师", "username": "lim", "name": "李明"}
GUARDIAN = {"role": "guardian", "username": "chen-sr", "name": "陈建国", "children": "chen"}

pytestmark = pytest.mark.usefixtures("context")


def read(*people: dict[str, str]) -> Reading:
    headings = list(dict.fromkeys(column for person in people for column in person))
    lines = [(number, [one.get(name, "") for name in headings]) for number, one in enumerate(people, 2)]
    return read_lines([(1, headings), *lines], TODAY)


def wrong(person: dict[str, str]) -> list[tuple[int, Column | None]]:
    """Where the reading of one line finds problems."""
    reading = read(person)
    assert not (reading.lines and reading.problems)
    return [(one.line, one.column) for one in reading.problems]


def test_a_line_says_who_where_and_when_born() -> None:
    (line,) = read(STUDENT | {"seat": "12"}).lines
    assert (line.role, line.username, line.class_name) == (Role.STUDENT, "chen", "七年级(1)班")
    assert (line.grade, line.seat, line.born_on) == (7, 12, date(2013, 5, 4))


def test_subjects_are_named_as_schools_name_them() -> None:
    lines = read(TEACHER | {"subject": "数学"}, TEACHER | {"subject": "robotics"}).lines
    assert [line.subject_code for line in lines] == ["math", "robotics"]


def test_a_guardian_may_have_several_children_however_they_are_separated() -> None:
    (line,) = read(GUARDIAN | {"children": "chen、chen2; chen3,chen"}).lines
    assert line.children == ("chen", "chen2", "chen3")


@pytest.mark.parametrize("text", ["2013-5-4", "2013/05/04", "2013.5.4", "20130504", "2013年5月4日"])
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read(STUDENT | {"born_on": text}).lines[0].born_on == date(2013, 5, 4)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("role", "administrator"),
        ("role", ""),
        ("username", "陈"),
        ("username", "ab"),
        ("username", "chen xiao"),
        ("name", ""),
        ("name", "陈" * 65),
        ("name", "陈\n小雨"),
        ("name_en", "C" * 101),
        ("student_number", "1101 2013"),
        ("born_on", "2013-02-30"),
        ("born_on", "2026-09-07"),
        ("born_on", "1013-05-04"),
        ("born_on", "yesterday"),
        ("class", ""),
        ("grade", "13"),
        ("grade", "seven"),
        ("grade", "7.5"),
        ("seat", "0"),
        ("subject", "数学"),
        ("children", "chen2"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(column: str, text: str) -> None:
    assert wrong(STUDENT | {column: text}) == [(2, Column(column))]


def test_a_guardian_without_a_child_is_refused() -> None:
    assert wrong(GUARDIAN | {"children": ""}) == [(2, Column.CHILDREN)]


def test_a_guardian_in_a_class_is_refused() -> None:
    assert wrong(GUARDIAN | {"class": "七年级(1)班"}) == [(2, Column.CLASS)]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-陈", "@SUM(A1)", '=HYPERLINK("http://a")'])
def test_a_cell_that_a_spreadsheet_would_compute_is_refused(text: str) -> None:
    assert wrong(STUDENT | {"name": text}) == [(2, Column.NAME)]


def test_all_problems_of_a_line_are_told_at_once() -> None:
    assert len(wrong(STUDENT | {"name": "", "grade": "0", "seat": "x"})) == 3


def test_a_wrong_line_does_not_hide_the_others() -> None:
    reading = read(STUDENT | {"name": ""}, TEACHER)
    assert [line.username for line in reading.lines] == ["lim"]
    assert [(one.line, one.column) for one in reading.problems] == [(2, Column.NAME)]


def contradictions(*people: dict[str, str]) -> list[Problem]:
    reading = read(*people)
    assert reading.problems == []
    return gather(reading.lines)[1]


def test_a_teacher_of_two_classes_is_one_person() -> None:
    entries, problems = gather(read(TEACHER | {"class": "一班"}, TEACHER | {"class": "二班"}).lines)
    assert problems == []
    assert [len(entry.lines) for entry in entries] == [2]


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ({"name": "陈大雨", "class": "二班"}, Column.USERNAME),
        ({"username": "chen2", "student_number": "1"}, Column.STUDENT_NUMBER),
        ({}, None),
    ],
    ids=["two names", "one number for two", "twice the same"],
)
def test_lines_that_contradict_each_other_are_told(other: dict[str, str], column: Column | None) -> None:
    student = STUDENT | {"student_number": "1"}
    assert [(one.line, one.column) for one in contradictions(student, student | other)] == [(3, column)]
