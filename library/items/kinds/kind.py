"""What every kind of question answers for itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from pydantic import ValidationError

from library.items.errors import BadKey, BadResponse, TooLong
from library.items.kinds.shapes import Nothing, Part
from library.items.models import ItemKind

LONGEST_TEXT = 500
"""Characters of one answer, unless its kind takes more."""

Shape = Mapping[str, Any]


class Asked(Protocol):
    """A question, as far as marking has to know it: a version, or one of its variants."""

    @property
    def kind(self) -> ItemKind:
        """Its kind."""

    @property
    def prompt(self) -> str:
        """Its words."""

    @property
    def interaction(self) -> dict[str, Any]:
        """What the pupil may do."""

    @property
    def correct(self) -> dict[str, Any]:
        """Its key."""

    @property
    def pictures(self) -> list[Any]:
        """Its pictures: [{name, asset, alt, width, height}]."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What marking found: *score* from 0 to 1; both None while a person has to mark."""

    score: float | None
    is_correct: bool | None


NOT_MARKED = Judgement(None, None)


class Files(StrEnum):
    """What is handed in as files rather than in the fields of a form."""

    PHOTOS = "photos"
    RECORDINGS = "recordings"


class Kind(ABC):
    """One kind of question: the shapes of interaction, key and response, and all that follows from them.

    A response is a mapping with the one member *field*; a page's form has it as ``<prefix>-<field>``,
    repeated where the kind takes *many*.
    """

    name: ClassVar[ItemKind]
    field: ClassVar[str]
    qti: ClassVar[str]
    """The interaction's name in QTI 3."""
    look: ClassVar[str]
    """Which template in ``library/items/kinds`` shows it."""
    offers: ClassVar[type[Part]] = Nothing
    """The shape of the interaction."""
    holds: ClassVar[type[Part]] = Nothing
    """The shape of the key."""
    is_many: ClassVar[bool] = True
    longest: ClassVar[int] = LONGEST_TEXT
    files: ClassVar[Files | None] = None
    is_marked_by_person: ClassVar[bool] = False

    # What whoever writes the question has to know

    @abstractmethod
    def check(self, asked: Asked) -> None:
        """Refuse a question that cannot be asked or marked.

        Raises:
            BadItem: the subclass says what is wrong with it.
        """

    @abstractmethod
    def public(self, asked: Asked) -> dict[str, Any]:
        """What a program needs in order to show the question, and nothing that tells the key."""

    def offered_in_words(self, asked: Asked) -> list[str]:
        """What there is to choose from, one line for each."""
        del asked
        return []

    def key(self, asked: Asked) -> list[str]:
        """The key in words, one line for each part of it."""
        return self.said(asked, self.right(asked))

    @abstractmethod
    def right(self, asked: Asked) -> dict[str, Any]:
        """A response that earns everything; an empty one where a person marks."""

    def stands_in_text(self, asked: Asked) -> bool:
        """Whether the fields stand inside the words of the question, where ``[[1]]`` says."""
        del asked
        return False

    # What the pupil gives

    def raw_of_form(self, values: Sequence[str]) -> object:
        """What stands in the fields of a form, for ``read``."""
        return list(values) if self.is_many else (values[0] if values else "")

    @abstractmethod
    def read(self, asked: Asked, raw: object) -> object:
        """The value of the response's one member.

        Raises:
            BadResponse: it does not fit the question; the subclass says how.
        """

    def typed(self, asked: Asked, values: Sequence[str]) -> dict[str, Any]:
        """What stands in the fields, right or not, for a draft: nothing is refused."""
        del asked
        kept = [one[: self.longest] for one in values[:100]]
        return {self.field: kept if self.is_many else (kept[0] if kept else "")}

    def is_answered(self, response: Shape) -> bool:
        """Whether the person gave any answer at all."""
        value = response.get(self.field)
        if isinstance(value, list):
            return any(str(one).strip() for one in value)
        return bool(str(value if value is not None else "").strip())

    # What follows

    @abstractmethod
    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """Judge *response*; what is missing counts as wrong."""

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """Whether *response* shows the typical error whose response is *typical*."""
        return self.is_answered(typical) and self.same(asked, typical) == self.same(asked, response)

    @abstractmethod
    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """What two responses share exactly if they say the same; None where no two do."""

    @abstractmethod
    def said(self, asked: Asked, response: Shape) -> list[str]:
        """*response* in words, one line for each part of it; formulas between dollar signs."""

    # The interchange format

    def record_of_key(self, correct: Shape) -> object:
        """The key as a record of the interchange format has it."""
        return dict(correct)

    def key_of_record(self, value: object) -> dict[str, Any]:
        """The key of a record.

        Raises:
            BadKey: it has not the shape of this kind.
        """
        return shaped(self.holds, value, self.name)

    def record_of_slip(self, response: Shape) -> object:
        """The response of a typical error as a record has it: a text where one says it all."""
        return dict(response)

    def slip_of_record(self, value: object) -> dict[str, Any]:
        """The response of a record's typical error.

        Raises:
            BadKey: it has not the shape of this kind.
        """
        if not isinstance(value, dict) or set(value) != {self.field}:
            raise BadKey(kind=self.name.value, reason="")
        return dict(value)


def shaped(shape: type[Part], value: object, name: ItemKind) -> dict[str, Any]:
    """*value* in its *shape*, as it is stored: what has its default is left out.

    Raises:
        BadKey: it does not fit.
    """
    try:
        return shape.model_validate(value).model_dump(exclude_defaults=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg'].removeprefix('Value error, ')}".removeprefix(": ")
        raise BadKey(kind=name.value, reason=reason[:200]) from error


def judged(score: Fraction) -> Judgement:
    """The judgement of an exact score."""
    return Judgement(float(score), score == 1)


def texts_in(raw: object, longest: int = LONGEST_TEXT) -> list[str]:
    """The texts of a response.

    Raises:
        BadResponse: they are no list of texts.
        TooLong: one of them is longer than any answer.
    """
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise BadResponse
    if any(len(one) > longest for one in raw):
        raise TooLong(limit=longest)
    return raw


def words_of(offered: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The texts of choices by their ids."""
    return {str(one["id"]): str(one["text"]) for one in offered}


def plain(offered: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Choices without anything that somebody added to them."""
    return [{"id": str(one["id"]), "text": str(one["text"])} for one in offered]
