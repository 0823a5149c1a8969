"""Pictures of other programs' questions, as those of ours: PNG, of a bounded size, described in words."""

import base64
import binascii
import io
import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from core.errors import DomainError
from library.formats.drafts import Told
from library.items.records import MOST_PICTURE
from library.media.errors import FileTooLarge
from library.media.pictures import LONG_SIDE_OF_DRAWING, redrawn

MOST_BYTES = MOST_PICTURE // 4 * 3
LARGEST_FILE = 30 << 20
LONGEST_NAME = 32
LONGEST_ALT = 500
MOST_PICTURES = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE = slice(16, 24)
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_DATA = re.compile(r"data:image/[a-z+.-]{1,20}(;base64)?,", re.IGNORECASE)
Files = Callable[[str], bytes | None]
"""The content of the file that an address names; None where it is not in what was sent."""


@dataclass(slots=True)
class Gallery:
    """The pictures of one question, as they are met in its texts."""

    told: Told
    files: Files
    records: list[dict[str, Any]] = field(default_factory=list)
    _names: dict[bytes, str] = field(default_factory=dict)

    def taken(self, part: str) -> Callable[[Mapping[str, str]], str]:
        """What takes the ``img`` elements of the part of a question that is called *part*."""
        return lambda given: self.take(
            part, given.get("src", ""), given.get("alt", ""), given.get("data-name", "")
        )

    def take(self, part: str, address: str, alt: str, name: str = "") -> str:
        """The name of the picture at *address*; empty where there is none that can be kept.

        *name* is what it was called where the address does not tell.
        """
        is_inside = _DATA.match(address) is not None
        shown = name or ("" if is_inside else posixpath.basename(unquote(address.partition("?")[0])))[:80]
        content = _in_address(address) if is_inside else self.files(address)
        if content is None:
            self.told.dropped(part, "picture", name=shown)
            return ""
        if content in self._names:
            return self._names[content]
        if len(self.records) >= MOST_PICTURES:
            self.told.dropped(part, "many-pictures", name=shown, limit=MOST_PICTURES)
            return ""
        record = self._record(part, content, shown)
        if record is None:
            return ""
        name = self._name(shown)
        if not alt.strip():
            self.told.changed(part, "alt", name=shown)
        words = " ".join(alt.split())[:LONGEST_ALT] or posixpath.splitext(shown)[0] or name
        self.records.append({"name": name, "alt": words} | record)
        self._names[content] = name
        return name

    def _record(self, part: str, content: bytes, shown: str) -> dict[str, Any] | None:
        """The picture as it was, where it is one that we keep; else drawn anew."""
        if content.startswith(_PNG) and len(content) <= MOST_BYTES:
            width, height = (int.from_bytes(content[_PNG_SIZE][at : at + 4]) for at in (0, 4))
            if 0 < width <= LONG_SIDE_OF_DRAWING and 0 < height <= LONG_SIDE_OF_DRAWING:
                return {"width": width, "height": height, "data": base64.b64encode(content).decode()}
        try:
            if len(content) > LARGEST_FILE:
                raise FileTooLarge(limit=LARGEST_FILE >> 20)
            drawn, width, height = redrawn(io.BytesIO(content), most_bytes=MOST_BYTES)
        except DomainError as refusal:
            self.told.dropped(part, "bad-picture", name=shown, sentence=str(refusal))
            return None
        self.told.changed(part, "redrawn", name=shown)
        return {"width": width, "height": height, "data": base64.b64encode(drawn).decode()}

    def _name(self, shown: str) -> str:
        stem = unicodedata.normalize("NFKD", posixpath.splitext(shown)[0].lower())
        plain = _NOT_A_NAME.sub("-", stem).strip("-")[:LONGEST_NAME] or f"picture-{len(self.records) + 1}"
        taken = {one["name"] for one in self.records}
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain[: LONGEST_NAME - 3]}-{number}", number + 1
        return name


def shown_in(fields: Mapping[str, Any], pictures: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those pictures that the fields of a question or text show."""
    said = repr(fields)
    stands_on = fields.get("interaction", {}).get("picture")
    return [one for one in pictures if f"[[picture:{one['name']}]]" in said or one["name"] == stands_on]


def decoded(text: str) -> bytes | None:
    """What base64 says; None where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _in_address(address: str) -> bytes | None:
    head, _comma, body = address.partition(",")
    return decoded(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
