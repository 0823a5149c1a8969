"""What one line of a roster says, and what is wrong with it, in words for whoever typed it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.classes.grades import GRADES
from accounts.people.models import Role
from accounts.roster.columns import CHINESE, HEADINGS, NEEDED, ROLES, SUBJECTS, Column
from accounts.roster.errors import MissingColumns, UnknownColumns
from accounts.roster.sheets import Sheet
from core.i18n import _, is_chinese

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")
SUBJECT_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
LONGEST = {Column.NAME: 64, Column.NAME_EN: 100, Column.CLASS: 40, Column.RELATIONSHIP: 32}
STUDENT_NUMBER = re.compile(r"[A-Za-z0-9]{1,32}")
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A cell that begins so would be computed by the spreadsheet in which a list is opened later."""
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
OLDEST_YEAR = 1920
MOST_SEATS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the file, where it stands."""

    line: int
    column: Column | None
    sentence: str

    @property
    def heading(self) -> str:
        """The column as it is called in the file; empty when it is about the line as a whole."""
        if self.column is None:
            return ""
        return CHINESE[self.column] if is_chinese() else self.column.value


@dataclass(frozen=True, slots=True)
class Line:
    """One person in one class, or a guardian with her children."""

    number: int
    role: Role
    username: str
    name: str
    name_en: str = ""
    student_number: str | None = None
    born_on: date | None = None
    class_name: str = ""
    grade: int | None = None
    seat: int | None = None
    subject_code: str = ""
    children: tuple[str, ...] = ()
    relationship: str = ""

    @property
    def who(self) -> tuple[object, ...]:
        """What all lines of one person must say alike."""
        return (self.name, self.name_en, self.student_number, self.born_on)


@dataclass(slots=True)
class Reading:
    """The lines that could be read, and the problems of the others."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_lines(sheet: Sheet, today: date) -> Reading:
    """Read all lines under the headings.

    Raises:
        MissingColumns, UnknownColumns: the headings are not those of a roster.
    """
    columns = _columns(sheet[0][1])
    reading = Reading()
    for number, cells in sheet[1:]:
        line = _LineReader(number, dict(zip(columns, cells, strict=False)), today)
        if found := line.read():
            reading.lines.append(found)
        reading.problems.extend(line.problems)
    return reading


def _columns(headings: Sequence[str]) -> list[Column]:
    named = [heading.strip().lower() for heading in headings]
    while named and not named[-1]:
        named.pop()
    unknown = [heading or "?" for heading in named if heading not in HEADINGS]
    if unknown:
        raise UnknownColumns(columns=", ".join(unknown)[:200])
    columns = [HEADINGS[heading] for heading in named]
    missing = [
        CHINESE[column] if is_chinese() else column.value for column in NEEDED if column not in columns
    ]
    if missing:
        raise MissingColumns(columns=", ".join(missing))
    return columns


