"""The switch."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

ON, OFF = "on", "off"


class DecisionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """On or off."""

    decision = StringField(validators=[AnyOf([ON, OFF])])

    @property
    def is_granted(self) -> bool:
        """Whether it is to be on."""
        return bool(self.decision.data == ON)
