"""The questions of a plan, one a row of the form, and the buttons that change the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from homework.assignments.layers import Layer
from homework.assignments.models import AssignmentItem
from homework.assignments.plan import PHOTO_MINUTES, LibraryQuestion, PhotoQuestion, Question
from homework.planning.typed import read_choice, read_number
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.models import ItemVersion

MOST_QUESTIONS = 60
MOST_POINTS = 100.0
LONGEST_PROMPT = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the plan as its row says it."""

    version_id: int | None
    """None for a photo question of the teacher's own."""
    points: float
    prompt: str = ""
    minutes: float = PHOTO_MINUTES
    layer: Layer = Layer.REQUIRED

    def question(self, versions: Mapping[int, ItemVersion]) -> Question:
        """What is to be assigned; *versions* are the wordings that are there for the teacher."""
        if self.version_id is not None:
            version = versions.get(self.version_id)
            return LibraryQuestion(
                item_version_id=self.version_id,
                points=self.points,
                layer=self.layer,
                is_written=version is None or kind_of(version).files is not Files.RECORDINGS,
            )
        return PhotoQuestion(prompt=self.prompt, points=self.points, minutes=self.minutes, layer=self.layer)


def rows_of(questions: Iterable[AssignmentItem]) -> list[Row]:
    """The rows of an assignment that stands."""
    return [Row(one.item_version_id, one.points, layer=one.layer) for one in questions]


def read_rows(form: MultiDict[str, str]) -> list[Row]:
    """The questions in the form: parallel lists of fields, one entry a row."""
    columns = [form.getlist(name) for name in ("row_version", "row_points", "row_prompt", "row_minutes")]
    layers = form.getlist("row_layer") or [""] * len(columns[0])
    rows = []
    for version, points, prompt, minutes, layer in zip(*columns, layers, strict=False):
        rows.append(
            Row(
                int(version) if version.isdecimal() else None,
                read_number(points, 1.0, MOST_POINTS),
                prompt[:LONGEST_PROMPT].strip(),
                read_number(minutes, PHOTO_MINUTES, MOST_POINTS),
                read_choice(layer, Layer.REQUIRED),
            )
        )
    return rows


def at_most(rows: list[Row]) -> tuple[list[Row], int]:
    """The rows that a piece of work has room for, and how many are left out."""
    return rows[:MOST_QUESTIONS], max(len(rows) - MOST_QUESTIONS, 0)


def change_rows(rows: list[Row], form: MultiDict[str, str]) -> list[Row]:
    """*rows* after the button that was pressed: add_photo, remove, up or down."""
    changed = list(rows)
    if "add_photo" in form:
        changed.append(Row(None, 5.0))
    for deed, step in (("up", -1), ("down", 1)):
        place = form.get(deed, default=-1, type=int)
        if 0 <= place < len(changed) and 0 <= place + step < len(changed):
            changed[place], changed[place + step] = changed[place + step], changed[place]
    removed = form.get("remove", default=-1, type=int)
    if 0 <= removed < len(changed):
        del changed[removed]
    return changed


def read_added(form: MultiDict[str, str]) -> dict[int, Layer]:
    """The questions that are to be added (add, add_all), each with its layer behind a colon if it has one."""
    texts = form.getlist("add") or form.get("add_all", "").split(",")
    pairs = [one.partition(":") for one in texts]
    return {
        int(number): read_choice(layer, Layer.REQUIRED)
        for number, _colon, layer in pairs
        if number.isdecimal()
    }


def with_added(rows: list[Row], added: Mapping[int, Layer], groups: Mapping[int, Sequence[int]]) -> list[Row]:
    """*rows* with the *added* questions, each with its whole group: what is about one text is asked together.

    A question whose group stands already comes behind it, in the layer of the one that brings it.
    """
    changed = list(rows)
    for version_id, layer in added.items():
        group = groups.get(version_id) or [version_id]
        standing = {one.version_id for one in changed}
        fresh = [Row(one, 1.0, layer=added.get(one, layer)) for one in group if one not in standing]
        places = [place for place, one in enumerate(changed, start=1) if one.version_id in group]
        end = max(places, default=len(changed))
        changed[end:end] = fresh
    return changed
