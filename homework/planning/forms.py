"""The form in which a teacher plans an assignment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isnan
from typing import TypeVar
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FloatField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.classes.models import SchoolClass
from core.clock import SCHOOL_ZONE
from core.errors import DomainError
from core.i18n import lazy, localized
from homework.assignments import errors
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget, TargetPart
from homework.assignments.plan import PHOTO_MINUTES, LibraryQuestion, PhotoQuestion, Plan, Question, Rules
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.assignments.schedule import usual_cut_off, usual_due
from homework.groups.models import PupilGroup
from learning.lessons.models import MicroLesson
from library.curriculum.models import Subject
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.models import ItemVersion

Kind = TypeVar("Kind", bound=StrEnum)
MOST_QUESTIONS = 60
MOST_POINTS = 100.0
MOST_OWN_MINUTES = 180.0
LEAST = 0.5
LONGEST_PROMPT = 2000
LONGEST_TITLE = 200
LOCAL = "%Y-%m-%dT%H:%M"
TARGETS = ("class", "group", "pupil")
LAYERS = {
    Layer.REQUIRED: lazy("Must be done"),
    Layer.OPTIONAL: lazy("May be done"),
    Layer.CHALLENGE: lazy("Challenge"),
}
HAND_INS = {
    HandIns.UNTIL_DUE: lazy("As often as they like, until it is due"),
    HandIns.ONCE: lazy("Once"),
    HandIns.LIMITED: lazy("A number of times"),
}
COUNTING = {Counting.LAST: lazy("The last one"), Counting.BEST: lazy("The one with most points")}
ANSWERS_SHOWN = {
    AnswersShown.AFTER_DUE: lazy("After the due time"),
    AnswersShown.BY_HAND: lazy("When I show them"),
    AnswersShown.AT_ONCE: lazy("At once, for practising"),
}


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """All but the questions, whose rows stand in fields of their own (``read_rows``)."""

    client_key = HiddenField()
    version = HiddenField()
    """Of the assignment that is changed."""
    class_ids = SelectMultipleField(
        lazy("Classes"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        invalid_choice_message=errors.NotYourClass.message,
    )
    group_ids = SelectMultipleField(
        lazy("Groups"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        invalid_choice_message=errors.NotYourGroup.message,
    )
    subject_id = SelectField(lazy("Subject"), coerce=int)
    title = StringField(
        lazy("Title"),
        validators=[Length(max=LONGEST_TITLE, message=lazy("A title has at most 200 characters."))],
    )
    instructions = TextAreaField(
        lazy("Instructions"),
        validators=[Length(max=4000, message=lazy("Instructions have at most 4000 characters."))],
    )
    lesson_id = SelectField(lazy("Micro-lesson to watch first"), coerce=int, default=0)
    own_minutes = FloatField(
        lazy("Minutes for what the instructions ask"),
        validators=[
            Optional(),
            NumberRange(0, MOST_OWN_MINUTES, message=lazy("A number of minutes from 0 to 180.")),
        ],
    )
    is_unwritten = BooleanField(lazy("Nothing is written: reading aloud, watching, sport, an experiment"))
    opens_at = DateTimeLocalField(lazy("Opens"), format=LOCAL, validators=[Optional()])
    due_at = DateTimeLocalField(
        lazy("Due"), format=LOCAL, validators=[InputRequired(lazy("Say when the work is due."))]
    )
    cut_off_at = DateTimeLocalField(lazy("Late work is taken until"), format=LOCAL, validators=[Optional()])
    is_night_meant = BooleanField(lazy("I mean this time, although pupils should rest then"))
    hand_ins = SelectField(
        lazy("How often pupils may hand in"),
        choices=[SelectChoice(one.value, label) for one, label in HAND_INS.items()],
        default=HandIns.UNTIL_DUE.value,
    )
    most_hand_ins = IntegerField(lazy("Times"), validators=[Optional()], default=2)
    counting = SelectField(
        lazy("Which one counts"),
        choices=[SelectChoice(one.value, label) for one, label in COUNTING.items()],
        default=Counting.LAST.value,
    )
    answers_shown = SelectField(
        lazy("When pupils see the answers"),
        choices=[SelectChoice(one.value, label) for one, label in ANSWERS_SHOWN.items()],
        default=AnswersShown.AFTER_DUE.value,
    )
    reason = TextAreaField(
        lazy("Reason for more minutes than are allowed"),
        validators=[Length(max=500, message=lazy("A reason has at most 500 characters."))],
    )

    def offer(
        self,
        classes: Iterable[SchoolClass],
        groups: Iterable[PupilGroup],
        subjects: Iterable[Subject],
        lessons: Iterable[MicroLesson],
    ) -> None:
        """Fill the choices with what this teacher has."""
        self.class_ids.choices = [(one.id, localized(one)) for one in classes]
        self.group_ids.choices = [(one.id, f"{localized(one.school_class)} · {one.name}") for one in groups]
        self.subject_id.choices = [(one.id, localized(one)) for one in subjects]
        self.lesson_id.choices = [(0, lazy("None"))] + [(one.id, one.resource.title) for one in lessons]

    def begin(self, now: datetime) -> None:
        """The usual times, and a key for this form."""
        due = usual_due(now)
        self.client_key.data = str(uuid4())
        self.due_at.data = due.replace(tzinfo=None)
        self.cut_off_at.data = usual_cut_off(due).replace(tzinfo=None)

    def repeat(self, earlier: Assignment) -> None:
        """Say what an earlier assignment said, but not to whom and until when."""
        for name in ("title", "instructions", "subject_id", "most_hand_ins"):
            self[name].data = getattr(earlier, name)
        self.lesson_id.data = earlier.lesson_id or 0
        self.own_minutes.data = earlier.own_minutes or None
        self.is_unwritten.data = not earlier.is_written and earlier.lesson_id is None
        for name in ("hand_ins", "counting", "answers_shown"):
            self[name].data = getattr(earlier, name).value

    def show(self, standing: Assignment, targets: Iterable[AssignmentTarget], reason: str) -> None:
        """Say all that *standing* says, to be changed."""
        self.repeat(standing)
        self.version.data = str(standing.version)
        self.class_ids.data = [one.class_id for one in targets if one.is_whole]
        for name in ("opens_at", "due_at", "cut_off_at"):
            self[name].data = getattr(standing, name).astimezone(SCHOOL_ZONE).replace(tzinfo=None)
        self.reason.data = reason

    def due(self) -> datetime | None:
        """The due time on the school's clock."""
        return _at_school(self.due_at.data)

    def chosen_classes(self) -> tuple[int, ...]:
        """Ids of the ticked classes."""
        return tuple(self.class_ids.data or ())

    def chosen_groups(self) -> tuple[int, ...]:
        """Ids of the ticked groups."""
        return tuple(self.group_ids.data or ())

    def plan(
        self, questions: tuple[Question, ...], title: str, targets: "Targets", now: datetime
    ) -> Plan | None:
        """What the form says; *title* stands in where it gives none. None as long as no due time stands."""
        due_at = _at_school(self.due_at.data)
        if due_at is None:
            return None
        return Plan(
            client_key=_key(self.client_key.data),
            title=(self.title.data or "").strip() or title,
            instructions=(self.instructions.data or "").strip(),
            subject_id=self.subject_id.data,
            class_ids=self.chosen_classes(),
            group_ids=self.chosen_groups(),
            pupil_ids=targets.pupil_ids,
            depths=targets.depths,
            lesson_id=self.lesson_id.data or None,
            own_minutes=max(self.own_minutes.data or 0.0, 0.0),
            is_unwritten=bool(self.is_unwritten.data),
            questions=questions,
            opens_at=_at_school(self.opens_at.data) or now,
            due_at=due_at,
            cut_off_at=_at_school(self.cut_off_at.data) or due_at,
            rules=Rules(
                hand_ins=_chosen(self.hand_ins.data, HandIns.UNTIL_DUE),
                most_hand_ins=self.most_hand_ins.data,
                counting=_chosen(self.counting.data, Counting.LAST),
                answers_shown=_chosen(self.answers_shown.data, AnswersShown.AFTER_DUE),
            ),
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
    errors.NotYourGroup: "group_ids",
    errors.NotYourPupil: "class_ids",
    errors.NoPupils: "class_ids",
    errors.NoWrittenHomework: "class_ids",
    errors.DueInThePast: "due_at",
    errors.DueAtNight: "due_at",
    errors.TimesOutOfOrder: "cut_off_at",
    errors.HandInsNeeded: "most_hand_ins",
    errors.OverTheCap: "reason",
}


