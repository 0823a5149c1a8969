"""What may be drawn on a page, and how it is drawn."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homework.annotations.errors import BadNotes, BadShape
from homework.annotations.forms import read_changes
from homework.annotations.shapes import MOST_NUMBERS, NoteKind, Stamp, path_of, read_shape

STROKE = {"points": [0, 0, 10, 10]}
STAMP = {"x": 10, "y": 20, "name": "right", "size": 900}
KEY = "9c0f3f70-59ad-4d5c-8f0a-2f9e1f6b8f11"
TEXT = {"x": 10, "y": 20, "text": "移项要变号"}


@pytest.mark.parametrize(
    ("kind", "shape"),
    [(NoteKind.PEN, STROKE), (NoteKind.TEXT, TEXT), (NoteKind.VOICE, {"x": 1, "y": 2})]
    + [(NoteKind.STAMP, STAMP | {"name": one.value}) for one in Stamp],
)
def test_a_shape_is_kept_as_it_is(kind: NoteKind, shape: dict[str, Any]) -> None:
    assert shape.items() <= read_shape(kind, shape).items()


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (NoteKind.PEN, {"points": []}),
        (NoteKind.PEN, {"points": [1, 2, 3]}),
        (NoteKind.PEN, {"points": [1.5, 2]}),
        (NoteKind.PEN, {"points": [-1, 2]}),
        (NoteKind.PEN, {"points": [0] * (MOST_NUMBERS + 2)}),
        (NoteKind.PEN, STROKE | {"colour": "url(#x)"}),
        (NoteKind.PEN, STROKE | {"onload": "alert(1)"}),
        (NoteKind.STAMP, STAMP | {"name": "unknown"}),
        (NoteKind.STAMP, STAMP | {"x": 10_001}),
        (NoteKind.TEXT, TEXT | {"text": ""}),
        (NoteKind.TEXT, TEXT | {"text": "字" * 501}),
        (NoteKind.TEXT, [TEXT]),
        (NoteKind.VOICE, {"x": "1", "y": 2}),
    ],
)
def test_what_is_no_shape_is_refused(kind: NoteKind, shape: object) -> None:
    with pytest.raises(BadShape):
        read_shape(kind, shape)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 20_000)), min_size=1, max_size=40))
def test_a_path_begins_and_ends_where_the_line_does(points: list[tuple[int, int]]) -> None:
    path = path_of([number for point in points for number in point])
    numbers = [int(one) for one in re.findall(r"\d+", path)]
    assert tuple(numbers[:2]) == points[0]
    if len(points) > 1:
        assert tuple(numbers[-2:]) == points[-1]
    assert re.fullmatch(r"[MQLh\d ]+", path)


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "added",
        {"added": {}},
        {"added": [1]},
        {"added": [{"key": "x", "kind": "pen", "shape": STROKE}]},
        {"added": [{"key": KEY, "kind": "voice", "shape": {"x": 1, "y": 1}}]},
        {"removed": ["x"]},
        {"removed": [KEY] * 201},
    ],
)
def test_what_is_no_list_of_annotations_is_refused(content: object) -> None:
    with pytest.raises(BadNotes):
        read_changes(content)