class _LineReader:
    """Reads the cells of one line, and collects what is wrong with them."""

    def __init__(self, number: int, cells: Mapping[Column, str], today: date) -> None:
        self.number = number
        self.cells = cells
        self.today = today
        self.problems: list[Problem] = []

    def read(self) -> Line | None:
        """The line; None if anything is wrong with it."""
        for column, text in self.cells.items():
            if text.startswith(FORMULA_STARTS):
                self._refuse(column, _("A cell must not begin with = + - @: type the text itself."))
        if self.problems:
            return None
        role = self._role()
        line = Line(
            number=self.number,
            role=role or Role.STUDENT,
            username=self._username(Column.USERNAME, self._cell(Column.USERNAME)),
            name=self._text(Column.NAME, is_needed=True),
            name_en=self._text(Column.NAME_EN),
            student_number=self._student_number(),
            born_on=self._born_on(),
            class_name=self._text(Column.CLASS, is_needed=role is Role.STUDENT),
            grade=self._number(Column.GRADE, GRADES),
            seat=self._number(Column.SEAT, range(1, MOST_SEATS + 1)),
            subject_code=self._subject(),
            children=self._children(is_needed=role is Role.GUARDIAN),
            relationship=self._text(Column.RELATIONSHIP),
        )
        self._check_belongs(role)
        return None if self.problems else line

    def _role(self) -> Role | None:
        role = ROLES.get(self._cell(Column.ROLE).lower())
        if role is None:
            self._refuse(Column.ROLE, _("This must be 学生, 教师 or 家长 (student, teacher or guardian)."))
        return role

    def _username(self, column: Column, text: str) -> str:
        username = text.lower()
        if not username:
            self._refuse(column, _("This must not be empty."))
        elif not USERNAME.fullmatch(username):
            self._refuse(
                column,
                _(
                    "“%(text)s” is no username: 3 to 32 letters a-z, digits, dots, dashes or underscores.",
                    text=text[:40],
                ),
            )
        return username

    def _text(self, column: Column, *, is_needed: bool = False) -> str:
        text = self._cell(column)
        if is_needed and not text:
            self._refuse(column, _("This must not be empty."))
        if len(text) > LONGEST[column]:
            self._refuse(column, _("This is longer than %(most)s characters.", most=LONGEST[column]))
        if any(ord(character) < ord(" ") for character in text):
            self._refuse(column, _("This has a line break in it."))
        return text

    def _student_number(self) -> str | None:
        text = self._cell(Column.STUDENT_NUMBER)
        if text and not STUDENT_NUMBER.fullmatch(text):
            self._refuse(Column.STUDENT_NUMBER, _("A student number has up to 32 letters and digits."))
        return text or None

    def _born_on(self) -> date | None:
        text = self._cell(Column.BORN_ON)
        if not text:
            return None
        for pattern in DATES:
            try:
                born_on = datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a birthday has no zone
            except ValueError:
                continue
            if born_on.year >= OLDEST_YEAR and born_on < self.today:
                return born_on
        self._refuse(
            Column.BORN_ON,
            _("“%(text)s” is no date of birth; write it like 2013-05-04.", text=text[:40]),
        )
        return None

    def _number(self, column: Column, allowed: range) -> int | None:
        text = self._cell(column)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) in allowed:  # noqa: PLR2004 -- no number here has more digits
            return int(text)
        self._refuse(
            column,
            _("This must be a number from %(least)s to %(most)s.", least=allowed[0], most=allowed[-1]),
        )
        return None

    def _subject(self) -> str:
        text = self._cell(Column.SUBJECT)
        code = SUBJECTS.get(text, text.lower())
        if code and not SUBJECT_CODE.fullmatch(code):
            self._refuse(Column.SUBJECT, _("There is no subject “%(text)s”.", text=text[:40]))
        return code

    def _children(self, *, is_needed: bool) -> tuple[str, ...]:
        names = [name for name in re.split(r"[\s,;，；、]+", self._cell(Column.CHILDREN)) if name]
        if is_needed and not names:
            self._refuse(Column.CHILDREN, _("A guardian needs the username of at least one child."))
        return tuple(dict.fromkeys(self._username(Column.CHILDREN, name) for name in names))

    def _check_belongs(self, role: Role | None) -> None:
        """A column that says nothing about this role must be empty: it was meant for another line."""
        if role is None:
            return
        for column in NOT_OF[role]:
            if self._cell(column):
                self._refuse(column, _("This must be empty in this person's line."))

    def _cell(self, column: Column) -> str:
        return self.cells.get(column, "")

    def _refuse(self, column: Column, sentence: str) -> None:
        self.problems.append(Problem(self.number, column, sentence))


NOT_OF: dict[Role, tuple[Column, ...]] = {
    Role.STUDENT: (Column.SUBJECT, Column.CHILDREN, Column.RELATIONSHIP),
    Role.TEACHER: (Column.STUDENT_NUMBER, Column.SEAT, Column.CHILDREN, Column.RELATIONSHIP),
    Role.GUARDIAN: (
        Column.STUDENT_NUMBER,
        Column.CLASS,
        Column.GRADE,
        Column.SEAT,
        Column.SUBJECT,
    ),
}
