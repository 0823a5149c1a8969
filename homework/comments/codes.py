"""What one types to find a comment again."""

import re

from pypinyin import Style, lazy_pinyin

LONGEST = 16
_WORD = re.compile(r"[a-z0-9]+")


def code_of(text: str) -> str:
    """The initials of *text*: 步骤清楚 gives ``bzqc``, "Show your steps" gives ``sys``."""
    initials = lazy_pinyin(text.lower(), style=Style.FIRST_LETTER, errors=_initials)
    return "".join(initials)[:LONGEST]


def _initials(text: str) -> str:
    return "".join(word[0] for word in _WORD.findall(text))
