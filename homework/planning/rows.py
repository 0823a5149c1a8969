"""The questions of a plan, one a row of the form, and the buttons that change the rows."""

from collections.abc import Iterable, Mapping
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
    return rows[:MOST_QUESTIONS]


def change_rows(rows: list[Row], form: MultiDict[str, str]) -> list[Row]:
    """*rows* after the button that was pressed: add, add_all, add_photo, remove, up or down."""
    changed = list(rows)
    single = [(added, Layer.REQUIRED) for added in form.getlist("add", type=int)]
    for added, layer in single or _numbers(form.get("add_all", "")):
        if all(one.version_id != added for one in changed):
            changed.append(Row(added, 1.0, layer=layer))
    if "add_photo" in form:
        changed.append(Row(None, 5.0))
    for deed, step in (("up", -1), ("down", 1)):
        place = form.get(deed, default=-1, type=int)
        if 0 <= place < len(changed) and 0 <= place + step < len(changed):
            changed[place], changed[place + step] = changed[place + step], changed[place]
    removed = form.get("remove", default=-1, type=int)
    if 0 <= removed < len(changed):
        del changed[removed]
    return changed[:MOST_QUESTIONS]


def with_group(rows: list[Row], added: int, group: Iterable[int]) -> list[Row]:
    """*rows* with all the *group* of the added question: what is about one text is asked together."""
    ids = list(group)
    standing = {one.version_id for one in rows if one.version_id != added}
    fresh = [Row(one, 1.0) for one in ids if one not in standing]
    if len(ids) < 2 or not fresh:  # noqa: PLR2004 -- a question alone is no group
        return rows
    return [*(one for one in rows if one.version_id != added), *fresh][:MOST_QUESTIONS]


def _numbers(text: str) -> list[tuple[int, Layer]]:
    """Ids of questions with commas between them, each with its layer behind a colon if it has one."""
    pairs = [one.partition(":") for one in text.split(",")[:MOST_QUESTIONS]]
    return [
        (int(number), read_choice(layer, Layer.REQUIRED))
        for number, _colon, layer in pairs
        if number.isdecimal()
    ]
