"""What a reviewer says."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from core.i18n import lazy

LONGEST_REASON = 1000
ACCEPT, FOR_EVERYBODY, GIVE_BACK = "accept", "for_everybody", "return"


def _reason_needed() -> list[DataRequired | Length]:
    missing = lazy("Please give the reason. Everybody who sees the resource can read it.")
    return [DataRequired(missing), Length(max=LONGEST_REASON)]


class DecisionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Accept or return, with the reason."""

    version = HiddenField()
    decision = RadioField(
        lazy("Decision"),
        choices=[
            SelectChoice(ACCEPT, lazy("Accept")),
            SelectChoice(GIVE_BACK, lazy("Return to the author")),
        ],
        validators=[InputRequired(lazy("Please decide."))],
    )
    reason = TextAreaField(lazy("Reason"), validators=_reason_needed())


class NoteForm(FlaskForm):  # type: ignore[misc] # as above
    """What the author wants the reviewers to know."""

    note = TextAreaField(lazy("A word to the reviewers"), validators=[Length(max=LONGEST_REASON)])


class WithdrawalForm(FlaskForm):  # type: ignore[misc] # as above
    """Why a resource is taken away, and what stands for it."""

    reason = TextAreaField(lazy("Reason"), validators=_reason_needed())
    instead = StringField(lazy("Address of the resource that stands for it"), validators=[Length(max=500)])
