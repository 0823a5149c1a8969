"""The grid as a page sends it: whole, or one line of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from core.i18n import localized
from homework.paper.cells import cells_of
from homework.paper.queries import Line
from homework.paper.services import Entered
from homework.submissions.questions import Question
from homework.workbook.forms import client_key


def cell_name(student_id: int, question: Question) -> str:
    """Under which name a cell is sent."""
    return f"c-{student_id}-{question.id}"


def read_grid(lines: Sequence[Line], form: Mapping[str, str]) -> list[Entered]:
    """Every line of a class's grid; a line that the page did not have stays out."""
    return [read_line(one, form) for one in lines if f"v-{one.person.id}" in form]


def read_line(line: Line, form: Mapping[str, str]) -> Entered:
    """One pupil's line."""
    student_id = line.person.id
    typed = {str(one.id): form.get(cell_name(student_id, one), "") for one in line.questions}
    return Entered(
        student_id,
        localized(line.person),
        line.questions,
        cells_of(typed, line.questions),
        _number(form.get(f"v-{student_id}")),
        may_replace=form.get(f"paper-{student_id}") == "1",
        is_late=form.get(f"late-{student_id}") == "1",
    )


def client_key_of(form: Mapping[str, str]) -> UUID:
    """The key of the grid.

    Raises:
        KeyNeeded: it is missing, or no UUID.
    """
    return client_key(form.get("client_key"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- no version is that long
