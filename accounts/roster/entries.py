"""What a file says of each person, over all her lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.people.models import Role
from accounts.roster.columns import Column
from accounts.roster.lines import Line, Problem
from core.i18n import _


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in one role: the first line says who she is, each line says a class."""

    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The line that says who the person is."""
        return self.lines[0]

    @property
    def username(self) -> str:
        """Names the account."""
        return self.first.username

    @property
    def role(self) -> Role:
        """What the person is in the school."""
        return self.first.role

    @property
    def children(self) -> tuple[str, ...]:
        """The usernames of a guardian's children, over all lines."""
        return tuple(dict.fromkeys(child for line in self.lines for child in line.children))


def gather(lines: Iterable[Line]) -> tuple[list[Entry], list[Problem]]:
    """Bring the lines of each person together, and say where they contradict each other."""
    entries: dict[tuple[str, Role], Entry] = {}
    firsts: dict[str, Line] = {}
    numbers: dict[str, Line] = {}
    problems: list[Problem] = []
    for line in lines:
        first = firsts.setdefault(line.username, line)
        if line.who != first.who:
            problems.append(
                Problem(
                    line.number,
                    Column.USERNAME,
                    _("This person is described differently in line %(line)s.", line=first.number),
                )
            )
        if line.student_number:
            other = numbers.setdefault(line.student_number, line)
            if other.username != line.username:
                problems.append(
                    Problem(
                        line.number,
                        Column.STUDENT_NUMBER,
                        _("Line %(line)s has the same student number.", line=other.number),
                    )
                )
        entry = entries.setdefault((line.username, line.role), Entry())
        if any(_place(one) == _place(line) for one in entry.lines):
            problems.append(
                Problem(line.number, None, _("This line says the same as line %(line)s.", line=first.number))
            )
        entry.lines.append(line)
    return list(entries.values()), problems


def _place(line: Line) -> tuple[object, ...]:
    return (line.class_name, line.subject_code, line.children)
