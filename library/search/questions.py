"""How a query is written: loose words, "phrases", and what is -not wanted.

Phrases stand in straight, curly or corner quotes; a quote without its partner counts as a space. What follows
a minus sign at the beginning of a word, or the word NOT, is not wanted.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
"""So many characters are read."""
MOST_PHRASES = 8
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "”", "＂": "＂", "「": "」", "『": "』", "«": "»"}  # fmt: skip
_PHRASE = "|".join(
    f"{re.escape(opening)}([^{re.escape(closing)}]*){re.escape(closing)}"
    for opening, closing in _QUOTES.items()
)
_MINUS = "-－−"
_NOT = re.compile(r"(?<!\S)NOT\s+")
_UNWANTED_PHRASE = re.compile(rf"(?<!\S)[{_MINUS}](?:{_PHRASE})")
_WANTED_PHRASE = re.compile(_PHRASE)
_UNWANTED = re.compile(rf"(?<!\S)[{_MINUS}](?![{_MINUS}\d])(\S+)")
_QUOTE = re.compile(f"[{re.escape(''.join({*_QUOTES, *_QUOTES.values()}))}]")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Question:
    """A query taken apart."""

    words: str = ""
    phrases: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """Words and phrases."""
    is_cut: bool = False
    """It was longer than what is read."""
    is_wordless: bool = False
    """There is something, but no letter and no character in it, such as "***"."""


def read(text: str) -> Question:
    """Take a query apart. Every text is one: nothing is refused."""
    # Four times as many, so that spaces and the like do not count as what was written.
    short = " ".join(_printable(text[: LONGEST * 4]).split())
    left = _NOT.sub("-", short[:LONGEST])
    unwanted: list[str] = []
    phrases: list[str] = []
    left = _UNWANTED_PHRASE.sub(lambda found: _take(found, unwanted), left)
    left = _WANTED_PHRASE.sub(lambda found: _take(found, phrases), left)
    left = _QUOTE.sub(" ", left)
    left = _UNWANTED.sub(lambda found: _take(found, unwanted), left)
    words = " ".join(left.split())
    has_words = any(_LETTER.search(one) for one in (words, *phrases, *unwanted))
    return Question(
        words,
        tuple(dict.fromkeys(phrases))[:MOST_PHRASES],
        tuple(dict.fromkeys(unwanted))[:MOST_PHRASES],
        is_cut=len(short) > LONGEST or len(text) > LONGEST * 4,
        is_wordless=bool(short) and not has_words,
    )


def _take(found: re.Match[str], taken: list[str]) -> str:
    """Move what was found from the query to *taken*."""
    text = next((group for group in found.groups() if group), "").strip()
    if _LETTER.search(text):
        taken.append(text)
    return " "


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn"} else one for one in text
    )
