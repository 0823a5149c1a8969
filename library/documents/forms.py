"""What a teacher says about a file that goes into the library."""

from pathlib import PurePath
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from core.i18n import lazy
from library.packages.course import About
from library.resources.services import Wording

LONGEST_TITLE = 300


class ReplacementForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Another file in the place of one that failed."""

    file = FileField(lazy("File"))


class FileForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A file and where it belongs. With a script the file was sent in parts before, under ``upload_key``."""

    title = StringField(lazy("Title"), validators=[Length(max=LONGEST_TITLE)])
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = SelectField(lazy("From grade"), coerce=int)
    grade_to = SelectField(lazy("To grade"), coerce=int)
    licence = StringField(lazy("Licence"), validators=[Length(max=64)])
    file = FileField(lazy("File"))
    upload_key = HiddenField()
    upload_size = HiddenField()
    upload_name = HiddenField()

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def name(self) -> str:
        """What the file was called."""
        return str(self.upload_name.data or (self.file.data.filename if self.file.data else "") or "")

    def wording(self, about: About) -> Wording:
        """What the form says, else what the file says *about* itself; as a title, its name at last."""
        stem = PurePath(self.name().replace("\\", "/")).stem
        told = {
            name: value for name in ("description", "language", "keywords") if (value := getattr(about, name))
        }
        return Wording(
            title=((self.title.data or "").strip() or about.title or stem or str(lazy("Document")))[
                :LONGEST_TITLE
            ],
            subject_id=self.subject_id.data or None,
            grade_from=self.grade_from.data,
            grade_to=self.grade_to.data,
            licence=(self.licence.data or "").strip() or about.licence,
            **told,
        )
