"""What is asked when questions are imported."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import lazy
from library.formats.papers.paper import MOST_LETTERS
from library.intake.services import Place


class PlaceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Where in the curriculum questions belong."""

    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = SelectField(lazy("From grade"), coerce=int)
    grade_to = SelectField(lazy("To grade"), coerce=int)

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def place(self) -> Place:
        """The place, once the form is valid."""
        return Place(self.subject_id.data, self.grade_from.data, self.grade_to.data)

    def show(self, place: Any) -> None:  # noqa: ANN401 -- whatever has the three
        """Begin with where *place* belongs."""
        for name in ("subject_id", "grade_from", "grade_to"):
            self[name].data = getattr(place, name)


class SendForm(PlaceForm):
    """A text or a file, and where its questions belong."""

    text = TextAreaField(lazy("Questions as text"), validators=[Length(max=MOST_LETTERS)])
    file = FileField(lazy("File with questions"))


class CorrectForm(FlaskForm):  # type: ignore[misc] # as above
    """The lines of a question as they should be, and its kind."""

    source = TextAreaField(lazy("Text of the question"), validators=[Length(max=MOST_LETTERS)])
    kind = StringField(validators=[Optional(), Length(max=32)])


def reading_in(given: Mapping[str, str]) -> int:
    """Which reading of an import a form is about; 0 where that is not said."""
    said = given.get("reading", "")
    return int(said) if said.isascii() and said.isdigit() else 0


class _Boxes(SelectMultipleField):  # type: ignore[misc] # WTForms is untyped
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TakeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Where the chosen questions go."""

    draft_id = SelectField(lazy("Put them into"), coerce=int, default=0)
    title = StringField(lazy("Title of the new set"), validators=[Length(max=300)])
    point_ids = _Boxes(lazy("Knowledge points of all of them"), coerce=int, validators=[Optional()])
