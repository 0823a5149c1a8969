"""Entries and queries for the contract of engines."""

from collections.abc import Iterable
from typing import Any

from library.search.asking import asked
from library.search.engine import PUBLIC, Entry, Query

WORDS = ("分数", "小数", "方程", "函数", "光", "力")


def entry(number: int, words: Iterable[str] = ("分数",), **changed: Any) -> Entry:  # noqa: ANN401 -- any column
    """A public entry of grade 7 that holds *words* as its title would."""
    fields = {
        "subject": 1, "grade_from": 7, "grade_to": 7, "kind": 1, "language": 1, "edition": 0,
        "audience": PUBLIC, "author": 0, "created": number,
    }  # fmt: skip
    return Entry(id=number, words=dict.fromkeys(words, 4.0), **(fields | changed))


def query(text: str = "", **changed: Any) -> Query:  # noqa: ANN401 -- any part of a query
    """What person 3 of organisation 7 asks."""
    fields: dict[str, Any] = {"asked": asked(text), "audiences": frozenset({7}), "person": 3}
    return Query(**(fields | changed))
