"""What the pages of a lesson's author ask."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import lazy
from library.resources.models import Tier

FIRST_GRADE, LAST_GRADE = 1, 12
TIERS = (
    SelectChoice(Tier.SCHOOL.value, lazy("My school")),
    SelectChoice(Tier.PERSONAL.value, lazy("Only me")),
)


class UploadForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A video and its title. With a script the video was sent in parts before, under ``upload_key``."""

    title = StringField(
        lazy("Title"),
        validators=[DataRequired(lazy("Please give the lesson a title.")), Length(max=300)],
    )
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = IntegerField(
        lazy("Grade"), validators=[InputRequired(), NumberRange(FIRST_GRADE, LAST_GRADE)]
    )
    video = FileField(lazy("Video"))
    upload_key = HiddenField()
    upload_size = HiddenField()


class _Boxes(SelectMultipleField):  # type: ignore[misc] # WTForms is untyped
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DetailsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """What the lesson's library entry says, and its chapters."""

    version = HiddenField()
    title = StringField(
        lazy("Title"),
        validators=[DataRequired(lazy("Please give the lesson a title.")), Length(max=300)],
    )
    description = TextAreaField(lazy("Description"), validators=[Length(max=4000)])
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = IntegerField(
        lazy("From grade"), validators=[InputRequired(), NumberRange(FIRST_GRADE, LAST_GRADE)]
    )
    grade_to = IntegerField(
        lazy("To grade"), validators=[InputRequired(), NumberRange(FIRST_GRADE, LAST_GRADE)]
    )
    tier = SelectField(lazy("Who may see it"), choices=TIERS)
    point_ids = _Boxes(lazy("Knowledge points"), coerce=int, validators=[Optional()])
    chapters = TextAreaField(lazy("Chapters"), validators=[Length(max=10_000)])

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if self.grade_from.data is not None and field.data is not None and field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))


class CaptionsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Captions, as a file or as text."""

    language = SelectField(
        lazy("Language"), choices=[SelectChoice("zh-CN", "中文"), SelectChoice("en", "English")]
    )
    file = FileField(lazy("WebVTT or SubRip file"))
    text = TextAreaField(lazy("Or paste the captions"), validators=[Length(max=500_000)])


class CheckpointForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Which question to ask when."""

    at = StringField(lazy("Moment"), validators=[DataRequired(), Length(max=12)])
    item_id = IntegerField(lazy("Question number"), validators=[InputRequired(), NumberRange(min=1)])
    required = SelectField(
        lazy("Needed for completion"),
        choices=[SelectChoice("1", lazy("Yes")), SelectChoice("0", lazy("No"))],
        default="1",
    )
