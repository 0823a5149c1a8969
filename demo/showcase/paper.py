"""A class that works on paper: its teacher enters what stands there, seat by seat."""

from collections.abc import Iterator

from core.database import db
from core.errors import DomainError
from demo.calendar import at
from demo.shelf import first_closed, shelf_items
from demo.showcase.cast import Cast, given
from homework.assignments.models import Assignment
from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan
from homework.assignments.queries import questions_of
from homework.assignments.schedule import usual_cut_off
from homework.paper.cells import all_right, letters_of
from homework.paper.queries import Line, lines_of
from homework.paper.services import Entered, save_row, take_in
from homework.submissions.questions import Question

TITLE = "一次函数小练习（纸上完成）"
ABOUT = ("math.linear_function", "math.function_concept")
CLOSED_POINTS, WRITTEN_POINTS = 2.0, 4.0
CLOSED = 3
"""So many questions about each point."""
WRITTEN = "画出 y = −x + 3 的图象，并写出它与两坐标轴的交点。"
ABSENT, UNFINISHED = 11, 6
"""Each so manieth pupil was absent; the last ones are typed and not handed in yet."""
RIGHT = 0.75
FROM_PAPER = ("4", "4", "3", "3", "2", "")
"""Points that the teacher reads off the written question."""
MISTYPED = "E"


class CellRefused(ValueError):
    """The grid refused what the demo enters: the cells and the demo have parted."""


def show_paper(cast: Cast) -> Iterator[None]:
    """Give the parallel class work on paper, and enter most of it."""
    due_at = at(cast.yesterday, 8)
    items = shelf_items(cast.seed)
    closed = [one for about in ABOUT for one in first_closed(items[about], CLOSED)]
    plan = Plan(
        client_key=cast.key("paper"),
        title=TITLE,
        instructions="在答题纸上完成，早读前由课代表收齐。",
        subject_id=cast.subject("math"),
        class_ids=(cast.parallel.id,),
        questions=(
            *(LibraryQuestion(item_version_id=one.version, points=CLOSED_POINTS) for one in closed),
            PhotoQuestion(prompt=WRITTEN, points=WRITTEN_POINTS, minutes=4.0),
        ),
        opens_at=at(cast.before, 16),
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="纸上作业，课上已做了一半。",
    )
    work = given(cast.teacher, plan, now=at(cast.before, 15.9))
    asked = list(db.session.scalars(questions_of(work.id)))
    lines = [
        line
        for line in lines_of(work, asked, cast.teacher, cast.parallel.id)
        if (line.seat_number or 0) % ABSENT
    ]
    yield
    for line in lines[:-UNFINISHED] or lines:
        _take_in(cast, work, line)
        yield
    for line in lines[-UNFINISHED:] if len(lines) > UNFINISHED else []:
        entered = _entered(cast, line, is_mistyped=line is lines[-1])
        save_row(work, cast.teacher, entered, now=at(cast.yesterday, 16.9))
    yield


def _take_in(cast: Cast, work: Assignment, line: Line) -> None:
    """Hand a line in, unless it stands already."""
    if line.submission is not None:
        return
    came = take_in(
        work,
        cast.teacher,
        _entered(cast, line),
        client_key=cast.key("paper/grid"),
        is_late=False,
        now=at(cast.yesterday, 16.6),
    )
    if isinstance(came, DomainError):
        raise CellRefused(str(came))


def _entered(cast: Cast, line: Line, *, is_mistyped: bool = False) -> Entered:
    rng = cast.chance(f"paper/{line.person.id}")
    cells = {}
    for question in line.questions:
        cells[str(question.id)] = (
            rng.choice(FROM_PAPER)
            if question.points == WRITTEN_POINTS
            else all_right(question)
            if rng.random() < RIGHT
            else _wrong(question)
        )
    if is_mistyped:
        cells[str(line.questions[0].id)] = MISTYPED
    cells = {key: cell for key, cell in cells.items() if cell}
    return Entered(line.person.id, line.person.name, line.questions, cells, line.version)


def _wrong(question: Question) -> str:
    """What the teacher enters where the answer is wrong: another letter, or a cross."""
    right = all_right(question)
    return next((one for one in letters_of(question) if one not in right), "×")
