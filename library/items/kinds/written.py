"""What a person marks: work on paper (拍照题), a text (简答、作文), speech (口语)."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BadKey, BadResponse, NoKeyHere
from library.items.kinds.kind import NOT_MARKED, Asked, Files, Judgement, Kind, Shape, texts_in
from library.items.kinds.shapes import Part
from library.items.models import ItemKind
from library.items.texts import fold_text

MOST_FILES = 20
MOST_SECONDS, USUAL_SECONDS = 300, 120
USUAL_LINES = 6
_LENGTH = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’-]\w+)*")


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


class Recording(Part):
    """How many seconds may be recorded."""

    seconds: Annotated[int, Field(ge=5, le=MOST_SECONDS)] = USUAL_SECONDS


class Spoken(_Filed):
    """An answer that is spoken (口语题)."""

    name = ItemKind.SPOKEN
    look = "spoken"
    field = "recordings"
    qti = "mediaInteraction"
    files = Files.RECORDINGS
    offers = Recording

    def public(self, asked: Asked) -> dict[str, Any]:
        """How long it may be."""
        return {"seconds": seconds_of(asked)}


class Length(Part):
    """How long the text is expected to be: ``words`` (characters in Chinese), and lines on paper."""

    words: Annotated[int, Field(ge=1, le=5_000)] | None = None
    lines: Annotated[int, Field(ge=1, le=100)] = USUAL_LINES


class ExtendedText(_ForAPerson):
    """A text: some sentences (简答), or an essay (作文)."""

    name = ItemKind.EXTENDED_TEXT
    look = "extended_text"
    field = "text"
    qti = "extendedTextInteraction"
    offers = Length
    is_many = False
    longest = 20_000

    def public(self, asked: Asked) -> dict[str, Any]:
        """How long the text is expected to be."""
        return {"words": asked.interaction.get("words"), "lines": lines_of(asked)}

    def read(self, asked: Asked, raw: object) -> object:
        """The text.

        Raises:
            TooLong: it is longer than any essay.
        """
        del asked
        [text] = texts_in([raw if raw is not None else ""], self.longest)
        return "".join(
            one for one in text.replace("\r\n", "\n") if one.isprintable() or one in "\n\t"
        ).strip()

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The text without what makes no difference."""
        del asked
        return (fold_text(str(response.get("text") or "")),)

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The text."""
        del asked
        return [text] if (text := str(response.get("text") or "")) else []


def seconds_of(asked: Asked) -> int:
    """How many seconds may be recorded."""
    return int(asked.interaction.get("seconds") or USUAL_SECONDS)


def lines_of(asked: Asked) -> int:
    """How many lines a text is expected to take."""
    return int(asked.interaction.get("lines") or USUAL_LINES)


def length_of(text: str) -> int:
    """How long a text is: its Chinese characters and its words in other scripts."""
    return len(_LENGTH.findall(text))
