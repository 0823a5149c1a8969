"""What an administrator says before a pupil's record opens."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from core.i18n import lazy


class ReasonForm(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """Why the record is read."""

    reason = StringField(
        lazy("Why do you need this pupil's record?"), validators=[InputRequired(), Length(min=4, max=200)]
    )
