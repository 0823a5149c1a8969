"""Load a list of marks for whoever is signed in: the same rows for page, files and API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.access import find
from core.database import db
from core.errors import NotFound
from core.i18n import _, localized
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.markers.names import Names
from homework.markers.queries import names_for
from homework.marklists.queries import MarkList, MarkRow, marks_for


@dataclass(frozen=True, slots=True)
class Shown:
    """A list of marks with what it is about."""

    assignment: Assignment
    classes: Sequence[SchoolClass]
    """All of the teacher's that got the work."""
    school_class: SchoolClass | None
    """The one that is asked for; None for all."""
    names: Names
    marks: MarkList

    @property
    def told_classes(self) -> Mapping[int, SchoolClass]:
        """By id, where pupils of several classes stand together, or some have left: each line says which."""
        is_told = len(self.classes) > 1 or any(one.has_left for one in self.marks.rows)
        return {one.id: one for one in self.classes if is_told and self.school_class is None}

    def place_of(self, row: MarkRow) -> str:
        """The class that a line tells, or that the pupil has left; nothing where her name is hidden."""
        if row.has_left:
            return _("has left")
        return "" if row.class_id is None else localized(self.told_classes[row.class_id])


def marks_of(hat: Hat, assignment_id: int, class_id: int | None) -> Shown:
    """The marks of the teacher's pupils, of one of the classes if it is named."""
    wanted = assignments.taught_by(hat).where(Assignment.id == assignment_id)
    assignment: Assignment = find(wanted.options(joinedload(Assignment.subject)))
    classes = list(db.session.scalars(assignments.classes_given(assignment.id, hat)))
    school_class = next((one for one in classes if one.id == class_id), None)
    if class_id is not None and school_class is None:
        raise NotFound
    names = names_for(assignment.id, hat)
    return Shown(assignment, classes, school_class, names, marks_for(assignment, hat, names, class_id))
