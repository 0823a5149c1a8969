"""What a person marks: work on paper that is photographed (拍照题)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BadKey, BadResponse, NoKeyHere
from library.items.kinds.kind import NOT_MARKED, Asked, Files, Judgement, Kind, Shape, texts_in
from library.items.kinds.shapes import Part
from library.items.models import ItemKind

MOST_FILES = 20


class _ForAPerson(Kind):
    """A question that a teacher marks."""

    is_marked_by_person = True

    def check(self, asked: Asked) -> None:
        """Refuse a key, which nothing would be held against.

        Raises:
            NoKeyHere: there is one.
        """
        if asked.correct:
            raise NoKeyHere

    def public(self, asked: Asked) -> dict[str, Any]:
        """Nothing but the question itself."""
        del asked
        return {}

    def right(self, asked: Asked) -> dict[str, Any]:
        """None that a key could tell."""
        del asked
        return {}

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """A person marks it."""
        del asked, response
        return NOT_MARKED

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """Only a person sees it."""
        del asked, typical, response
        return False

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """No two say the same."""
        del asked, response
        return None

    def record_of_key(self, correct: Shape) -> object:
        """There is none."""
        del correct
        return []

    def key_of_record(self, value: object) -> dict[str, Any]:
        """There is none.

        Raises:
            BadKey: there is one all the same.
        """
        if value not in ([], {}):
            raise BadKey(kind=self.name.value, reason="")
        return {}


class _Filed(_ForAPerson):
    """A question that is answered by files, which come beside the form."""

    def read(self, asked: Asked, raw: object) -> object:
        """The hashes of the files.

        Raises:
            BadResponse: there are too many.
        """
        del asked
        files = texts_in(raw)
        if len(files) > MOST_FILES:
            raise BadResponse
        return files

    def raw_of_form(self, values: Sequence[str]) -> object:
        """A form holds none: files are read apart."""
        del values
        return []

    def typed(self, asked: Asked, values: Sequence[str]) -> dict[str, Any]:
        """A form holds none."""
        del asked, values
        return {}

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """Files are shown, not said."""
        del asked, response
        return []


class Photos(Part):
    """How many photos are expected, if that is known."""

    photos: Annotated[int, Field(ge=1, le=MOST_FILES)] | None = None


class Photo(_Filed):
    """Work on paper, photographed (拍照题)."""

    name = ItemKind.PHOTO
    look = "photo"
    field = "photos"
    offers = Photos
    qti = "uploadInteraction"
    files = Files.PHOTOS
