"""The demo library: practice, readings and worksheets, as records of the interchange format.

100,000 at scale 1: about 90,000 practices of one to five questions, 6,000 readings, 4,000 worksheets.
Each is made from its number and the seed, so that the same library comes out everywhere.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import cycle
from random import Random
from typing import Any, TypeAlias

from demo.curriculum import Point, in_teaching_order, points, subjects
from demo.items.bank import generators, skill_generators
from demo.items.question import Question
from demo.readings import SAMPLES, reading_text
from demo.worksheets import QUESTIONS_PER_SHEET, sheet_text, unit_points
from library.search.letters import is_han

Record: TypeAlias = dict[str, Any]

READINGS, WORKSHEETS, PRACTICES = 6_000, 4_000, 90_000
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5), (50, 25, 15, 5, 5)
TRIES = 6
AUTHORS = (
    "云溪市教师发展中心",
    "云溪市数学教研组",
    "云溪市语文教研组",
    "云溪市理科教研组",
    "云溪市英语教研组",
)
AUTHOR_OF = {"math": 1, "chinese": 2, "physics": 3, "chemistry": 3, "biology": 3, "english": 4}
LICENCE = "CC-BY-4.0"
TITLE_LENGTH = 90


def library_size(scale: float) -> int:
    """Return how many records ``library_records`` yields at *scale*, or would if questions never ran out."""
    on_paper = sum(1 for _ in paper_practices(0))
    readings_and_sheets = sum(max(1, round(n * scale)) for n in (READINGS, WORKSHEETS))
    return readings_and_sheets + on_paper + max(1, round(PRACTICES * scale) - on_paper)


def library_records(seed: int, scale: float = 1.0) -> Iterator[Record]:
    """Yield the whole library, one record a resource."""
    yield from readings(seed, max(1, round(READINGS * scale)))
    yield from worksheets(seed, max(1, round(WORKSHEETS * scale)))
    on_paper = list(paper_practices(seed))
    yield from on_paper
    yield from practices(seed, max(1, round(PRACTICES * scale) - len(on_paper)))


def paper_practices(seed: int) -> Iterator[Record]:
    """Yield one practice of each generator whose questions are answered on paper and photographed."""
    for maker in generators():
        if maker.name.endswith(":paper"):
            yield practice(seed, points()[maker.point], 0, [maker.make(f"paper/{seed}")])


def practices(seed: int, count: int) -> Iterator[Record]:
    """Yield *count* practices, going round the knowledge points; no two ask the same questions.

    Fewer come when every point has said all it can.
    """
    seen: set[bytes] = set()
    made = 0
    numbers = dict.fromkeys(points(), 0)
    in_order = in_teaching_order()
    while numbers:
        for point in in_order:
            if point.code not in numbers:
                continue
            questions = _fresh(seed, point, numbers, seen)
            if not questions:
                # This point has said all it can: the others make up for it.
                del numbers[point.code]
                continue
            yield practice(seed, point, numbers[point.code], questions)
            made += 1
            if made == count:
                return


def practice(seed: int, point: Point, number: int, questions: list[Question]) -> Record:
    """Return a practice of *questions* on *point*."""
    identifier = f"urn:weike-demo:{seed}:practice:{point.code}:{number}"
    more = f" 等 {len(questions)} 题" if len(questions) > 1 else ""
    return _common(point, identifier) | {
        "kind": "practice",
        "title": f"{point.name}：{questions[0].label}{more}"[:TITLE_LENGTH],
        "description": f"{len(questions)} 道关于“{point.name}”的练习，有提示、典型错误的说明和解答。",
        "language": "en" if point.subject == "english" else "zh-CN",
        "difficulty": _mean([q.difficulty for q in questions]),
        "minutes": sum(q.minutes for q in questions),
        "items": [q.record(f"{identifier}:{place}") for place, q in enumerate(questions, 1)],
    }


def readings(seed: int, count: int) -> Iterator[Record]:
    """Yield *count* readings, each with its own worked examples and three questions to check oneself."""
    for number, point in zip(range(count), cycle(in_teaching_order()), strict=False):
        rng = Random(f"reading/{seed}/{number}/{point.code}")
        samples = _draw(rng, point, SAMPLES + 3)
        examples, checks = samples[:SAMPLES], samples[SAMPLES:]
        identifier = f"urn:weike-demo:{seed}:reading:{point.code}:{number}"
        yield _common(point, identifier) | {
            "kind": "reading",
            "title": f"读懂“{point.name}”：从{_spaced(examples[0].label)}说起"[:TITLE_LENGTH],
            "description": point.statement,
            "language": "zh-CN",
            "difficulty": _mean([q.difficulty for q in samples]),
            "minutes": 4.0 + sum(q.minutes for q in checks),
            "body": reading_text(point, examples),
            "items": [q.record(f"{identifier}:{place}") for place, q in enumerate(checks, 1)],
        }


def worksheets(seed: int, count: int) -> Iterator[Record]:
    """Yield *count* worksheets, each on one unit and fit for printing."""
    units = unit_points()
    for number, unit in zip(range(count), cycle(sorted(units)), strict=False):
        rng = Random(f"worksheet/{seed}/{number}/{unit}")
        found = units[unit]
        first = found[0]
        questions: list[Question] = []
        for point in cycle(found):
            questions += _draw(rng, point, 1)
            if len(questions) == QUESTIONS_PER_SHEET:
                break
        identifier = f"urn:weike-demo:{seed}:worksheet:{unit}:{number}"
        round_number = number // len(units) + 1
        yield _common(first, identifier) | {
            "kind": "worksheet",
            "title": f"{first.unit} 单元练习单（第 {round_number} 份）",
            "description": f"{QUESTIONS_PER_SHEET} 道题，可以打印：{'、'.join(p.name for p in found)}。"[
                :280
            ],
            "language": "zh-CN",
            "knowledge_points": [p.code for p in found],
            "difficulty": _mean([q.difficulty for q in questions]),
            "minutes": sum(q.minutes for q in questions),
            "body": sheet_text(first, questions, round_number),
            "items": [q.record(f"{identifier}:{place}") for place, q in enumerate(questions, 1)],
        }


def _fresh(seed: int, point: Point, numbers: dict[str, int], seen: set[bytes]) -> list[Question]:
    for _ in range(TRIES):
        numbers[point.code] += 1
        rng = Random(f"practice/{seed}/{point.code}/{numbers[point.code]}")
        questions = _draw(rng, point, rng.choices(SIZES, SIZE_WEIGHTS)[0])
        mark = blake2b(
            "\n".join(sorted(q.prompt + q.label for q in questions)).encode(), digest_size=8
        ).digest()
        if mark not in seen:
            seen.add(mark)
            return questions
    return []


def _draw(rng: Random, point: Point, count: int) -> list[Question]:
    """Return up to *count* questions that differ, never fewer than one."""
    makers = skill_generators(point.code)
    found: dict[str, Question] = {}
    for _ in range(count * TRIES):
        question = rng.choice(makers).make(rng.getrandbits(48))
        found.setdefault(question.prompt + "".join(sorted(question.choices)), question)
        if len(found) == count:
            break
    return list(found.values())


def _common(point: Point, identifier: str) -> Record:
    subject = subjects()[point.subject]
    return {
        "identifier": identifier,
        "subject": point.subject,
        "grades": [point.grade, min(point.grade + 1, point.stage.last_grade)],
        "edition": subject.edition,
        "volume": point.volume_code,
        "unit": point.unit_code,
        "knowledge_points": [point.code],
        "keywords": [point.name, point.unit, point.name_en],
        "licence": LICENCE,
        "author": AUTHORS[AUTHOR_OF.get(point.subject, 0)],
        "source": "云溪市示范资源库",
        "tier": "public",
    }


def _spaced(label: str) -> str:
    """Return *label* as it stands inside a Chinese sentence: apart from it where it is no Chinese itself."""
    before, after = ("" if is_han(one) else " " for one in (label[0], label[-1]))
    return f"{before}{label}{after}"


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 3)
