"""What is said of a new question set."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from core.i18n import lazy
from library.resources.models import ResourceKind
from library.resources.queries import ASKED_HERE
from library.resources.services import Wording
from library.resources.words import KIND_NAMES


class SetForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Title, kind, subject and grade; all else is said on the page of every resource."""

    title = StringField(
        lazy("Title"), validators=[DataRequired(lazy("Please give it a title.")), Length(max=300)]
    )
    kind = SelectField(
        lazy("Kind"), choices=[SelectChoice(kind.value, KIND_NAMES[kind]) for kind in ASKED_HERE]
    )
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade = SelectField(lazy("Grade"), coerce=int)

    def chosen_kind(self) -> ResourceKind:
        """Practice or worksheet."""
        return ResourceKind(self.kind.data)

    def wording(self) -> Wording:
        """What the form says, once it is valid."""
        return Wording(
            title=self.title.data.strip(),
            subject_id=self.subject_id.data,
            grade_from=self.grade.data,
            grade_to=self.grade.data,
        )
