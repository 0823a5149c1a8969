"""What is asked before a file is imported."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from core.i18n import lazy
from library.resources.models import Tier
from library.resources.words import TIER_NAMES


class OrderForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """The file, for whom it is, and whether a bad line spoils it."""

    file = FileField(lazy("File with resources"), validators=[FileRequired(lazy("Please choose a file."))])
    tier = SelectField(lazy("For whom"))
    is_strict = BooleanField(lazy("Take all lines or none"))

    def offer(self, tiers: Iterable[Tier]) -> None:
        """Fill the choices with what this administrator may import for."""
        self.tier.choices = [SelectChoice(one.value, TIER_NAMES[one]) for one in tiers]
