"""What a person asks of the search: words, and filters that stand among the words or are chosen.

"三年级 分数 视频" asks for micro-lessons of grade 3 about fractions: words that name a grade, a subject or a
kind become filters, each shown as a chip that can be taken off again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from library.resources.models import ResourceKind
from library.search.engine import Order

KIND_WORDS = {
    "微课": ResourceKind.MICRO_LESSON,
    "视频": ResourceKind.MICRO_LESSON,
    "练习": ResourceKind.PRACTICE,
    "习题": ResourceKind.PRACTICE,
    "阅读": ResourceKind.READING,
    "练习单": ResourceKind.WORKSHEET,
    "试卷": ResourceKind.WORKSHEET,
    "video": ResourceKind.MICRO_LESSON,
    "videos": ResourceKind.MICRO_LESSON,
    "practice": ResourceKind.PRACTICE,
    "exercises": ResourceKind.PRACTICE,
    "reading": ResourceKind.READING,
    "worksheet": ResourceKind.WORKSHEET,
}
GRADE_WORDS = (
    {f"{numeral}年级": number for number, numeral in enumerate("一二三四五六七八九", start=1)}
    | {"初一": 7, "初二": 8, "初三": 9, "高一": 10, "高二": 11, "高三": 12}
    | {f"{number}年级": number for number in range(1, 13)}
    | {f"grade{number}": number for number in range(1, 13)}
)
_ENGLISH_GRADE = re.compile(r"\bgrade\s+(\d{1,2})\b", re.IGNORECASE)
_SPACE = re.compile(r"[\s,，、;；]+")


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
    """The words that are left when chips are taken out."""
    subject: str = ""
    grade: int | None = None
    kind: ResourceKind | None = None
    language: str = ""
    order: Order = Order.RELEVANCE
    cursor: str = ""
    chips: tuple[Chip, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: the page then invites to browse."""
        return not (self.text or self.subject or self.grade or self.kind or self.language)


def understand(  # noqa: PLR0913 -- the parts of a search form
    text: str,
    *,
    subjects: Mapping[str, str],
    subject: str = "",
    grade: int | None = None,
    kind: ResourceKind | None = None,
    language: str = "",
    order: Order = Order.RELEVANCE,
    cursor: str = "",
) -> Wish:
    """Read a query; *subjects* maps names to codes. What was chosen beside it goes before its words."""
    chips: dict[str, Chip] = {}
    left: list[str] = []
    for word in _SPACE.split(_ENGLISH_GRADE.sub(r"grade\1", text.strip())):
        chip = _chip(word, subjects)
        if chip and chip.name not in chips:
            chips[chip.name] = chip
        elif word:
            left.append(word)
    taken = {name: chip.value for name, chip in chips.items()}
    return Wish(
        text=" ".join(left),
        subject=subject or taken.get("subject", ""),
        grade=grade or (int(taken["grade"]) if "grade" in taken else None),
        kind=kind or (ResourceKind(taken["type"]) if "type" in taken else None),
        language=language,
        order=order,
        cursor=cursor,
        chips=tuple(chips.values()),
    )


def _chip(word: str, subjects: Mapping[str, str]) -> Chip | None:
    lower = word.casefold()
    if lower in GRADE_WORDS:
        return Chip(word, "grade", str(GRADE_WORDS[lower]))
    if lower in subjects:
        return Chip(word, "subject", subjects[lower])
    if lower in KIND_WORDS:
        return Chip(word, "type", KIND_WORDS[lower].value)
    return None
