"""What is typed, as the words that an engine is asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from library.search.letters import (
    HAN,
    LATIN,
    is_han,
    is_latin,
    plain,
    singular,
    squeezed,
    stemmed,
    without_tex,
)
from library.search.vocabulary import NAME, PARTICLES, common, cutter, needless, related, stands_for, synonyms
from library.search.words import LONGEST_JOINED, MOST_JOINED, asked_form, name_of

LONGEST_QUERY = 200
"""Characters of a query that are read."""
MOST_QUERY_WORDS = 24
MOST_NAMES = 24
PART_NAME_WEIGHT, WHOLE_NAME_WEIGHT = 0.7, 1.5
"""What it counts that a part of the query, or all of it, is exactly the name of something."""
SURFACE_WEIGHT = 0.3
PART_WEIGHT = 0.6
"""What the parts count of a word that is looked for as a whole: 应用 of 应用题."""
COMMON_WEIGHT = 0.25
_FRAME = re.compile(
    "请问|(?:哪里|哪儿|谁|有没有|哪位)?有?讲解?(?=.{2,}的(?:资料|视频|微课|课|练习))|哪里有|哪儿有|有没有|怎么办|是什么|"
    "为什么|怎么[样做]?|的资料$"
)
"""What stands around the topic of a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query, as they are indexed."""

    needed: tuple[str, ...]
    """All of them should match; where too little does, some are enough."""
    helpful: Mapping[str, float] = field(default_factory=dict)
    """They raise the score of what matches, each by so much."""
    required: tuple[str, ...] = ()
    """The words of phrases: they must match, however little does."""
    excluded: tuple[str, ...] = ()
    """None of them may stand in what is found."""
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words that will do in place of a needed or required one."""
    excluded_together: tuple[tuple[str, ...], ...] = ()
    """Groups of words, none of which may stand in what is found with all its words."""
    phrases: tuple[str, ...] = ()
    """What must stand in the text in one piece: checked on the text (``phrases.py``), not by engines."""
    whole: str = ""
    """All of the loose words in one piece, if they are Chinese characters or letters only: perhaps a name,
    mistyped or in pinyin."""

    @property
    def weights(self) -> dict[str, float]:
        """Every word with what it counts."""
        return dict.fromkeys((*self.required, *self.needed), 1.0) | dict(self.helpful)


def asked(
    text: str, phrases: Sequence[str] = (), excluded: Sequence[str] = (), written: Sequence[str] = ()
) -> Asked:
    """What a query asks for: loose words, *phrases*, and words or phrases that it does not want.

    *written* are words as they stood before filters were taken out of them: 二年级古诗 is a name too.
    """
    needed: dict[str, None] = {}
    helpful: dict[str, float] = {}
    alternatives: dict[str, tuple[str, ...]] = {}
    for pieces in _runs(_FRAME.sub(" ", text[:LONGEST_QUERY])):
        for piece in pieces:
            for word in _wanted(piece, helpful):
                needed[word] = None
            if piece in related():
                alternatives[_asked_alone(piece)] = related()[piece]
        helpful |= _names(pieces)
    whole = name_of(text[:LONGEST_QUERY])
    helpful |= {name: WHOLE_NAME_WEIGHT for name in (whole, *map(name_of, written)) if name}
    words = [word for word in needed if word not in needless()] or list(needed)
    words = [word for word in words if word not in PARTICLES][:MOST_QUERY_WORDS]
    telling = [word for word in words if word not in common()]
    required = dict.fromkeys(word for phrase in phrases for word in _words_of(phrase))
    unwanted = [tuple(dict.fromkeys(_words_of(one))) for one in excluded]
    if telling or required:
        helpful |= {word: COMMON_WEIGHT for word in words if word not in telling}
        words = telling
    return Asked(
        tuple(word for word in words if word not in required),
        {word: weight for word, weight in helpful.items() if word not in {*words, *required, *needless()}},
        tuple(required)[:MOST_QUERY_WORDS],
        tuple(words[0] for words in unwanted if len(words) == 1),
        alternatives=alternatives,
        excluded_together=tuple(words for words in unwanted if len(words) > 1),
        phrases=tuple(squeezed(phrase) for phrase in phrases if squeezed(phrase)),
        whole=_whole(text[:LONGEST_QUERY], whole),
    )


def _whole(text: str, name: str) -> str:
    letters = plain(text).replace(" ", "")
    shown = name.removeprefix(NAME)
    return letters if is_latin(letters) else shown if HAN.search(shown) else ""


def _runs(text: str) -> Iterator[list[str]]:
    """The pieces of *text*, those that stand together in one list."""
    for run in without_tex(plain(text)).split():
        yield cutter().cut(run)


def _wanted(piece: str, helpful: dict[str, float]) -> list[str]:
    """The words of a piece that should match; what else would help is added to *helpful*."""
    if not is_han(piece):
        words = LATIN.findall(piece)
        helpful |= {singular(word): SURFACE_WEIGHT for word in words if stemmed(word) != word}
        return [stemmed(word) for word in words]
    if piece in synonyms() or piece in stands_for() or piece in related():
        # One of several names: the parts of the others are not its own.
        return [_asked_alone(piece)]
    parts = _parts(piece)
    if parts != [piece]:
        helpful[piece] = 1.0
    else:
        smaller = (part for part in cutter().cut_for_search(piece) if part != piece)
        helpful |= {synonyms().get(part, part): PART_WEIGHT for part in smaller}
    return [synonyms().get(part, part) for part in parts]


def _asked_alone(piece: str) -> str:
    """The form in which a piece is asked for as one word."""
    return asked_form(synonyms().get(piece, piece))


def _names(pieces: list[str]) -> dict[str, float]:
    """What neighbouring pieces may be called together, the first few; a single one, if it stands alone."""
    han = [synonyms().get(piece, piece) if is_han(piece) else "" for piece in pieces]
    if len(han) == 1 and han[0]:
        return {NAME + han[0]: PART_NAME_WEIGHT}
    found: dict[str, float] = {}
    for first in range(len(han)):
        for last in range(first + 2, min(first + MOST_JOINED, len(han)) + 1):
            name = "".join(han[first:last])
            if "" in han[first:last] or len(name) > LONGEST_JOINED or len(found) == MOST_NAMES:
                break
            if han[first] not in needless() and han[last - 1] not in needless():
                found[NAME + name] = PART_NAME_WEIGHT
    return found


def _words_of(phrase: str) -> list[str]:
    found = [
        word for pieces in _runs(phrase[:LONGEST_QUERY]) for piece in pieces for word in _smallest(piece)
    ]
    return [word for word in found if word not in needless()]


def _smallest(piece: str) -> list[str]:
    if not is_han(piece):
        return [stemmed(word) for word in LATIN.findall(piece)]
    if piece in synonyms():
        return [synonyms()[piece]]
    return [synonyms().get(part, part) for part in _parts(piece)]


def _parts(piece: str) -> list[str]:
    """The words that *piece* is made of, side by side, the longest first; itself where it has none."""
    smaller = {part for part in cutter().cut_for_search(piece) if part != piece}
    parts: list[str] = []
    place = 0
    while place < len(piece):
        fitting = [part for part in smaller if piece.startswith(part, place)]
        part = max(fitting, key=len, default="")
        if part:
            parts.append(part)
        place += len(part) or 1
    # Parts that leave something over would find what is only half of it.
    return parts if len("".join(parts)) == len(piece) else [piece]
