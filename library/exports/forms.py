"""What is asked before resources are taken out."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import lazy
from library.resources.models import Tier
from library.resources.words import TIER_NAMES


class _Boxes(SelectMultipleField):  # type: ignore[misc] # WTForms is untyped
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LibraryExportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Whose resources."""

    tiers = _Boxes(lazy("Which resources"))

    def offer(self, tiers: Iterable[Tier]) -> None:
        """Fill the choices with what this administrator may take out."""
        self.tiers.choices = [SelectChoice(one.value, TIER_NAMES[one]) for one in tiers]

    def validate_tiers(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """Something is chosen. A browser that is told so asks for each of the boxes."""
        if not field.data:
            raise ValidationError(lazy("Please choose at least one collection of the library."))

    def chosen(self) -> list[Tier]:
        """The tiers that were ticked."""
        return [Tier(one) for one in self.tiers.data]
