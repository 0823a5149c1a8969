"""What is asked, and what would be a good answer: made from the curriculum before any engine is asked.

Each question is written from a knowledge point, a unit or a shelf of the library, and says what it needs:
which points, and which kind and grade if it names them. A document is then graded by its metadata alone:

- 3: about a point that is asked for, of the kind and grade asked for;
- 2: a unit's worksheet that holds the point among others (3 where a worksheet was asked for), or about a
  point whose name holds what was asked;
- 1: about a neighbour of the same unit, a point it rests on or that rests on it; or right, but of another
  kind or grade;
- 0: anything else.

No engine's ranking has a part in it. What it cannot tell stands in docs/decisions.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from random import Random

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from demo.curriculum import Point, grade_name, points, subjects
from demo.readings import followers
from demo.worksheets import unit_points

SEED = 2026
OF_EACH = 24
"""Questions of a kind, where the curriculum has as many."""
RIGHT, NEARLY, NEAR = 3, 2, 1
OTHER_NAMES = Path(__file__).parent / "other_names.csv"
KIND_WORDS = {"practice": ("练习", "习题"), "reading": ("阅读",), "worksheet": ("练习单", "试卷")}
"""What people call a kind; of our own, not taken from the search."""
SHORT_NAME, LONG_NAME = 2, 4
LONG_ENGLISH_WORD = 6
HAN = range(0x4E00, 0xA000)

ASKED_ZH = (
    "{name}是什么意思？",
    "孩子总是弄不懂{name}，怎么办",
    "请问哪里有讲{name}的资料",
    "怎样才能学好{name}呢？",
    "{grade}的{subject}课上讲的{name}，我想再看一遍",
    "为什么{name}这么难，有没有讲得简单一点的",
    "老师明天要讲{name}，我想先预习一下",
    "我想给学生找一些关于{name}的题目，难一点也可以",
)
ASKED_EN = (
    "How do I learn {name}?",
    "What is {name} and how does it work",
    "exercises about {name} for my class",
    "I don't understand {name}, please help",
    "Where can I find something on {name}?",
)
WISHES = ("复习", "易错题", "基础练习", "提高", "知识点总结", "课前预习")


@dataclass(frozen=True)
class Need:
    """What a question is about."""

    points: Mapping[str, int] = field(default_factory=dict)
    """Grades by knowledge point; empty where only a shelf is asked for."""
    subject: str = ""
    grade: int = 0
    kind: str = ""
    label: str = ""
    """Words of the title of the one document that is looked for; empty where any will do."""


@dataclass(frozen=True)
class Question:
    """A question as it is typed, the filters chosen beside it, and what it needs."""

    kind: str
    text: str
    need: Need
    subject: str = ""
    grade: int = 0
    resource_kind: str = ""

    @property
    def is_held_back(self) -> bool:
        """Whether it belongs to the half that nothing is tuned by."""
        told = f"{self.kind}/{self.text}/{self.subject}/{self.grade}/{self.resource_kind}"
        return bool(blake2b(told.encode(), digest_size=1).digest()[0] & 1)


@dataclass(frozen=True)
class Document:
    """What a judgement looks at."""

    id: int
    title: str
    kind: str
    subject: str
    grades: tuple[int, int]
    points: tuple[str, ...]


def judge(need: Need, document: Document) -> int:
    """How useful *document* is to who asks, 0 to 3."""
    grade = max((need.points.get(code, 0) for code in document.points), default=0)
    if need.points and not grade:
        return 0
    if not need.points:
        grade = RIGHT
    if need.label and need.label not in document.title:
        grade = min(grade, NEAR)
    is_partly_wanted = any(need.points.get(code, 0) < RIGHT for code in document.points)
    if need.points and is_partly_wanted and need.kind != document.kind:
        grade = min(grade, NEARLY)
    fits = (
        need.subject in {"", document.subject}
        and need.kind in {"", document.kind}
        and (not need.grade or document.grades[0] <= need.grade <= document.grades[1])
    )
    if fits:
        return grade
    return min(grade, NEAR) if need.points else 0


def judgements(questions: list[Question], documents: list[Document]) -> list[dict[int, int]]:
    """The grades of every document that is of use, for each of *questions*."""
    by_point: dict[str, list[Document]] = {}
    for document in documents:
        for code in document.points:
            by_point.setdefault(code, []).append(document)
    found = []
    for question in questions:
        near = (
            {one.id: one for code in question.need.points for one in by_point.get(code, ())}.values()
            if question.need.points
            else documents
        )
        graded = {one.id: judge(question.need, one) for one in near}
        found.append({number: grade for number, grade in graded.items() if grade})
    return found


@cache
def judged_questions() -> list[Question]:
    """Every question, each once; the same ones each time."""
    made: dict[tuple[str, str, str, int, str], Question] = {}
    for kind, make in KINDS.items():
        for one in make(Random(f"{SEED}/{kind}")):  # noqa: S311 -- the same each time
            key = (one.text, one.subject, one.resource_kind, one.grade, "")
            made.setdefault(key, one)
    return list(made.values())


def about(target: Point, asked: str = "") -> dict[str, int]:
    """Grades by point of a question about *target*, asked for by its name or by the word *asked*."""
    graded = dict.fromkeys(target.requires, NEAR)
    graded |= {one.code: NEAR for one in followers().get(target.code, ())}
    graded |= {one.code: NEAR for one in unit_points()[target.unit_code]}
    name = asked or target.name
    graded |= {one.code: NEARLY for one in points().values() if name in one.name}
    graded |= {one.code: RIGHT for one in points().values() if one.name == target.name}
    return graded | {target.code: RIGHT}


def _drawn(rng: Random, fits: Callable[[Point], bool] = lambda _: True, number: int = OF_EACH) -> list[Point]:
    """Points of every subject, a subject no more often than its share of a timetable suggests."""
    of_subject = {
        code: [p for p in points().values() if p.subject == code and fits(p)] for code in subjects()
    }
    for some in of_subject.values():
        rng.shuffle(some)
    found: list[Point] = []
    weights = {"math": 4, "chinese": 2, "english": 2, "physics": 2}
    while len(found) < number and any(of_subject.values()):
        for code, some in of_subject.items():
            found += [some.pop() for _ in range(min(weights.get(code, 1), len(some)))]
    rng.shuffle(found)
    return found[:number]


def _is_chinese(point: Point) -> bool:
    return all(ord(letter) in HAN for letter in point.name)


def _single(rng: Random) -> Iterator[Question]:
    for point in _drawn(rng, lambda p: SHORT_NAME <= len(p.name) <= LONG_NAME and _is_chinese(p)):
        yield Question("single", point.name, Need(about(point)))


def _topic(rng: Random) -> Iterator[Question]:
    """A unit's name: everything in it is right, and so is every point that has the word in its name."""
    units = [some for some in unit_points().values() if len(some) > 1 and len(some[0].unit) > 1]
    for some in rng.sample(units, OF_EACH):
        word = some[0].unit
        wanted = {one.code: RIGHT for one in points().values() if one.unit == word or word in one.name}
        yield Question("topic", word, Need(wanted))


