"""What is asked about a package."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import ValidationError

from core.i18n import lazy
from library.packages.services import Place


class PackageForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A package and where it belongs."""

    package = FileField(lazy("Package"))
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = SelectField(lazy("From grade"), coerce=int)
    grade_to = SelectField(lazy("To grade"), coerce=int)

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def validate_package(self, field: Any) -> None:  # noqa: ANN401 -- as above
        """There is a file."""
        if not field.data:
            raise ValidationError(lazy("Please choose a package."))

    def place(self) -> Place:
        """Where in the curriculum it belongs, once the form is valid."""
        return Place(self.subject_id.data, self.grade_from.data, self.grade_to.data)
