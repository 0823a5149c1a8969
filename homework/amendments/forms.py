"""The form in which a teacher changes work that pupils see."""

from collections.abc import Mapping
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.clock import SCHOOL_ZONE
from core.errors import DomainError
from core.i18n import lazy
from homework.amendments import errors
from homework.amendments.services import Amendment
from homework.assignments import errors as refused
from homework.assignments.models import Assignment
from homework.assignments.schedule import Times, as_long_after, is_at_rest
from homework.planning.forms import LONGEST_TITLE
from homework.planning.typed import MomentField, at_school

_REQUIRED = InputRequired(lazy("Say until when."))


class AmendmentForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Words and times; the rest of the work stays as it is."""

    version = HiddenField()
    title = StringField(
        lazy("Title"),
        validators=[Length(max=LONGEST_TITLE, message=lazy("A title has at most 200 characters."))],
    )
    instructions = TextAreaField(
        lazy("Instructions"),
        validators=[Length(max=4000, message=lazy("Instructions have at most 4000 characters."))],
    )
    due_at = MomentField(lazy("Due"), validators=[_REQUIRED])
    cut_off_at = MomentField(lazy("Late work is taken until"), validators=[_REQUIRED])
    is_night_meant = BooleanField(lazy("I mean this time, although pupils should rest then"))
    reason = TextAreaField(
        lazy("Reason for more minutes than are allowed"),
        validators=[Length(max=500, message=lazy("A reason has at most 500 characters."))],
    )

    def show(self, standing: Assignment) -> None:
        """Say what *standing* says."""
        self.version.data = str(standing.version)
        self.title.data, self.instructions.data = standing.title, standing.instructions
        for name in ("due_at", "cut_off_at"):
            self[name].data = getattr(standing, name).astimezone(SCHOOL_ZONE).replace(tzinfo=None)

    def amendment(self, standing: Assignment) -> Amendment:
        """What is to hold; where only the due time moves, late work is taken as long after it as before.

        Raises:
            DueAtNight: it would be due while pupils rest, and nothing says that this is meant.
        """
        times = Times(
            self._moment("due_at", standing.due_at), self._moment("cut_off_at", standing.cut_off_at)
        )
        if times.due_at != standing.due_at:
            if is_at_rest(times.due_at) and not self.is_night_meant.data:
                raise refused.DueAtNight
            if times.cut_off_at == standing.cut_off_at:
                known = Times(standing.due_at, standing.cut_off_at)
                times = Times(times.due_at, as_long_after(times.due_at, known))
        return Amendment(
            title=self.title.data or "",
            instructions=self.instructions.data or "",
            due_at=times.due_at,
            cut_off_at=times.cut_off_at,
            reason=self.reason.data or "",
        )

    def known_version(self) -> int:
        """Of the assignment that the page showed; 0 where it names none."""
        text = str(self.version.data)
        return int(text) if text.isdecimal() else 0

    def tell(self, refusal: DomainError) -> None:
        """Put a refusal beside the field that it is about."""
        field = self[FIELDS_OF_REFUSALS.get(type(refusal), "title")]
        field.errors = [*field.errors, str(refusal)]

    def _moment(self, name: str, standing: datetime) -> datetime:
        """What a field says; a field knows no seconds, so what says the same minute is *standing*."""
        moment = at_school(self[name].data)
        if moment is None or moment == standing.astimezone(SCHOOL_ZONE).replace(second=0, microsecond=0):
            return standing
        return moment


FIELDS_OF_REFUSALS: Mapping[type[DomainError], str] = {
    errors.TitleNeeded: "title",
    refused.NothingAssigned: "instructions",
    errors.EarlierThanTold: "due_at",
    errors.AnswersAreOut: "due_at",
    refused.DueInThePast: "due_at",
    refused.DueAtNight: "due_at",
    refused.DueTooFarAhead: "due_at",
    refused.CutOffTooFarAhead: "cut_off_at",
    refused.TimesOutOfOrder: "cut_off_at",
    errors.LateWorkInThePast: "cut_off_at",
    refused.OverTheCap: "reason",
}
