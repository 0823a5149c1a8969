"""The curriculum of the demo city: what is taught, in which order, and what it rests on."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

DATA = Path(__file__).parent / "data"

GRADE_NAMES = "一二三四五六七八九"
SENIOR_GRADES = {10: "高一", 11: "高二", 12: "高三"}
HALVES = {"a": ("上册", "first half"), "b": ("下册", "second half")}
SENIOR_BOOKS = {"r": ("必修", "compulsory"), "s": ("选择性必修", "elective")}
NUMERALS = "一二三四五"


@dataclass(frozen=True)
class StagePlan:
    """A stage of schooling and the grades it spans."""

    code: str
    name: str
    name_en: str
    first_grade: int
    last_grade: int


STAGES = (
    StagePlan("primary", "小学", "Primary school", 1, 6),
    StagePlan("lower_secondary", "初中", "Lower secondary school", 7, 9),
    StagePlan("upper_secondary", "高中", "Upper secondary school", 10, 12),
)


@dataclass(frozen=True)
class SubjectPlan:
    """A subject and the textbook edition the city's schools use for it."""

    code: str
    name: str
    name_en: str
    edition: str
    edition_name: str
    edition_name_en: str


@dataclass(frozen=True)
class Point:
    """A knowledge point: the smallest thing that is taught, practised and mastered by itself."""

    code: str
    subject: str
    volume: str
    unit: str
    unit_en: str
    unit_number: int
    name: str
    name_en: str
    requires: tuple[str, ...]
    statement: str
    """What it says, in one sentence of our own."""

    @property
    def grade(self) -> int:
        """The grade in which it is taught first, 1 to 12."""
        return int(self.volume[:-2] if self.volume[-2] in SENIOR_BOOKS else self.volume[:-1])

    @property
    def stage(self) -> StagePlan:
        """The stage its grade belongs to."""
        return stage_of(self.grade)

    @property
    def unit_code(self) -> str:
        """The textbook unit that holds it, such as ``math.5b.6``."""
        return f"{self.subject}.{self.volume}.{self.unit_number}"

    @property
    def volume_code(self) -> str:
        """The textbook volume that holds it, such as ``math.5b``."""
        return f"{self.subject}.{self.volume}"


def stage_of(grade: int) -> StagePlan:
    """Return the stage that *grade* (1 to 12) belongs to."""
    return next(stage for stage in STAGES if stage.first_grade <= grade <= stage.last_grade)


def grade_name(grade: int) -> str:
    """Return what a school calls *grade*, such as 五年级 or 高一."""
    return SENIOR_GRADES.get(grade) or f"{GRADE_NAMES[grade - 1]}年级"


def volume_name(volume: str) -> tuple[str, str]:
    """Return the Chinese and English names of a volume code such as ``5b`` or ``10r1``."""
    if volume[-2] in SENIOR_BOOKS:
        kind, kind_en = SENIOR_BOOKS[volume[-2]]
        number = int(volume[-1])
        return f"{kind}第{NUMERALS[number - 1]}册", f"{kind_en.capitalize()} book {number}"
    half, half_en = HALVES[volume[-1]]
    grade = int(volume[:-1])
    return f"{grade_name(grade)}{half}", f"Grade {grade}, {half_en}"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def subjects() -> dict[str, SubjectPlan]:
    """Return the subjects by code, in the order a timetable lists them."""
    return {row["code"]: SubjectPlan(**row) for row in _rows(DATA / "subjects.csv")}


@cache
def points() -> dict[str, Point]:
    """Return every knowledge point by code, in textbook order within its subject."""
    found: dict[str, Point] = {}
    for subject in subjects():
        units: dict[str, list[str]] = {}
        for row in _rows(DATA / "points" / f"{subject}.csv"):
            order = units.setdefault(row["volume"], [])
            if row["unit"] not in order:
                order.append(row["unit"])
            found[row["code"]] = Point(
                code=row["code"],
                subject=subject,
                volume=row["volume"],
                unit=row["unit"],
                unit_en=row["unit_en"],
                unit_number=order.index(row["unit"]) + 1,
                name=row["name"],
                name_en=row["name_en"],
                requires=tuple(row["requires"].split()),
                statement=row["statement"],
            )
    return found


@cache
def points_of(subject: str) -> tuple[Point, ...]:
    """Return the knowledge points of *subject* in textbook order."""
    return tuple(point for point in points().values() if point.subject == subject)


def in_teaching_order() -> list[Point]:
    """Return every point after all the points it rests on.

    Raises:
        graphlib.CycleError: the prerequisite edges run in a circle.
        KeyError: an edge names a point that does not exist.
    """
    known = points()
    return [
        known[code] for code in TopologicalSorter({p.code: p.requires for p in known.values()}).static_order()
    ]