def _several(rng: Random) -> Iterator[Question]:
    for point in _drawn(rng):
        subject = subjects()[point.subject].name
        text = rng.choice(
            (f"{point.name} {rng.choice(WISHES)}", f"{point.unit} {point.name}", f"{subject} {point.name}")
        )
        yield Question("several", text, Need(about(point)))


def _question_zh(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng, number=OF_EACH + 12)):
        told = {
            "name": point.name,
            "grade": grade_name(point.grade),
            "subject": subjects()[point.subject].name,
        }
        yield Question("question_zh", ASKED_ZH[number % len(ASKED_ZH)].format(**told), Need(about(point)))


def _question_en(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng)):
        name = point.name_en[0].lower() + point.name_en[1:]
        yield Question("question_en", ASKED_EN[number % len(ASKED_EN)].format(name=name), Need(about(point)))


def _phrase(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng, lambda p: len(p.name) >= LONG_NAME)):
        opening, closing = ('"', '"') if number % 2 else ("“", "”")
        yield Question("phrase", f"{opening}{point.name}{closing}", Need(about(point)))


def _excluded(rng: Random) -> Iterator[Question]:
    """A unit without one of its points, which is named by its whole name."""
    units = [some for some in unit_points().values() if len(some) > 2 and _is_chinese(some[0])]  # noqa: PLR2004 -- two are left
    for some in rng.sample(units, OF_EACH):
        out = next((one for one in some if some[0].unit not in one.name and _is_chinese(one)), None)
        if out:
            wanted = {one.code: RIGHT for one in some if out.name not in one.name}
            yield Question("excluded", f"{some[0].unit} -{out.name}", Need(wanted))


def _filter_words(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng)):
        kind = rng.choice(("practice", "practice", "reading"))
        word, subject = rng.choice(KIND_WORDS[kind]), subjects()[point.subject].name
        grade = grade_name(point.grade)
        text, need = (
            (f"{grade} {point.name} {word}", Need(about(point), grade=point.grade, kind=kind)),
            (f"{subject} {point.name} {word}", Need(about(point), subject=point.subject, kind=kind)),
            (f"{grade} {subject} {point.name}", Need(about(point), subject=point.subject, grade=point.grade)),
            (f"{point.unit} 练习单", Need(about(point) | _unit(point), kind="worksheet")),
        )[number % 4]
        yield Question("filter_words", text, need)


def _unit(point: Point) -> dict[str, int]:
    return {one.code: RIGHT for one in unit_points()[point.unit_code]}


def _facets(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng)):
        kind = ("practice", "reading", "")[number % 3]
        need = Need(about(point), subject=point.subject, grade=point.grade, kind=kind)
        yield Question("facets", point.name, need, point.subject, point.grade, kind)


