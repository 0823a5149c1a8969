"""What is wrong, and what was done about it."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from core.i18n import lazy
from library.faults.models import FaultKind, FaultState
from library.faults.words import FAULT_NAMES, STATE_NAMES

LONGEST = 1000
CLOSED = (FaultState.MENDED, FaultState.NO_FAULT)


class ReportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A report."""

    kind = RadioField(
        lazy("What is wrong?"),
        choices=[SelectChoice(kind.value, FAULT_NAMES[kind]) for kind in FaultKind],
        validators=[InputRequired(lazy("Please choose what is wrong."))],
    )
    text = TextAreaField(
        lazy("Where is it, and what should it be?"),
        validators=[DataRequired(lazy("Please say where it is.")), Length(max=LONGEST)],
    )


class AnswerForm(FlaskForm):  # type: ignore[misc] # as above
    """The answer to a report."""

    state = RadioField(
        lazy("What became of it?"),
        choices=[
            SelectChoice(one.value, STATE_NAMES[one]) for one in (FaultState.MENDED, FaultState.NO_FAULT)
        ],
        validators=[InputRequired(lazy("Please choose what became of it."))],
    )
    answer = TextAreaField(
        lazy("Answer to the person who reported it"),
        validators=[
            DataRequired(lazy("Please tell the person who reported it what you did.")),
            Length(max=LONGEST),
        ],
    )
