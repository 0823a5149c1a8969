"""The text of a paper or a table: its letters, and its lines."""

import re
import unicodedata

from library.formats.encodings import decoded
from library.formats.errors import UnknownEncoding
from library.formats.reading import Note

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def text_of(content: bytes) -> tuple[str, list[Note]]:
    """The text that *content* is, and what is to be said of its encoding.

    Raises:
        UnknownEncoding: it is none.
    """
    text, notes = decoded(content)
    if "\x00" in text:
        raise UnknownEncoding
    return text, notes


def lines_in(text: str) -> list[str]:
    """The lines of *text*, without letters that nobody sees and trailing spaces."""
    plain = _LINE_ENDS.sub("\n", text)
    shown = "".join(
        one for one in plain if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return [line.rstrip() for line in shown.split("\n")]
