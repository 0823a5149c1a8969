"""Bytes of a text file as text: UTF-8, UTF-16 with its mark, or GB18030, as offices in China write it."""

import codecs
import re
import unicodedata

from library.formats.papers.errors import NotReadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def decoded(content: bytes) -> str:
    """The text that *content* is.

    Raises:
        NotReadable: it is none.
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotReadable


def lines_in(text: str) -> list[str]:
    """The lines of *text*, without letters that nobody sees and trailing spaces."""
    plain = _LINE_ENDS.sub("\n", text)
    shown = "".join(
        one for one in plain if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return [line.rstrip() for line in shown.split("\n")]