def _prefix(rng: Random) -> Iterator[Question]:
    """The first characters, as they stand while somebody types."""
    for point in _drawn(rng, lambda p: len(p.name) >= LONG_NAME and _is_chinese(p)):
        typed = point.name[: max(SHORT_NAME, round(len(point.name) * 0.6))]
        begun = {one.code: RIGHT for one in points().values() if one.name.startswith(typed)}
        yield Question("prefix", typed, Need(about(point, typed) | begun))


def _typo_zh(rng: Random) -> Iterator[Question]:
    """Two characters swapped, or one left out."""
    for number, point in enumerate(_drawn(rng, lambda p: len(p.name) > LONG_NAME and _is_chinese(p))):
        place = rng.randrange(1, len(point.name) - 1)
        name = point.name
        swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        yield Question(
            "typo_zh", name[:place] + name[place + 1 :] if number % 2 else swapped, Need(about(point))
        )


def _typo_en(rng: Random) -> Iterator[Question]:
    """One letter of the longest word left out, doubled or swapped with its neighbour."""
    for number, point in enumerate(
        _drawn(rng, lambda p: max(map(len, p.name_en.split())) >= LONG_ENGLISH_WORD)
    ):
        word = max(point.name_en.split(), key=len)
        place = rng.randrange(1, len(word) - 2)
        wrong = (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )[number % 3]
        yield Question("typo_en", point.name_en.replace(word, wrong, 1).lower(), Need(about(point)))


def _pinyin(rng: Random) -> Iterator[Question]:
    for number, point in enumerate(_drawn(rng, lambda p: SHORT_NAME <= len(p.name) <= 8 and _is_chinese(p))):  # noqa: PLR2004 -- more is not typed
        yield Question(
            "pinyin", ("" if number % 2 else " ").join(lazy_pinyin(point.name)), Need(_sounding(point))
        )


def _initials(rng: Random) -> Iterator[Question]:
    for point in _drawn(rng, lambda p: LONG_NAME <= len(p.name) <= 8 and _is_chinese(p)):  # noqa: PLR2004 -- as above
        yield Question("initials", _initials_of(point), Need(_sounding(point)))


def _sounding(point: Point) -> dict[str, int]:
    """As `about`, and right is every point whose name has the same initials too."""
    same = {one.code: RIGHT for one in points().values() if _initials_of(one) == _initials_of(point)}
    return about(point) | same


def _initials_of(point: Point) -> str:
    return "".join(lazy_pinyin(point.name, style=Style.FIRST_LETTER))


def _traditional(rng: Random) -> Iterator[Question]:
    convert = OpenCC("s2t").convert
    for point in _drawn(rng, lambda p: convert(p.name) != p.name):
        yield Question("traditional", convert(point.name), Need(about(point)))


def _english(rng: Random) -> Iterator[Question]:
    for point in _drawn(rng):
        yield Question("english", point.name_en.lower(), Need(about(point)))


def _other_name(rng: Random) -> Iterator[Question]:
    """What people call a point that the curriculum calls otherwise; written by hand."""
    del rng
    with OTHER_NAMES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            targets = [points()[code] for code in row["points"].split()]
            graded: dict[str, int] = {}
            for target in targets:
                graded = {
                    code: max(grade, graded.get(code, 0)) for code, grade in (graded | about(target)).items()
                }
            graded |= {target.code: RIGHT for target in targets}
            yield Question("other_name", row["asked"], Need(graded))


def _browsing(rng: Random) -> Iterator[Question]:
    """No words at all: a subject and a grade chosen, or a grade and a kind."""
    for number in range(OF_EACH // 2):
        point = rng.choice(list(points().values()))
        kind = "practice" if number % 2 else ""
        need = Need(subject=point.subject, grade=point.grade, kind=kind)
        yield Question("browsing", "", need, point.subject, point.grade, kind)


def known_items(documents: list[Document]) -> list[Question]:
    """The one document that somebody remembers by the rest of its title: rare words."""
    rng = Random(f"{SEED}/known_item")  # noqa: S311 -- the same each time
    titled = [one for one in documents if one.kind == "practice" and "：" in one.title]
    rng.shuffle(titled)
    found: dict[str, Question] = {}
    for one in titled:
        if len(found) == OF_EACH:
            break
        name, _, rest = one.title.partition("：")
        label = rest.split(" 等 ")[0].split("，")[0].strip()
        point = points()[one.points[0]]
        if name == point.name and sum(map(str.isalnum, label)) > 1:
            found[f"{name} {label}"] = Question(
                "known_item", f"{name} {label}", Need({point.code: RIGHT}, label=label)
            )
    return list(found.values())


KINDS: Mapping[str, Callable[[Random], Iterator[Question]]] = {
    "single": _single,
    "topic": _topic,
    "several": _several,
    "question_zh": _question_zh,
    "question_en": _question_en,
    "phrase": _phrase,
    "excluded": _excluded,
    "filter_words": _filter_words,
    "facets": _facets,
    "prefix": _prefix,
    "typo_zh": _typo_zh,
    "typo_en": _typo_en,
    "pinyin": _pinyin,
    "initials": _initials,
    "traditional": _traditional,
    "english": _english,
    "other_name": _other_name,
    "browsing": _browsing,
}