@dataclass(frozen=True, slots=True)
class Targets:
    """Single pupils, and what must be done of layered work, as fields of their own say it."""

    pupil_ids: tuple[int, ...]
    depths: Mapping[tuple[str, int], Layer]


def read_targets(form: MultiDict[str, str]) -> Targets:
    """The pupils that are ticked, and a field ``depth-<kind>-<id>`` for each that must do more."""
    depths = {}
    for name, value in form.items():
        kind, _dash, number = name.removeprefix("depth-").partition("-")
        if name.startswith("depth-") and kind in TARGETS and number.isdecimal():
            depths[kind, int(number)] = _layer(value)
    return Targets(tuple(form.getlist("pupil_ids", type=int)), depths)


def targets_given(targets: Iterable[AssignmentTarget], parts: Iterable[TargetPart]) -> Targets:
    """The same of an assignment that stands."""
    depths = {("class", one.class_id): one.depth for one in targets}
    known = list(parts)
    for one in known:
        kind, number = ("group", one.group_id) if one.group_id else ("pupil", one.student_id)
        depths[kind, number or 0] = one.depth
    return Targets(tuple(one.student_id for one in known if one.student_id), depths)


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
                _number(points, 1.0, MOST_POINTS),
                prompt[:LONGEST_PROMPT].strip(),
                _number(minutes, PHOTO_MINUTES, MOST_POINTS),
                _layer(layer),
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


def _chosen(text: str | None, otherwise: Kind) -> Kind:
    return type(otherwise)(text) if text in set(type(otherwise)) else otherwise


def _numbers(text: str) -> list[tuple[int, Layer]]:
    """Ids of questions with commas between them, each with its layer behind a colon if it has one."""
    pairs = [one.partition(":") for one in text.split(",")[:MOST_QUESTIONS]]
    return [(int(number), _layer(layer)) for number, _colon, layer in pairs if number.isdecimal()]


def _layer(text: str) -> Layer:
    return Layer(text) if text in set(Layer) else Layer.REQUIRED


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
