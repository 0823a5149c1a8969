"""The form in which a teacher plans an assignment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.classes.models import SchoolClass
from core.clock import SCHOOL_ZONE
from core.errors import DomainError
from core.i18n import lazy, localized
from homework.assignments import errors
from homework.assignments.schedule import usual_cut_off, usual_due
from homework.assignments.services import PHOTO_MINUTES, LibraryQuestion, PhotoQuestion, Plan, Question
from learning.lessons.models import MicroLesson
from library.curriculum.models import Subject

MOST_QUESTIONS = 60
MOST_POINTS = 100.0
LEAST = 0.5
LONGEST_PROMPT = 2000
LOCAL = "%Y-%m-%dT%H:%M"


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """All but the questions, whose rows stand in fields of their own (``read_rows``)."""

    client_key = HiddenField()
    class_ids = SelectMultipleField(
        lazy("Classes"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    subject_id = SelectField(lazy("Subject"), coerce=int)
    title = StringField(lazy("Title"), validators=[Length(max=200)])
    instructions = TextAreaField(lazy("Instructions"), validators=[Length(max=4000)])
    lesson_id = SelectField(lazy("Micro-lesson to watch first"), coerce=int, default=0)
    opens_at = DateTimeLocalField(lazy("Opens"), format=LOCAL, validators=[Optional()])
    due_at = DateTimeLocalField(
        lazy("Due"), format=LOCAL, validators=[InputRequired(lazy("Say when the work is due."))]
    )
    cut_off_at = DateTimeLocalField(lazy("Late work is taken until"), format=LOCAL, validators=[Optional()])
    is_night_meant = BooleanField(lazy("I mean this time, although pupils should rest then"))
    reason = TextAreaField(lazy("Reason for more minutes than the law allows"), validators=[Length(max=500)])

    def offer(
        self, classes: Iterable[SchoolClass], subjects: Iterable[Subject], lessons: Iterable[MicroLesson]
    ) -> None:
        """Fill the choices with what this teacher has."""
        self.class_ids.choices = [(one.id, localized(one)) for one in classes]
        self.subject_id.choices = [(one.id, localized(one)) for one in subjects]
        self.lesson_id.choices = [(0, lazy("None"))] + [(one.id, one.resource.title) for one in lessons]

    def begin(self, now: datetime) -> None:
        """The usual times, and a key for this form."""
        due = usual_due(now)
        self.client_key.data = str(uuid4())
        self.due_at.data = due.replace(tzinfo=None)
        self.cut_off_at.data = usual_cut_off(due).replace(tzinfo=None)

    def due(self) -> datetime | None:
        """The due time on the school's clock."""
        return _at_school(self.due_at.data)

    def chosen_classes(self) -> tuple[int, ...]:
        """Ids of the ticked classes."""
        return tuple(self.class_ids.data or ())

    def plan(self, questions: tuple[Question, ...], title: str, now: datetime) -> Plan:
        """What the form says; *title* stands in where it gives none."""
        due_at = _at_school(self.due_at.data)
        assert due_at is not None, "validated before"
        return Plan(
            client_key=_key(self.client_key.data),
            title=(self.title.data or "").strip() or title,
            instructions=(self.instructions.data or "").strip(),
            subject_id=self.subject_id.data,
            class_ids=self.chosen_classes(),
            lesson_id=self.lesson_id.data or None,
            questions=questions,
            opens_at=_at_school(self.opens_at.data) or now,
            due_at=due_at,
            cut_off_at=_at_school(self.cut_off_at.data) or due_at,
            reason=self.reason.data or "",
        )

    def tell(self, refusal: DomainError) -> None:
        """Put a refusal beside the field that it is about; what is about none stands above the form."""
        name = FIELDS_OF_REFUSALS.get(type(refusal))
        if name is not None:
            field = self[name]
            field.errors = [*field.errors, str(refusal)]


FIELDS_OF_REFUSALS: Mapping[type[DomainError], str] = {
    errors.NoClassChosen: "class_ids",
    errors.NotYourClass: "class_ids",
    errors.NoPupils: "class_ids",
    errors.NoWrittenHomework: "class_ids",
    errors.DueInThePast: "due_at",
    errors.DueAtNight: "due_at",
    errors.TimesOutOfOrder: "cut_off_at",
    errors.OverTheCap: "reason",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the plan as its row says it."""

    version_id: int | None
    """None for a photo question of the teacher's own."""
    points: float
    prompt: str = ""
    minutes: float = PHOTO_MINUTES

    def question(self) -> Question:
        """What is to be assigned."""
        if self.version_id is not None:
            return LibraryQuestion(item_version_id=self.version_id, points=self.points)
        return PhotoQuestion(prompt=self.prompt, points=self.points, minutes=self.minutes)


def read_rows(form: MultiDict[str, str]) -> list[Row]:
    """The questions in the form: four parallel lists of fields, one entry a row."""
    columns = [form.getlist(name) for name in ("row_version", "row_points", "row_prompt", "row_minutes")]
    rows = []
    for version, points, prompt, minutes in zip(*columns, strict=False):
        rows.append(
            Row(
                int(version) if version.isdecimal() else None,
                _number(points, 1.0, MOST_POINTS),
                prompt[:LONGEST_PROMPT].strip(),
                _number(minutes, PHOTO_MINUTES, MOST_POINTS),
            )
        )
    return rows[:MOST_QUESTIONS]


def change_rows(rows: list[Row], form: MultiDict[str, str]) -> list[Row]:
    """*rows* after the button that was pressed: add, add_photo, remove, up or down."""
    changed = list(rows)
    if (added := form.get("add", default=0, type=int)) and all(one.version_id != added for one in rows):
        changed.append(Row(added, 1.0))
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


def _number(text: str, otherwise: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return otherwise if isnan(number) else min(max(number, LEAST), most)


def _at_school(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=SCHOOL_ZONE) if moment else None


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()
