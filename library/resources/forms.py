"""What a teacher says about a resource of the school."""

import re
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import _, lazy
from library.resources.models import EndUser, Resource, ResourceBody, ResourceKind
from library.resources.queries import WRITTEN_HERE
from library.resources.services import Wording
from library.resources.words import DIFFICULTY_NAMES, END_USER_NAMES, KIND_NAMES

LONGEST_TEXT = 200_000
MOST_KEYWORDS = 20
LONGEST_KEYWORD = 60
MOST_PAGES = 5_000
_BETWEEN_KEYWORDS = re.compile(r"[,，、;；\n]+")
_STEPS = {str(step): round(most - 1 / 6, 2) for step, (most, _name) in enumerate(DIFFICULTY_NAMES, start=1)}
"""The steps of difficulty, each with the middle of its part of the scale."""
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


class _Boxes(SelectMultipleField):  # type: ignore[misc] # WTForms is untyped
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WordingForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A reading with its text, or a link with its address."""

    version = HiddenField()
    kind = SelectField(
        lazy("Kind"), choices=[SelectChoice(kind.value, KIND_NAMES[kind]) for kind in WRITTEN_HERE]
    )
    title = StringField(
        lazy("Title"), validators=[DataRequired(lazy("Please give it a title.")), Length(max=300)]
    )
    description = TextAreaField(lazy("Description"), validators=[Length(max=4000)])
    subject_id = SelectField(lazy("Subject"), coerce=int)
    grade_from = SelectField(lazy("From grade"), coerce=int)
    grade_to = SelectField(lazy("To grade"), coerce=int)
    minutes = IntegerField(lazy("Time in minutes"), validators=[Optional(), NumberRange(min=1, max=600)])
    licence = StringField(lazy("Licence"), validators=[Length(max=64)])
    keywords = StringField(lazy("Keywords"), validators=[Length(max=1500)])
    language = SelectField(lazy("Language"), default="zh-CN")
    volume_id = SelectField(lazy("Textbook"), coerce=int, default=0)
    unit_id = SelectField(lazy("Textbook unit"), coerce=int, default=0)
    end_user = SelectField(
        lazy("For"),
        choices=[SelectChoice(one.value, END_USER_NAMES[one]) for one in EndUser],
        default=EndUser.LEARNER.value,
    )
    difficulty = SelectField(
        lazy("Difficulty"),
        choices=[
            SelectChoice("", lazy("Not told")),
            *(SelectChoice(str(step), name) for step, (_most, name) in enumerate(DIFFICULTY_NAMES, start=1)),
        ],
        default="",
    )
    pages = IntegerField(lazy("Number of pages"), validators=[Optional(), NumberRange(min=1, max=MOST_PAGES)])
    accessibility = _Boxes(lazy("Accessibility"), validators=[Optional()])
    text = TextAreaField(lazy("Text"), validators=[Length(max=LONGEST_TEXT)])
    url = StringField(lazy("Address of the page"), validators=[Length(max=1000)])
    point_ids = _Boxes(lazy("Knowledge points"), coerce=int, validators=[Optional()])

    def validate_grade_to(self, field: Any) -> None:  # noqa: ANN401 -- WTForms is untyped
        """The last grade does not come before the first."""
        if field.data < self.grade_from.data:
            raise ValidationError(lazy("The last grade comes before the first."))

    def validate_text(self, field: Any) -> None:  # noqa: ANN401 -- as above
        """A reading has something to read."""
        if self.kind.data == ResourceKind.READING and not (field.data or "").strip():
            raise ValidationError(lazy("The text of a reading is missing."))

    def validate_url(self, field: Any) -> None:  # noqa: ANN401 -- as above
        """A link leads to a page of the web, and nothing else is an address."""
        address = (field.data or "").strip()
        is_needed = self.kind.data == ResourceKind.LINK
        if (address or is_needed) and not _ADDRESS.fullmatch(address):
            raise ValidationError(lazy("The address of a link begins with http:// or https://."))

    def validate_keywords(self, field: Any) -> None:  # noqa: ANN401 -- as above
        """A keyword is a word or two, and there are not too many of them."""
        words = self._keywords()
        if len(words) > MOST_KEYWORDS:
            raise ValidationError(_("At most %(count)s keywords, please.", count=MOST_KEYWORDS))
        if long := next((word for word in words if len(word) > LONGEST_KEYWORD), ""):
            raise ValidationError(_("“%(word)s…” is too long for a keyword.", word=long[:20]))
        del field

    def _keywords(self) -> list[str]:
        words = (word.strip() for word in _BETWEEN_KEYWORDS.split(self.keywords.data or ""))
        return list(dict.fromkeys(word for word in words if word))

    def show_like(self, resource: Resource) -> None:
        """Begin with what a former resource of the same teacher said about itself."""
        for name in ("grade_from", "grade_to", "licence", "language"):
            self[name].data = getattr(resource, name)
        self.subject_id.data = resource.subject_id or 0
        self.volume_id.data = resource.volume_id or 0
        self.end_user.data = resource.end_user.value

    def begin_with(self, arguments: Mapping[str, str], subject_ids: Mapping[str, int]) -> None:
        """Fill a new form with the title, subject and grade that an address tells, such as a search's."""
        self.title.data = arguments.get("title", "")[:300]
        if subject := subject_ids.get(arguments.get("subject", "")):
            self.subject_id.data = subject
        grade = arguments.get("grade", "")
        if grade in {str(choice.value) for choice in self.grade_from.choices}:
            self.grade_from.data = self.grade_to.data = int(grade)

    def show(self, resource: Resource, body: ResourceBody | None, point_ids: list[int]) -> None:
        """Fill the form with what *resource* says now."""
        for name in ("title", "description", "grade_from", "grade_to", "licence", "version"):
            self[name].data = getattr(resource, name)
        self.show_like(resource)
        self.kind.data = resource.kind.value
        self.unit_id.data = resource.unit_id or 0
        self.keywords.data = _(", ").join(resource.keywords)
        self.accessibility.data = resource.accessibility
        self.pages.data = resource.pages
        self.difficulty.data = next(
            (
                str(step)
                for step, (most, _name) in enumerate(DIFFICULTY_NAMES, start=1)
                if resource.difficulty is not None and resource.difficulty <= most
            ),
            "",
        )
        self.minutes.data = round(resource.minutes) if resource.minutes else None
        self.text.data, self.url.data = (body.text, body.url) if body else ("", "")
        self.point_ids.data = point_ids

    def wording(self) -> Wording:
        """What the form says, once it is valid."""
        return Wording(
            title=self.title.data.strip(),
            description=(self.description.data or "").strip(),
            subject_id=self.subject_id.data or None,
            grade_from=self.grade_from.data,
            grade_to=self.grade_to.data,
            minutes=self.minutes.data,
            licence=(self.licence.data or "").strip(),
            keywords=tuple(self._keywords()),
            language=self.language.data,
            volume_id=self.volume_id.data or None,
            unit_id=self.unit_id.data or None,
            end_user=EndUser(self.end_user.data),
            difficulty=_STEPS.get(self.difficulty.data),
            pages=self.pages.data,
            accessibility=tuple(self.accessibility.data or ()),
            text=(self.text.data or "").replace("\r\n", "\n").strip(),
            url=(self.url.data or "").strip(),
            point_ids=frozenset(self.point_ids.data or ()),
        )
