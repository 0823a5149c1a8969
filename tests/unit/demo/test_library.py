"""The library's records: whole, distinct, the same from the same seed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from demo import library
from demo.curriculum import points
from demo.items.bank import generators_by_point
from demo.items.question import Question
from demo.library import Record, library_records, library_size, practices, readings, worksheets

SEED = 7


class _Tiny:
    """A generator that knows three questions."""

    QUESTIONS = 3

    def __init__(self, point: str) -> None:
        self.maker = next(g for g in generators_by_point()[point] if not g.name.endswith(":paper"))

    def make(self, seed: int) -> Question:
        number = seed % self.QUESTIONS
        return replace(self.maker.make(0), prompt=f"{number}?", label=f"{number}")


def text_of(records: Iterator[Record]) -> str:
    return json.dumps(list(records), ensure_ascii=False, sort_keys=True)


def test_the_same_seed_makes_the_same_library_and_another_seed_another() -> None:
    assert text_of(library_records(SEED, 0.002)) == text_of(library_records(SEED, 0.002))
    assert text_of(library_records(SEED, 0.002)) != text_of(library_records(SEED + 1, 0.002))


def test_the_size_is_told_beforehand() -> None:
    assert library_size(1.0) == 100_000
    assert sum(1 for _ in library_records(SEED, 0.01)) == library_size(0.01)


def test_practices_end_when_every_point_has_said_all_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    two = dict(islice(points().items(), 2))
    tiny = {code: _Tiny(code) for code in two}
    monkeypatch.setattr(library, "points", lambda: two)
    monkeypatch.setattr(library, "in_teaching_order", lambda: list(two.values()))
    monkeypatch.setattr(library, "skill_generators", lambda code: (tiny[code],))

    made = list(practices(SEED, 1_000))

    assert {one["knowledge_points"][0] for one in made} == set(two)
    asked = [tuple(sorted(item["prompt"] for item in one["items"])) for one in made]
    assert len(set(asked)) == len(asked) <= 2 * (2**_Tiny.QUESTIONS - 1)


def test_practices_reach_every_point_and_no_two_ask_the_same() -> None:
    made = list(practices(SEED, 2 * len(points())))
    assert {code for one in made for code in one["knowledge_points"]} == set(points())
    assert len({one["identifier"] for one in made}) == len(made)
    asked = [tuple(sorted(i["prompt"] + str(i["interaction"]) for i in one["items"])) for one in made]
    assert len(set(asked)) == len(asked)


def test_a_reading_explains_works_examples_and_asks_three_questions() -> None:
    for one in islice(readings(SEED, 50), 50):
        assert "## 它说的是什么" in one["body"]
        assert "**解答**" in one["body"]
        assert 1 <= len(one["items"]) <= 3


def test_a_worksheet_prints_its_questions_and_its_key() -> None:
    for one in worksheets(SEED, 20):
        question, key = one["body"].split("## 参考答案")
        for item in one["items"]:
            assert item["prompt"] in question
        assert key.strip().count("\n") == len(one["items"]) - 1


def test_every_record_says_where_it_belongs() -> None:
    for one in library_records(SEED, 0.002):
        low, high = one["grades"]
        assert 1 <= low <= high <= 12
        assert one["title"]
        assert one["licence"] == "CC-BY-4.0"
        assert all(code in points() for code in one["knowledge_points"])
        assert len(one["title"]) <= 90
