"""What Kolibri's labels mean here: codes of ``library/data/kolibri.json``, whose lists are le-utils'.

A category is a path, ``SCHOOL.MATHEMATICS.GEOMETRY`` in codes: of one that is not known, the nearest known
one above it counts.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from library.resources.models import EndUser

_FILE = Path(__file__).resolve().parent.parent / "data" / "kolibri.json"


@dataclass(frozen=True, slots=True)
class Label:
    """A category, a type of resource, or an activity."""

    code: str
    name: str
    name_en: str
    subject: str = ""
    """The code of the school subject that it is."""
    end_user: str = ""

    def word(self, language: str) -> str:
        """Its name in the language of a resource: Chinese, or English."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Labels:
    """All that is known."""

    levels: Mapping[str, tuple[int, int]]
    """First and last grade."""
    other_levels: frozenset[str]
    """Before or after school, and those of no school."""
    categories: Mapping[str, Label]
    types: Mapping[str, Label]
    activities: Mapping[str, Label]
    accessibility: Mapping[str, str]

    def category(self, code: str) -> Label | None:
        """The category, or the nearest one above it."""
        while code:
            if code in self.categories:
                return self.categories[code]
            code = code.rpartition(".")[0]
        return None

    def grades(self, levels: Iterable[str]) -> tuple[int, int] | None:
        """From the lowest to the highest grade of *levels*; None where none of them is a level of school."""
        known = [self.levels[one] for one in levels if one in self.levels]
        return (min(first for first, _ in known), max(last for _, last in known)) if known else None


@cache
def labels() -> Labels:
    """The lists of the file."""
    lists = json.loads(_FILE.read_text("utf-8"))
    return Labels(
        levels={one["code"]: (one["first"], one["last"]) for one in lists["levels"]},
        other_levels=frozenset(lists["other_levels"]),
        accessibility=lists["accessibility"],
        **{
            name: {one["code"]: Label(**one) for one in lists[name]}
            for name in ("categories", "types", "activities")
        },
    )


def end_user_of(found: Iterable[Label]) -> EndUser:
    """For whom something with these labels is meant."""
    return EndUser.TEACHER if any(one.end_user == EndUser.TEACHER for one in found) else EndUser.LEARNER
