"""What the account pages ask."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired

from core.i18n import lazy


class PasswordForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """The present password, and the new one twice."""

    present = PasswordField(
        lazy("Present password"), validators=[InputRequired(lazy("Please enter your present password."))]
    )
    new = PasswordField(
        lazy("New password"), validators=[InputRequired(lazy("Please enter a new password."))]
    )
    again = PasswordField(
        lazy("New password again"), validators=[EqualTo("new", lazy("The two new passwords differ."))]
    )
    next = HiddenField()
