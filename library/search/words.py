"""Text cut into the words that are indexed and asked for.

Chinese is cut by rjieba into words and their parts (一次函数: 一次, 函数, 一次函数), traditional characters
count as simplified ones, words that mean the same in the curriculum as one word, and English is lower-cased
and loses its endings.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import rjieba
from opencc import OpenCC

LONGEST_QUERY = 200
"""Characters of a query that are read."""
MOST_QUERY_WORDS = 24
MOST_JOINED, LONGEST_JOINED = 4, 16
"""Neighbouring words that may be one name together, and the characters of one name."""
MOST_NAMES = 24
PART_NAME_WEIGHT, WHOLE_NAME_WEIGHT = 0.7, 1.5
"""What it counts that a part of the query, or all of it, is exactly the name of something."""
SURFACE_WEIGHT = 0.3
PART_WEIGHT = 0.6
"""What the parts count of a word that is looked for as a whole: 应用 of 应用题."""
NAME = "="
"""Begins a whole name as one word: =面积 stands where something is called 面积, and nothing but that."""
STEM = "~"
"""Ends an English word without its endings: solv~ stands for solve, solves, solved and solving."""

_DATA = Path(__file__).parent / "data"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_BETWEEN = re.compile(r"[\W_]+")
_TEX = re.compile(r"\\[a-zA-Z]+|[{}$^_]")
_PARTICLES = frozenset(
    (
        *"的了和与及是在有我你他她它们这那也都就吗呢吧啊之把被对从到为",
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or"),
        *("that", "the", "this", "to", "was", "with"),
    )
)
"""Words that are not indexed."""
COMMON_WEIGHT = 0.25
_SHORTEST_PLURAL = 4
_SHORTEST_STEMMED = 4
_SHORTEST_STEM = 3
_TERM_FREQUENCY = 100_000
_LONGEST_KNOWN = 64
"""Characters of a text that may stand in many resources."""
_FRAME = re.compile(
    "请问|(?:哪里|哪儿|谁|有没有|哪位)?有?讲解?(?=.{2,}的(?:资料|视频|微课|课|练习))|哪里有|哪儿有|有没有|怎么办|是什么|"
    "为什么|怎么[样做]?|的资料$"
)
"""What stands around the topic of a question."""
_VOWEL = re.compile("[aeiouy]")


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


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """*text* in one width, case and script."""
    converted: str = _converter().convert(unicodedata.normalize("NFKC", text).casefold())
    return converted


def cut(text: str) -> list[str]:
    """All words of *text* and their parts, as often as they occur."""
    pieces = _cutter().cut_for_search(_without_tex(plain(text)))
    return [word for piece in pieces for word in _indexed(piece)]


def weigh(fields: Iterable[tuple[str, float]], names: Iterable[tuple[str, float]] = ()) -> dict[str, float]:
    """The words of several texts, each text with a weight, and how much each word counts in all.

    A word that occurs n times in a text counts weight · (1 + ln n). Each of *names*, such as that of a
    knowledge point, is one word besides: who asks for all of it means it.
    """
    weights: dict[str, float] = {}
    for text, weight in fields:
        shares = _shares_of_known(text) if len(text) <= _LONGEST_KNOWN else _shares(text)
        for word, share in shares:
            weights[word] = weights.get(word, 0.0) + weight * share
    for name, weight in names:
        whole = name_of(name)
        if whole:
            weights[whole] = max(weights.get(whole, 0.0), weight)
    return weights


def _shares(text: str) -> tuple[tuple[str, float], ...]:
    """The words of one text, each with 1 + ln n where it occurs n times."""
    return tuple(
        (word, 1 + math.log(times)) for word, times in Counter(cut(text)).items() if word not in _PARTICLES
    )


@lru_cache(maxsize=16_384)
def _shares_of_known(text: str) -> tuple[tuple[str, float], ...]:
    """The same for what many resources say alike: their author, unit, points and keywords."""
    return _shares(text)


@lru_cache(maxsize=16_384)
def name_of(name: str) -> str:
    """*name* as one word, if it is a Chinese one of a few characters or an English one of a few words."""
    simple = plain(name)
    whole = _BETWEEN.sub("", simple)
    if _HAN.search(whole):
        pieces = _cutter().cut(whole)
        fits = 1 < len(whole) <= LONGEST_JOINED
        return NAME + "".join(_same().get(piece, piece) for piece in pieces) if fits else ""
    words = [word for word in _LATIN.findall(simple) if word not in _PARTICLES]
    fits = 0 < len(words) <= MOST_JOINED and all(map(is_latin, words))
    return NAME + "".join(map(stem, words)) if fits else ""


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
            if piece in _related():
                alternatives[_asked_alone(piece)] = _related()[piece]
        helpful |= _names(pieces)
    whole = name_of(text[:LONGEST_QUERY])
    helpful |= {name: WHOLE_NAME_WEIGHT for name in (whole, *map(name_of, written)) if name}
    words = [word for word in needed if word not in _needless()] or list(needed)
    words = [word for word in words if word not in _PARTICLES][:MOST_QUERY_WORDS]
    telling = [word for word in words if word not in _common()]
    required = dict.fromkeys(word for phrase in phrases for word in _words_of(phrase))
    unwanted = [tuple(dict.fromkeys(_words_of(one))) for one in excluded]
    if telling or required:
        helpful |= {word: COMMON_WEIGHT for word in words if word not in telling}
        words = telling
    return Asked(
        tuple(word for word in words if word not in required),
        {word: weight for word, weight in helpful.items() if word not in {*words, *required, *_needless()}},
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
    return letters if is_latin(letters) else shown if _HAN.search(shown) else ""


def squeezed(text: str) -> str:
    """*text* as phrases are compared: one width, case and script, with single spaces."""
    return " ".join(plain(text).split())


def singular(word: str) -> str:
    """An English word without its plural (Harman's S stemmer)."""
    if len(word) < _SHORTEST_PLURAL or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss", "is")) else word[:-1]


def stem(word: str) -> str:
    """An English word without plural, -ed, -ing and last e; others as they are.

    Light, after Porter's first steps: what is left must hold a vowel, and a doubled consonant is one.
    """
    if len(word) < _SHORTEST_STEMMED or not (word.isascii() and word.isalpha()):
        return word
    word = singular(word)
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= _SHORTEST_STEM and _VOWEL.search(left) and not word.endswith("eed"):
            is_doubled = left[-1] == left[-2] and left[-1] not in "lsz"
            word = left[:-1] if is_doubled else left
            break
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def is_latin(word: str) -> bool:
    """Whether *word* is of Latin letters only, as English and pinyin are."""
    return word.isascii() and word.isalpha()


def is_han(word: str) -> bool:
    """Whether *word* is of Chinese characters only."""
    return _HAN.fullmatch(word) is not None


def forms(word: str) -> tuple[str, ...]:
    """The words that stand in a text where *word* is indexed: itself, and those it was taken for."""
    return (_surface(word), *_others().get(word, ()))


def asked_form(word: str) -> str:
    """An indexed word in the form that queries ask for."""
    return _stemmed(word) if is_latin(word) else word


def shown_form(word: str) -> str:
    """An indexed word as people read it."""
    return word.removeprefix(NAME).removesuffix(STEM)


def _runs(text: str) -> Iterator[list[str]]:
    """The pieces of *text*, those that stand together in one list."""
    for run in _without_tex(plain(text)).split():
        yield _cutter().cut(run)


def _wanted(piece: str, helpful: dict[str, float]) -> list[str]:
    """The words of a piece that should match; what else would help is added to *helpful*."""
    if not is_han(piece):
        words = _LATIN.findall(piece)
        helpful |= {singular(word): SURFACE_WEIGHT for word in words if _stemmed(word) != word}
        return [_stemmed(word) for word in words]
    if piece in _same() or piece in _others() or piece in _related():
        # One of several names: the parts of the others are not its own.
        return [_asked_alone(piece)]
    parts = _parts(piece)
    if parts != [piece]:
        helpful[piece] = 1.0
    else:
        smaller = (part for part in _cutter().cut_for_search(piece) if part != piece)
        helpful |= {_same().get(part, part): PART_WEIGHT for part in smaller}
    return [_same().get(part, part) for part in parts]


def _asked_alone(piece: str) -> str:
    """The form in which a piece is asked for as one word."""
    return asked_form(_same().get(piece, piece))


def _names(pieces: list[str]) -> dict[str, float]:
    """What neighbouring pieces may be called together, the first few; a single one, if it stands alone."""
    han = [_same().get(piece, piece) if is_han(piece) else "" for piece in pieces]
    if len(han) == 1 and han[0]:
        return {NAME + han[0]: PART_NAME_WEIGHT}
    found: dict[str, float] = {}
    for first in range(len(han)):
        for last in range(first + 2, min(first + MOST_JOINED, len(han)) + 1):
            name = "".join(han[first:last])
            if "" in han[first:last] or len(name) > LONGEST_JOINED or len(found) == MOST_NAMES:
                break
            if han[first] not in _needless() and han[last - 1] not in _needless():
                found[NAME + name] = PART_NAME_WEIGHT
    return found


def _words_of(phrase: str) -> list[str]:
    found = [
        word for pieces in _runs(phrase[:LONGEST_QUERY]) for piece in pieces for word in _smallest(piece)
    ]
    return [word for word in found if word not in _needless()]


def _smallest(piece: str) -> list[str]:
    if not is_han(piece):
        return [_stemmed(word) for word in _LATIN.findall(piece)]
    if piece in _same():
        return [_same()[piece]]
    return [_same().get(part, part) for part in _parts(piece)]


def _parts(piece: str) -> list[str]:
    """The words that *piece* is made of, side by side, the longest first; itself where it has none."""
    smaller = {part for part in _cutter().cut_for_search(piece) if part != piece}
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


@lru_cache(maxsize=65_536)
def _indexed(piece: str) -> tuple[str, ...]:
    """The words that stand for a piece: a library says the same few again and again."""
    if is_han(piece):
        return (_same().get(piece, piece),)
    found = []
    for word in _LATIN.findall(piece):
        found.append(singular(word))
        if _stemmed(word) != word:
            found.append(_stemmed(word))
    return tuple(found)


def _stemmed(word: str) -> str:
    return f"{stem(word)}{STEM}" if len(word) >= _SHORTEST_STEMMED and is_latin(word) else word


def _surface(word: str) -> str:
    return word.removesuffix(STEM)


def _without_tex(text: str) -> str:
    return _TEX.sub(" ", text)


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


@cache
def _needless() -> frozenset[str]:
    """Words of a question that help nobody, in the form that is asked for."""
    return _all_forms("needless.txt")


@cache
def _common() -> frozenset[str]:
    """Words that count little, and need not match."""
    return _all_forms("common.txt")


def _all_forms(name: str) -> frozenset[str]:
    words = [word for line in _lines(name) for word in line]
    return frozenset((*words, *map(_stemmed, words), *map(singular, words)))


@cache
def _same() -> dict[str, str]:
    """Words that are taken for others."""
    return {other: first for first, *others in _lines("synonyms.txt") for other in others}


@cache
def _related() -> dict[str, tuple[str, ...]]:
    """Words that are looked for, and what the curriculum says in their place."""
    related: dict[str, tuple[str, ...]] = {}
    for word, *others in _lines("related.txt"):
        names = (NAME + _BETWEEN.sub("", plain(one)) for one in others)
        related[word] = tuple(dict.fromkeys((*(_same().get(one, one) for one in others), *names)))
    return related


@cache
def _others() -> dict[str, tuple[str, ...]]:
    return {first: tuple(others) for first, *others in _lines("synonyms.txt")}


@cache
def _cutter() -> rjieba.Jieba:
    """A cutter that knows the words of the curriculum."""
    cutter = rjieba.Jieba()
    terms = [word for name in ("terms.txt", "synonyms.txt") for words in _lines(name) for word in words]
    for word in (*terms, *_related()):
        cutter.add_word(word, _TERM_FREQUENCY, "n")
    return cutter


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
