"""Privacy as data: what each table holds about a person, why, how long, and how it ends.

Every model declares one of these in ``__privacy__``; the completeness test in
``tests/unit/core/test_privacy.py`` fails the build for a table without a declaration and for a
personal column without purpose and retention (个人信息保护法 §6, §19; 未成年人网络保护条例 §32).
"""

from dataclasses import dataclass
from enum import StrEnum


class Retention(StrEnum):
    """How long a value is kept."""

    SCHOOLING = "while enrolled, and one year after"
    THIRTEEN_MONTHS = "13 months"
    SIX_MONTHS = "6 months"
    THREE_YEARS = "3 years after it ends"
    UNTIL_SUPERSEDED = "until replaced"


class Erasure(StrEnum):
    """What happens to the row when the person's data are deleted."""

    DELETE = "the row is deleted"
    ANONYMISE = "the person's columns are emptied"
    KEEP = "kept for a legal duty, without use"


@dataclass(frozen=True, slots=True)
class Use:
    """Why some columns are kept, and how long."""

    columns: tuple[str, ...]
    purpose: str
    retention: Retention


@dataclass(frozen=True, slots=True)
class Personal:
    """The table holds data about people.

    ``subjects`` names the columns that identify whose data a row is. Every other column stands in
    one ``Use`` or, when it says nothing about anyone, in ``technical``.
    """

    subjects: tuple[str, ...]
    uses: tuple[Use, ...]
    erasure: Erasure
    technical: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Impersonal:
    """The table holds nothing about a person. ``authors`` are columns that name who made a row."""

    because: str
    authors: tuple[str, ...] = ()


Privacy = Personal | Impersonal
