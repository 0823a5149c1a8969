"""The sheets of a class."""

from dataclasses import dataclass

from sqlalchemy import Select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.marking.progress import pupils_of
from homework.paper.queries import work_to_enter
from homework.sheets.layout import Room, room_for
from homework.submissions.questions import Question

NOBODY = 0
"""Whose variants a blank sheet has: it shows no texts of questions that differ."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer sheet; without a pupil it is blank."""

    questions: list[Question]
    pupil: Person | None = None
    seat_number: int | None = None

    @property
    def rooms(self) -> list[Room]:
        """Room for each answer, in order."""
        return [room_for(one) for one in self.questions]


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of a class."""

    assignment: Assignment
    school_class: SchoolClass
    sheets: list[Sheet]

    @property
    def pictures(self) -> set[int]:
        """The assets of the pictures that stand on the sheets."""
        return {room.picture["asset"] for sheet in self.sheets for room in sheet.rooms if room.picture}


def work_to_print(hat: Hat) -> Select[Assignment]:
    """The work of which the teacher prints sheets: what he may enter."""
    return work_to_enter(hat)


def sheets_of(assignment: Assignment, school_class: SchoolClass, hat: Hat, *, with_names: bool) -> Sheets:
    """A sheet for each pupil of the class who was given the work, by seat; or one blank sheet."""
    asked = list(db.session.scalars(assignments.questions_of(assignment.id)))
    if not with_names:
        blank = Sheet([Question.of(one, NOBODY) for one in asked])
        return Sheets(assignment, school_class, [blank])
    owing = db.session.execute(pupils_of(assignment.id, hat))
    sheets = [
        Sheet([Question.of(one, pupil.id) for one in asked], pupil, seat)
        for pupil, seat, class_id in owing
        if class_id == school_class.id
    ]
    return Sheets(assignment, school_class, sheets)
