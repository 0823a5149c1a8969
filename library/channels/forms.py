"""What is asked before a channel is looked at."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from accounts.classes.grades import GRADES
from core.i18n import lazy, localized
from library.curriculum.models import Subject
from library.resources.models import Tier
from library.resources.words import TIER_NAMES, grade_name


class ChannelForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """The file, for whom it is, and where what tells no place belongs.

    With a script the file was sent in parts before, under ``upload_key``.
    """

    file = FileField(lazy("Channel"))
    tier = SelectField(lazy("For whom"))
    subject_id = SelectField(lazy("Subject, where the channel tells none"), coerce=int, default=0)
    grade_from = SelectField(lazy("From grade"), coerce=int, default=GRADES[0])
    grade_to = SelectField(lazy("To grade"), coerce=int, default=GRADES[-1])
    upload_key = HiddenField()
    upload_size = HiddenField()
    upload_name = HiddenField()

    def offer(self, tiers: Iterable[Tier], subjects: Iterable[Subject]) -> None:
        """Fill the choices with what this administrator may import for."""
        self.tier.choices = [SelectChoice(one.value, TIER_NAMES[one]) for one in tiers]
        self.subject_id.choices = [
            SelectChoice(0, lazy("No subject")),
            *(SelectChoice(one.id, localized(one)) for one in subjects),
        ]
        self.grade_from.choices = self.grade_to.choices = [
            SelectChoice(one, grade_name(one)) for one in GRADES
        ]

    def validate_file(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """There is a file, in the form or sent before."""
        if not (field.data or self.upload_key.data):
            raise ValidationError(lazy("Please choose a file."))

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- as above
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def name(self) -> str:
        """What the file was called."""
        return str(self.upload_name.data or (self.file.data.filename if self.file.data else "") or "")
