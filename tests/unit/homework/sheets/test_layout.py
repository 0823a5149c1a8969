"""What each kind of question needs on an answer sheet."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from homework.assignments.queries import questions_of
from homework.sheets.layout import Look, Room, room_for
from homework.submissions.questions import Question
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment


@pytest.fixture
def rooms(session: Session) -> dict[ItemKind, Room]:
    school_class = make_class()
    student, teacher = make_student(school_class), make_teacher(school_class)
    work = make_assignment(teacher, school_class, kinds=list(ItemKind))
    asked = session.scalars(questions_of(work.id))
    return {one.item_version.kind: room_for(Question.of(one, student.person_id)) for one in asked}


def test_every_kind_has_its_room_and_place(rooms: dict[ItemKind, Room]) -> None:
    assert sorted(one.number for one in rooms.values()) == list(range(1, len(ItemKind) + 1))
    assert {kind for kind, one in rooms.items() if one.look is Look.BUBBLES} == {
        ItemKind.CHOICE,
        ItemKind.MULTIPLE_CHOICE,
        ItemKind.TRUE_FALSE,
    }
    assert rooms[ItemKind.CHOICE].letters[:2] == ("A", "B")
    assert rooms[ItemKind.TEXT_ENTRY].count == 2
    assert rooms[ItemKind.PHOTO].look is Look.BOX
    assert rooms[ItemKind.EXTENDED_TEXT].look is Look.LINES
    assert rooms[ItemKind.SPOKEN].look is Look.NOTHING


def test_places_are_marked_in_the_picture_itself(rooms: dict[ItemKind, Room]) -> None:
    room = rooms[ItemKind.HOTSPOT]
    assert (room.look, room.count, room.is_narrow) == (Look.PICTURE, 2, False)
    assert room.picture is not None
    assert (room.picture["width"], room.picture["height"]) == (800, 600)


def test_short_answers_stand_side_by_side_and_long_ones_alone(rooms: dict[ItemKind, Room]) -> None:
    assert rooms[ItemKind.CHOICE].is_narrow
    assert rooms[ItemKind.NUMERIC].is_narrow
    assert not replace(rooms[ItemKind.CHOICE], letters=tuple("ABCDEFGH")).is_narrow
    assert not rooms[ItemKind.TEXT_ENTRY].is_narrow
    assert not rooms[ItemKind.EXTENDED_TEXT].is_narrow
