"""The lists of ``library/data/vocabularies.json``: codes with their names and their words in standards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.i18n import localized

_FILE = Path(__file__).resolve().parent.parent / "data" / "vocabularies.json"


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a list."""

    code: str
    name: str
    name_en: str
    lom: str = ""
    """The word for it in IEEE LOM, where LOM has one."""
    schema: str = ""
    """The word for it in schema.org's vocabularies."""
    first: float = 0
    """Where the term stands for a range: its first grade, or its least difficulty."""
    last: float = 0


@cache
def vocabulary(name: str) -> Mapping[str, Term]:
    """The terms of a list by code, in their order.

    Raises:
        KeyError: there is no such list.
    """
    lists = json.loads(_FILE.read_text("utf-8"))
    return {one["code"]: Term(**one) for one in lists[name]}


def term_name(name: str, code: str) -> str:
    """What a code of the list *name* is called in the language of the page; the code if it is unknown."""
    term = vocabulary(name).get(code)
    return localized(term) if term else code
