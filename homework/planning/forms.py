"""The form in which a teacher plans an assignment."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
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
from homework.assignments.models import Assignment, AssignmentTarget
from homework.assignments.plan import Plan, Question, Rules
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.assignments.schedule import LATE_WORK_IS_TAKEN_FOR, usual_cut_off, usual_due
from homework.assignments.teaming import Teaming
from homework.groups.models import PupilGroup
from homework.planning.targets import Targets
from homework.planning.typed import MomentField, at_school, read_choice, read_key
from learning.lessons.models import MicroLesson
from library.curriculum.models import Subject

MOST_OWN_MINUTES = 180.0
LONGEST_TITLE = 200
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
TEAMING = {
    Teaming.ALONE: lazy("Each pupil alone"),
    Teaming.KEPT: lazy("In the groups that I keep"),
    Teaming.CHOSEN: lazy("In groups that pupils form"),
}
ANSWERS_SHOWN = {
    AnswersShown.AFTER_DUE: lazy("After the due time"),
    AnswersShown.BY_HAND: lazy("When I show them"),
    AnswersShown.AT_ONCE: lazy("At once, for practising"),
}


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """All but the questions, whose rows stand in fields of their own (``rows.read_rows``)."""

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
    opens_at = MomentField(lazy("Opens"), validators=[Optional()])
    due_at = MomentField(lazy("Due"), validators=[InputRequired(lazy("Say when the work is due."))])
    cut_off_at = MomentField(lazy("Late work is taken until"), validators=[Optional()])
    """Empty means as long after the due time as usual, also when the due time moves."""
    is_late_refused = BooleanField(lazy("Take no late work"))
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
    teaming = SelectField(
        lazy("Who hands in together"),
        choices=[SelectChoice(one.value, label) for one, label in TEAMING.items()],
        default=Teaming.ALONE.value,
    )
    team_size = IntegerField(lazy("Pupils in a group"), validators=[Optional()], default=4)
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
        """The usual due time, and a key for this form."""
        self.client_key.data = str(uuid4())
        self.due_at.data = usual_due(now).replace(tzinfo=None)

    def repeat(self, earlier: Assignment) -> None:
        """Say what an earlier assignment said, but not to whom and until when."""
        for name in ("title", "instructions", "subject_id", "most_hand_ins", "team_size"):
            self[name].data = getattr(earlier, name)
        self.lesson_id.data = earlier.lesson_id or 0
        self.own_minutes.data = earlier.own_minutes or None
        self.is_unwritten.data = not earlier.is_written and earlier.lesson_id is None
        for name in ("hand_ins", "counting", "answers_shown", "teaming"):
            self[name].data = getattr(earlier, name).value

    def show(self, standing: Assignment, targets: Iterable[AssignmentTarget], reason: str) -> None:
        """Say all that *standing* says, to be changed."""
        self.repeat(standing)
        self.version.data = str(standing.version)
        self.class_ids.data = [one.class_id for one in targets if one.is_whole]
        for name in ("opens_at", "due_at", "cut_off_at"):
            self[name].data = getattr(standing, name).astimezone(SCHOOL_ZONE).replace(tzinfo=None)
        self.is_late_refused.data = standing.cut_off_at == standing.due_at
        if standing.cut_off_at - standing.due_at in (timedelta(0), LATE_WORK_IS_TAKEN_FOR):
            self.cut_off_at.data = None
        self.reason.data = reason

    def due(self) -> datetime | None:
        """The due time on the school's clock."""
        return at_school(self.due_at.data)

    def chosen_classes(self) -> tuple[int, ...]:
        """Ids of the ticked classes."""
        return tuple(self.class_ids.data or ())

    def chosen_groups(self) -> tuple[int, ...]:
        """Ids of the ticked groups."""
        return tuple(self.group_ids.data or ())

    def plan(
        self, questions: tuple[Question, ...], title: str, targets: Targets, now: datetime
    ) -> Plan | None:
        """What the form says; *title* stands in where it gives none. None as long as no due time stands."""
        due_at = at_school(self.due_at.data)
        if due_at is None:
            return None
        return Plan(
            client_key=read_key(self.client_key.data),
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
            opens_at=at_school(self.opens_at.data) or now,
            due_at=due_at,
            cut_off_at=self._cut_off(due_at),
            rules=Rules(
                hand_ins=read_choice(self.hand_ins.data, HandIns.UNTIL_DUE),
                most_hand_ins=self.most_hand_ins.data,
                counting=read_choice(self.counting.data, Counting.LAST),
                answers_shown=read_choice(self.answers_shown.data, AnswersShown.AFTER_DUE),
                teaming=read_choice(self.teaming.data, Teaming.ALONE),
                team_size=self.team_size.data,
            ),
            reason=self.reason.data or "",
        )

    def _cut_off(self, due_at: datetime) -> datetime:
        if self.is_late_refused.data:
            return due_at
        return at_school(self.cut_off_at.data) or usual_cut_off(due_at)

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
    errors.DueTooFarAhead: "due_at",
    errors.CutOffTooFarAhead: "cut_off_at",
    errors.TimesOutOfOrder: "cut_off_at",
    errors.HandInsNeeded: "most_hand_ins",
    errors.TeamSizeNeeded: "team_size",
    errors.NoGroupsKept: "teaming",
    errors.OverTheCap: "reason",
}
