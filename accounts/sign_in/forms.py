"""What the sign-in pages ask."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from core.i18n import lazy


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Username and password."""

    username = StringField(
        lazy("Username"), validators=[InputRequired(lazy("Please enter your username.")), Length(max=64)]
    )
    password = PasswordField(
        lazy("Password"), validators=[InputRequired(lazy("Please enter your password.")), Length(max=128)]
    )
    next = HiddenField()


class HatForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Which role to work in."""

    hat_id = RadioField(lazy("Role"), coerce=int)
    next = HiddenField()
