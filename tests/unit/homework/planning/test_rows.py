"""The rows of a plan."""

from collections.abc import Sequence

import pytest
from werkzeug.datastructures import MultiDict

from homework.assignments.layers import Layer
from homework.planning.rows import MOST_QUESTIONS, Row, at_most, read_added, with_added

GROUPS = {one: [11, 12, 13] for one in (11, 12, 13)}
REQUIRED = Layer.REQUIRED


def ids_of(rows: Sequence[Row]) -> list[int | None]:
    return [one.version_id for one in rows]


@pytest.mark.parametrize(
    ("standing", "added", "asked"),
    [
        ([1], [2, 3], [1, 2, 3]),
        ([1, 2], [2, 3], [1, 2, 3]),
        ([1], [12, 2, 11], [1, 11, 12, 13, 2]),
        ([12, 1], [11], [12, 11, 13, 1]),
        ([11, 1], [11], [11, 12, 13, 1]),
    ],
)
def test_questions_about_one_text_come_together(
    standing: list[int], added: list[int], asked: list[int]
) -> None:
    rows = with_added([Row(one, 2.0) for one in standing], dict.fromkeys(added, REQUIRED), GROUPS)
    assert ids_of(rows) == asked


def test_a_question_that_a_text_brings_along_is_in_the_layer_of_the_one_that_was_drawn() -> None:
    added = read_added(MultiDict({"add_all": "12:challenge,13:optional,x,"}))
    rows = with_added([], added, GROUPS)
    assert [(one.version_id, one.layer) for one in rows] == [
        (11, Layer.CHALLENGE),
        (12, Layer.CHALLENGE),
        (13, Layer.OPTIONAL),
    ]


def test_what_a_piece_of_work_has_no_room_for_is_counted() -> None:
    rows = [Row(one, 1.0) for one in range(MOST_QUESTIONS + 2)]
    assert at_most(rows) == (rows[:MOST_QUESTIONS], 2)
    assert at_most(rows[:3]) == (rows[:3], 0)
