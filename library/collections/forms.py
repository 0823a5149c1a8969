"""What a curator says about a collection."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from accounts.classes.grades import GRADES
from core.i18n import lazy, localized
from library.collections.models import Collection, Picture, Tone
from library.collections.services import Description
from library.curriculum.models import Subject
from library.resources.models import Tier
from library.resources.words import TIER_NAMES, grade_name

TONE_NAMES = {
    Tone.JADE: lazy("Jade"),
    Tone.BLUE: lazy("Blue"),
    Tone.GREEN: lazy("Green"),
    Tone.AMBER: lazy("Amber"),
    Tone.PLUM: lazy("Plum"),
}
PICTURE_NAMES = {
    Picture.FOLDER: lazy("Folder"),
    Picture.BOOK: lazy("Book"),
    Picture.FLASK: lazy("Flask"),
    Picture.WORLD: lazy("Globe"),
    Picture.PALETTE: lazy("Palette"),
    Picture.MATHS: lazy("Formula"),
    Picture.STAR: lazy("Star"),
    Picture.PLANT: lazy("Plant"),
}


class CollectionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """Title, description, circle, subject, grades and cover."""

    version = HiddenField()
    title = StringField(
        lazy("Title"), validators=[DataRequired(lazy("Please give it a title.")), Length(max=200)]
    )
    description = TextAreaField(lazy("Description"), validators=[Length(max=4000)])
    tier = SelectField(lazy("For whom"))
    subject_id = SelectField(lazy("Subject"), coerce=int, default=0)
    grade_from = SelectField(lazy("From grade"), coerce=int, default=GRADES[0])
    grade_to = SelectField(lazy("To grade"), coerce=int, default=GRADES[-1])
    tone = SelectField(
        lazy("Colour of the cover"),
        choices=[SelectChoice(one.value, name) for one, name in TONE_NAMES.items()],
    )
    picture = SelectField(
        lazy("Picture on the cover"),
        choices=[SelectChoice(one.value, name) for one, name in PICTURE_NAMES.items()],
    )

    def offer(self, tiers: Iterable[Tier], subjects: Iterable[Subject]) -> None:
        """Fill the choices with what there is."""
        self.tier.choices = [SelectChoice(one.value, TIER_NAMES[one]) for one in tiers]
        self.subject_id.choices = [
            SelectChoice(0, lazy("No subject")),
            *(SelectChoice(one.id, localized(one)) for one in subjects),
        ]
        self.grade_from.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
        self.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def show(self, collection: Collection) -> None:
        """Fill the form with what *collection* says now."""
        for name in ("title", "description", "grade_from", "grade_to", "version"):
            self[name].data = getattr(collection, name)
        for name in ("tier", "tone", "picture"):
            self[name].data = getattr(collection, name).value
        self.subject_id.data = collection.subject_id or 0

    def said(self) -> Description:
        """What the form says, once it is valid."""
        return Description(
            title=self.title.data.strip(),
            description=(self.description.data or "").strip(),
            tier=Tier(self.tier.data),
            subject_id=self.subject_id.data or None,
            grade_from=self.grade_from.data,
            grade_to=self.grade_to.data,
            tone=Tone(self.tone.data),
            picture=Picture(self.picture.data),
        )


def read_number(text: str | None) -> int:
    """A whole number that a form or an address names; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < len("9" * 10) else 0
