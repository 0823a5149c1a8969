"""What schools teach, by stage: their subjects, their homeroom classes and their teaching classes."""

from typing import NamedTuple

HEAD_SUBJECTS = 3
"""Homeroom teachers teach one of the first subjects of the timetable."""
GRADE_LETTERS = {10: "高一", 11: "高二", 12: "高三"}
NUMERALS = "一二三四五六七八九"
FIRST_GRADE_OF = {"english": 3, "physics": 8, "chemistry": 9}
"""The grade in which a subject begins, where that is not the first."""
SUBJECTS = {
    "primary": ("chinese", "math", "english", "science", "morality", "it"),
    "lower_secondary": (
        "chinese",
        "math",
        "english",
        "physics",
        "chemistry",
        "biology",
        "history",
        "geography",
        "morality",
        "it",
    ),
    "upper_secondary": (
        "chinese",
        "math",
        "english",
        "physics",
        "chemistry",
        "biology",
        "history",
        "geography",
        "it",
    ),
}
"""The subjects of each stage, in the order of the timetable."""


class Teaching(NamedTuple):
    """A teaching class: pupils of one grade whom one teacher teaches a subject beside their homeroom."""

    grade: int
    subject: str
    name: str
    name_en: str


class Plan(NamedTuple):
    """Grades of a stage's homeroom classes, and its teaching classes."""

    first_grade: int
    homerooms: tuple[int, ...]
    """The grade of each homeroom class."""
    teaching: tuple[Teaching, ...]


PLANS = {
    "primary": Plan(1, (1, 2, 3, 4, 5, 5, 6, 6), ()),
    "lower_secondary": Plan(
        7,
        (7, 7, 8, 8, 9, 9),
        (
            Teaching(8, "math", "八年级数学探究班", "Grade 8 mathematics group"),
            Teaching(9, "english", "九年级英语听说班", "Grade 9 English group"),
        ),
    ),
    "upper_secondary": Plan(
        10,
        (10, 10, 11, 11, 12, 12),
        (
            Teaching(11, "physics", "高二物理选考班", "Grade 11 physics group"),
            Teaching(11, "history", "高二历史选考班", "Grade 11 history group"),
        ),
    ),
}


def class_name(grade: int, number: int) -> tuple[str, str]:
    """Return the name and the English name of a grade's homeroom class."""
    stem = GRADE_LETTERS.get(grade) or f"{NUMERALS[grade - 1]}年级"
    return f"{stem}（{number}）班", f"Grade {grade}, Class {number}"


def is_taught(subject: str, grade: int) -> bool:
    """Say whether pupils of *grade* have begun with *subject*."""
    return grade >= FIRST_GRADE_OF.get(subject, 1)
