"""What an administrator says about a source."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from core.errors import DomainError
from core.i18n import lazy
from library.harvests.models import Decision, HarvestSource
from library.harvests.outside import check_address
from library.harvests.sources import Plan
from library.resources.models import Tier

TIMES = {
    0: lazy("Only when I say so"),
    6: lazy("Every six hours"),
    24: lazy("Every day"),
    168: lazy("Every week"),
}


class SourceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A library to harvest."""

    name = StringField(
        lazy("Name of the library"),
        validators=[DataRequired(lazy("Please give it a name.")), Length(max=200)],
    )
    url = StringField(
        lazy("OAI-PMH address"), validators=[DataRequired(lazy("The address is missing.")), Length(max=500)]
    )
    set_spec = StringField(
        lazy("Only this set"),
        validators=[
            Length(max=200),
            Regexp(r"^([A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*)?$", message=lazy("This is no set.")),
        ],
    )
    key = PasswordField(lazy("Key that the library gave you"), validators=[Length(max=200)])
    tier = RadioField(
        lazy("Where it goes"),
        choices=[
            SelectChoice(Tier.PUBLIC.value, lazy("What is public there becomes public here")),
            SelectChoice(Tier.LOCAL.value, lazy("Everything goes into our local collection")),
        ],
        default=Tier.PUBLIC.value,
    )
    every_hours = SelectField(
        lazy("How often"),
        coerce=int,
        choices=[SelectChoice(hours, label) for hours, label in TIMES.items()],
        default=24,
    )
    is_paused = BooleanField(lazy("Pause: do not ask this library for now"))

    def validate_url(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """It is an address of the web; whether it may be asked is seen when it is."""
        field.data = (field.data or "").strip()
        try:
            check_address(field.data)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            name=self.name.data.strip(),
            url=self.url.data,
            set_spec=(self.set_spec.data or "").strip(),
            key=(self.key.data or "").strip(),
            tier=Tier(self.tier.data),
            every_hours=self.every_hours.data,
            is_paused=self.is_paused.data,
        )

    def show(self, source: HarvestSource) -> None:
        """Fill the form with what there is; the key is not shown again."""
        self.name.data, self.url.data, self.set_spec.data = source.name, source.url, source.set_spec
        self.tier.data, self.is_paused.data = source.tier.value, source.is_paused
        if source.every_hours not in TIMES:
            label = lazy("Every %(hours)s hours", hours=source.every_hours)
            self.every_hours.choices.append(SelectChoice(source.every_hours, label))
        self.every_hours.data = source.every_hours


class DecisionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Which of two versions stays."""

    decision = RadioField(choices=[SelectChoice(one.value, one.value) for one in Decision])
