"""What a person asks of the search: words, and filters that stand among the words or are chosen.

"三年级 分数 视频" asks for videos of grade 3 about fractions: words that name a grade, a stage, a book, a
subject, an edition, a kind or how hard it is become filters, each a chip that can be taken off again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from accounts.classes.grades import GRADES
from library.curriculum.models import Stage
from library.resources.models import EndUser, ResourceKind
from library.search.engine import Order
from library.search.questions import Question, read

KIND_WORDS = {
    "微课": (ResourceKind.MICRO_LESSON,),
    "视频": (ResourceKind.MICRO_LESSON, ResourceKind.VIDEO),
    "练习": (ResourceKind.PRACTICE,),
    "习题": (ResourceKind.PRACTICE,),
    "阅读": (ResourceKind.READING,),
    "练习单": (ResourceKind.WORKSHEET,),
    "试卷": (ResourceKind.WORKSHEET,),
    "音频": (ResourceKind.AUDIO,),
    "录音": (ResourceKind.AUDIO,),
    "图片": (ResourceKind.IMAGE,),
    "文档": (ResourceKind.DOCUMENT,),
    "课件": (ResourceKind.DOCUMENT, ResourceKind.PACKAGE),
    "链接": (ResourceKind.LINK,),
    "video": (ResourceKind.MICRO_LESSON, ResourceKind.VIDEO),
    "videos": (ResourceKind.MICRO_LESSON, ResourceKind.VIDEO),
    "practice": (ResourceKind.PRACTICE,),
    "exercise": (ResourceKind.PRACTICE,),
    "exercises": (ResourceKind.PRACTICE,),
    "reading": (ResourceKind.READING,),
    "worksheet": (ResourceKind.WORKSHEET,),
    "worksheets": (ResourceKind.WORKSHEET,),
    "audio": (ResourceKind.AUDIO,),
    "slides": (ResourceKind.DOCUMENT, ResourceKind.PACKAGE),
}
NUMERALS = "一二三四五六七八九"
GRADE_WORDS = (
    {f"{numeral}年级": number for number, numeral in enumerate(NUMERALS, start=1)}
    | {"初一": 7, "初二": 8, "初三": 9, "高一": 10, "高二": 11, "高三": 12}
    | {f"{number}年级": number for number in GRADES}
    | {f"grade{number}": number for number in GRADES}
)
HALF_WORDS = {"上册": 1, "上学期": 1, "下册": 2, "下学期": 2}
SHORT_HALVES = {"上": 1, "下": 2}
"""After a grade only: 七年级上, 七上."""
STAGE_WORDS = {
    "小学": Stage.PRIMARY,
    "初中": Stage.LOWER_SECONDARY,
    "高中": Stage.UPPER_SECONDARY,
    "primary": Stage.PRIMARY,
}
STAGE_GRADES = {
    Stage.PRIMARY: range(1, 7),
    Stage.LOWER_SECONDARY: range(7, 10),
    Stage.UPPER_SECONDARY: range(10, 13),
}
LEVEL_WORDS = {
    **dict.fromkeys(("简单", "容易", "基础题", "easy"), 1),
    **dict.fromkeys(("中等", "中等难度"), 2),
    **dict.fromkeys(("困难", "难题", "较难", "有难度", "hard", "difficult"), 3),
}
_ENGLISH_GRADE = re.compile(r"\bgrade\s+(\d{1,2})\b", re.IGNORECASE)
_SPACE = re.compile(r"[\s,，、;；?？!！。]+")
_GRADE = "|".join(sorted((word for word in GRADE_WORDS if not word.isascii()), key=len, reverse=True))
_LONG_HALF = "|".join(HALF_WORDS)
_BOOK = re.compile(rf"({_GRADE}|[{NUMERALS}](?=[上下]$))({_LONG_HALF}|[上下](?![^\W\d_]))?的?")
_STAGE = re.compile("(小学|初中|高中)的?")
_VIDEO = re.compile("(?<=..)的?(视频|微课)$")


@dataclass(frozen=True, slots=True)
class Chip:
    """A word of the query that became a filter: its word as written, what it filters, and by what."""

    word: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A search as it is asked."""

    text: str = ""
    """The loose words that are left when chips are taken out."""
    subject: str = ""
    grade: int | None = None
    kind: ResourceKind | None = None
    language: str = ""
    order: Order = Order.RELEVANCE
    cursor: str = ""
    chips: tuple[Chip, ...] = field(default=())
    edition: str = ""
    stage: Stage | None = None
    half: int | None = None
    level: int | None = None
    end_user: EndUser | None = None
    feature: str = ""
    """The code of what makes it usable by more people."""
    question: Question = field(default_factory=Question)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: the page then invites to browse."""
        return not (self.has_words or self.has_filters)

    @property
    def has_words(self) -> bool:
        """Whether words are looked for, so that best matches come first."""
        return bool(self.text or self.question.phrases)

    @property
    def has_filters(self) -> bool:
        """Whether anything narrows what is found, but words."""
        chosen = (self.subject, self.grade, self.kind, self.language, self.edition)
        return any((*chosen, self.stage, self.half, self.level, self.end_user, self.feature))

    @property
    def kinds(self) -> tuple[ResourceKind, ...]:
        """All kinds that fit: a word like "video" names two."""
        written = next((KIND_WORDS[chip.word.casefold()] for chip in self.chips if chip.name == "type"), ())
        return written if self.kind in written else (self.kind,) if self.kind else ()

    @property
    def grades(self) -> tuple[int, ...]:
        """All grades that fit."""
        if self.grade:
            return (self.grade,)
        return tuple(STAGE_GRADES[self.stage]) if self.stage else ()


def understand(  # noqa: PLR0913 -- the parts of a search form
    text: str,
    *,
    subjects: Mapping[str, str],
    editions: Mapping[str, str] | None = None,
    subject: str = "",
    grade: int | None = None,
    kind: ResourceKind | None = None,
    language: str = "",
    order: Order = Order.RELEVANCE,
    cursor: str = "",
    edition: str = "",
    stage: Stage | None = None,
    half: int | None = None,
    level: int | None = None,
    end_user: EndUser | None = None,
    feature: str = "",
) -> Wish:
    """Read a query; *subjects* and *editions* map names to codes.

    What was chosen beside it goes before its words.
    """
    question = read(text)
    chips: dict[str, Chip] = {}
    left: list[str] = []
    for word in _SPACE.split(_ENGLISH_GRADE.sub(r"grade\1", question.words)):
        for piece, chip in _pieces(word, subjects, editions or {}):
            if chip and chip.name not in chips:
                chips[chip.name] = chip
            elif piece:
                left.append(piece)
    taken = {name: chip.value for name, chip in chips.items()}
    return Wish(
        text=" ".join(left),
        subject=subject or taken.get("subject", ""),
        grade=grade or _number(taken.get("grade")),
        kind=kind or (ResourceKind(taken["type"]) if "type" in taken else None),
        language=language,
        order=order,
        cursor=cursor,
        chips=tuple(chips.values()),
        edition=edition or taken.get("edition", ""),
        stage=stage or (Stage(taken["stage"]) if "stage" in taken else None),
        half=half or _number(taken.get("half")),
        level=level or _number(taken.get("level")),
        end_user=end_user,
        feature=feature,
        question=question,
    )


def without(text: str, chip: Chip) -> str:
    """The query *text* without the word that became *chip*."""
    written = re.escape(chip.word)
    if chip.name == "grade" and chip.word.isascii():
        written = rf"grade\s*{chip.value}|{written}"
    return " ".join(re.sub(written, " ", text, count=1, flags=re.IGNORECASE).split())


def _pieces(
    word: str, subjects: Mapping[str, str], editions: Mapping[str, str]
) -> Iterator[tuple[str, Chip | None]]:
    """A word, taken apart where it begins with a grade or stage, or ends with "video"."""
    whole = _chip(word, subjects, editions)
    if whole:
        yield word, whole
        return
    if book := _BOOK.match(word):
        grade, half = book.group(1, 2)
        number = GRADE_WORDS.get(grade) or NUMERALS.index(grade) + 1
        yield grade, Chip(grade, "grade", str(number))
        if half:
            yield half, Chip(half, "half", str((HALF_WORDS | SHORT_HALVES)[half]))
        word = word[book.end() :]
    elif (stage := _STAGE.match(word)) and len(word) > stage.end():
        yield stage[1], Chip(stage[1], "stage", STAGE_WORDS[stage[1]].value)
        word = word[stage.end() :]
    if rest := _chip(word, subjects, editions):
        yield word, rest
        return
    if video := _VIDEO.search(word):
        yield video[1], _chip(video[1], subjects, editions)
        word = word[: video.start()]
    yield word, None


def _chip(word: str, subjects: Mapping[str, str], editions: Mapping[str, str]) -> Chip | None:
    lower = word.casefold()
    for name, values in (
        ("grade", GRADE_WORDS),
        ("half", HALF_WORDS),
        ("subject", subjects),
        ("stage", STAGE_WORDS),
        ("edition", editions),
        ("level", LEVEL_WORDS),
    ):
        if lower in values:
            return Chip(word, name, str(values[lower]))
    if lower in KIND_WORDS:
        return Chip(word, "type", KIND_WORDS[lower][0].value)
    return None


def _number(text: str | None) -> int | None:
    return int(text) if text else None
