"""What the roster pages ask."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired

from core.i18n import lazy


class UploadForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """The file to look at."""

    file = FileField(lazy("Roster file"), validators=[FileRequired(lazy("Please choose a file."))])


class ImportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """The file that was looked at."""

    key = HiddenField(validators=[InputRequired()])
