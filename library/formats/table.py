"""All formats in which questions come and go, by name, and which of them a file is in."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from library.formats import aiken
from library.formats.docx import word as word_reading
from library.formats.gift import reading as gift_reading
from library.formats.gift import writing as gift_writing
from library.formats.moodle import reading as moodle_reading
from library.formats.moodle import writing as moodle_writing
from library.formats.papers import paper
from library.formats.qti import reading as qti_reading
from library.formats.qti import writing as qti_writing
from library.formats.reading import Format
from library.formats.sheets import sheet
from library.formats.word import writing as word_writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = 20_000
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.．、)]|[（(]\d{1,2}[)）])", re.MULTILINE)
"""Questions that teachers have numbered themselves."""
_AIKEN = re.compile(r"^\s*ANSWER\s*[:：]\s*[A-Z]", re.IGNORECASE | re.MULTILINE)
_GIFT = re.compile(
    r"(?<!\\)\{\s*(?:[=~#>]|[TF]\b|TRUE|FALSE|\})|^\s*(?:\$CATEGORY:|::[^\n]{1,300}?::)", re.MULTILINE
)
_QTI = re.compile(r"<(?:\w{1,20}:)?(?:assessmentItem|qti-assessment-item|questestinterop)\b")

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format("moodle", (".xml",), "application/xml", moodle_reading.read, moodle_writing.write),
            Format("gift", (".gift", ".txt"), "text/plain", gift_reading.read, gift_writing.write),
            Format("aiken", (".txt",), "text/plain", aiken.read),
            Format("qti", (".zip", ".xml", ".imscc"), "application/zip", qti_reading.read, qti_writing.write),
            Format("paper", (".txt", ".md"), "text/plain", paper.read),
            Format(
                "word",
                (".docx", ".docm", ".doc", ".wps"),
                word_writing.MEDIA_TYPE,
                word_reading.read,
                word_writing.write,
            ),
            Format("workbook", (".xlsx", ".xlsm", ".xls"), XLSX, sheet.read_workbook),
            Format("csv", (".csv", ".tsv"), "text/csv", sheet.read_csv),
        )
    }
)
"""By name. What is read only, or written only, lacks the other."""
RESTS = MappingProxyType(
    {"moodle": moodle_writing.rests, "gift": gift_writing.rests, "qti": qti_writing.rests}
)
"""What each format has no place for, of given questions."""
_LOOKS: Mapping[str, Callable[[str, bytes], bool]] = MappingProxyType(
    {
        "moodle": lambda text, _head: "<quiz" in text,
        "qti": lambda text, head: head.startswith(b"PK") or _QTI.search(text) is not None,
        "paper": lambda text, _head: _NUMBERED.search(text) is not None and not _GIFT.search(text),
        "aiken": lambda text, _head: _AIKEN.search(text) is not None,
        "gift": lambda text, _head: _GIFT.search(text) is not None,
    }
)


def format_for(name: str, head: bytes) -> Format | None:
    """The format of a file called *name* that begins with *head*; None where it is in none of these.

    The ending narrows, the content decides: a ``.txt`` may be GIFT or Aiken, an ``.xml`` Moodle's or QTI.
    """
    ending = f".{name.rpartition('.')[2].lower()}"
    sample = head[:_HEAD]
    text = sample.replace(b"\0", b"").decode("utf-8", "replace")
    able = [one for one in FORMATS.values() if one.read is not None]
    for likely, look in _LOOKS.items():
        if FORMATS[likely] in able and ending in FORMATS[likely].suffixes and look(text, sample):
            return FORMATS[likely]
    # An ending that belongs to one format alone says enough; a text that is nothing else is a paper.
    owners = [one for one in able if ending in one.suffixes]
    if len(owners) == 1:
        return owners[0]
    return FORMATS["paper"] if FORMATS["paper"] in owners else None
