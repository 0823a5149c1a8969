"""A worksheet's text: what pupils get, and the key that may stand at its end."""

import re
from dataclasses import dataclass

from library.resources.models import ResourceKind

_KEY_HEADING = re.compile(
    r"^#{1,6}[ \t]*(?:参考答案|答案与解析|答案|Answer key|Key|Answers)[ \t::]*#*[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_RULE_AT_END = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet in its two parts, both Markdown."""

    text: str
    key: str
    """Empty where the text has no heading 参考答案 (or Answers)."""


def read_sheet(text: str) -> Sheet:
    """Take *text* apart at the heading of its key, and drop a rule that set the two apart."""
    heading = _KEY_HEADING.search(text)
    if heading is None:
        return Sheet(text.strip(), "")
    asked = _RULE_AT_END.sub("", text[: heading.start()].rstrip())
    return Sheet(asked.strip(), text[heading.end() :].strip())


def sheet_of(kind: ResourceKind, text: str) -> Sheet:
    """The text of a resource of *kind*, and the key if it is a worksheet's."""
    return read_sheet(text) if kind is ResourceKind.WORKSHEET else Sheet(text, "")
