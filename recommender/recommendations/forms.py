"""What a pupil may say of a suggestion."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

from recommender.recommendations.models import Word

TAKE_BACK = ""


class WordForm(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """One of the words, or nothing to take the last one back."""

    word = StringField(validators=[AnyOf([TAKE_BACK, *Word])])

    def chosen(self) -> Word | None:
        """The word, or None for taking it back."""
        return Word(self.word.data) if self.word.data else None
