"""A question as a file has it: what importers, exporters and the editor share (parts as in QTI 3)."""

import base64
import binascii
import io
from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from core.errors import DomainError
from library.items.errors import BadItem
from library.items.kinds.kind import Kind, shaped
from library.items.kinds.shapes import Line, Prose
from library.items.kinds.table import KINDS
from library.items.models import ItemKind
from library.items.variants import Parameters, Posed, check_question, pose_parts
from library.media.pictures import drawing_size

MOST_PICTURE = 1_400_000
"""Characters of one picture: a megabyte."""
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(gt=0, le=600)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    """Refuses what it does not know, and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PictureRecord(_Part):
    """A picture of a question, as PNG in base64."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")]
    alt: Annotated[Line, Field(min_length=1, max_length=500)]
    width: Annotated[int, Field(ge=1, le=1600)]
    height: Annotated[int, Field(ge=1, le=1600)]
    data: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=MOST_PICTURE)]

    @classmethod
    def kept(cls, name: str, alt: str, width: int, height: int) -> Self:
        """A picture that the library has, without its content: for a record that is only looked at."""
        return cls.model_construct(name=name, alt=alt, width=width, height=height, data="")

    @model_validator(mode="after")
    def _is_that_picture(self) -> Self:
        if not self.data:
            return self
        try:
            size = drawing_size(io.BytesIO(self.content()))
        except (DomainError, binascii.Error) as refusal:
            raise ValueError(str(refusal)) from refusal
        if size != (self.width, self.height):
            message = f"it has {size[0]} x {size[1]} pixels"
            raise ValueError(message)
        return self

    def content(self) -> bytes:
        """The picture's bytes."""
        return base64.b64decode(self.data, validate=True)


class Slip(_Part):
    """A typical error (典型错误) and what is said to it.

    The response is a choice's id, a text or number where that says it all, else as a pupil's is stored.
    """

    response: str | dict[str, Any]
    feedback: Prose


class ItemRecord(_Part):
    """A question."""

    identifier: Identifier
    kind: ItemKind
    prompt: Annotated[Prose, Field(min_length=1)]
    interaction: dict[str, Any] = {}
    """What the kind offers: docs/items.md lists it."""
    correct: list[str] | list[list[str]] | dict[str, Any] = []
    """The right choices' ids; for each blank the accepted texts; else the key as the kind has it."""
    explanation: Prose = ""
    hints: Annotated[list[Prose], Field(max_length=10)] = []
    misconceptions: Annotated[list[Slip], Field(max_length=26)] = []
    difficulty: Share = 0.5
    minutes: Minutes = 1.0
    knowledge_points: Annotated[list[Code], Field(max_length=20)] = []
    source: Annotated[Line, Field(max_length=300)] = ""
    licence: Annotated[str, Field(max_length=64)] = ""
    parameters: Parameters = Parameters()
    """What is drawn anew for each pupil."""
    pictures: Annotated[list[PictureRecord], Field(max_length=20)] = []
    """What ``[[picture:name]]`` in its texts stands for."""
    stimulus: Annotated[str, Field(max_length=200)] = ""
    """The identifier of what it is about, one of the resource's ``stimuli``."""

    @field_validator("interaction")
    @classmethod
    def _offers(cls, given: Any, others: ValidationInfo) -> Any:  # noqa: ANN401 -- JSON
        return _said_by_kind(others, given, lambda kind: shaped(kind.offers, given, kind.name))

    @field_validator("correct")
    @classmethod
    def _holds(cls, given: Any, others: ValidationInfo) -> Any:  # noqa: ANN401 -- of any of the shapes
        return _said_by_kind(others, given, lambda kind: kind.record_of_key(kind.key_of_record(given)))

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        try:
            check_question(self.parts(), self.stored_parameters())
        except BadItem as refusal:
            raise ValueError(str(refusal)) from refusal
        return self

    def parts(self) -> dict[str, Any]:
        """What is asked, in the shapes that a version keeps."""
        return {
            "id": 0,
            "item_id": 0,
            "kind": self.kind,
            "prompt": self.prompt,
            "interaction": self.interaction,
            "correct": self.stored_key(),
            "explanation": self.explanation,
            "hints": self.hints,
            "misconceptions": self.stored_misconceptions(),
            "difficulty": self.difficulty,
            "minutes": self.minutes,
            "pictures": [one.model_dump(exclude={"data"}) | {"asset": 0} for one in self.pictures],
            "stimulus_version_id": None,
        }

    @property
    def asked(self) -> Posed:
        """The question, or an example of its variants."""
        return pose_parts(self.parts(), self.stored_parameters(), 0)

    def stored_parameters(self) -> dict[str, Any]:
        """The parameters as an item version keeps them."""
        return self.parameters.model_dump(exclude_defaults=True)

    def stored_key(self) -> dict[str, Any]:
        """The key as an item version keeps it."""
        return KINDS[self.kind].key_of_record(self.correct)

    def stored_misconceptions(self) -> list[dict[str, Any]]:
        """The typical errors with their responses in the shape that a pupil's has."""
        slip_of_record = KINDS[self.kind].slip_of_record
        return [
            {"response": slip_of_record(one.response), "feedback": one.feedback}
            for one in self.misconceptions
        ]


class StimulusRecord(_Part):
    """What several questions are about (题组)."""

    identifier: Identifier
    title: Annotated[Line, Field(max_length=300)] = ""
    text: Annotated[Prose, Field(min_length=1)]
    pictures: Annotated[list[PictureRecord], Field(max_length=20)] = []


def _said_by_kind(others: ValidationInfo, given: Any, said: Callable[[Kind], Any]) -> Any:  # noqa: ANN401 -- JSON
    """What the kind of the question says of a part; a kind that is unknown has been refused already."""
    name = others.data.get("kind")
    if name is None:
        return given
    try:
        return said(KINDS[name])
    except BadItem as refusal:
        raise ValueError(str(refusal)) from refusal
