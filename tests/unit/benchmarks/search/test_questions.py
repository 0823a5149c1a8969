from collections import Counter

import pytest

from benchmarks.search.questions import (
    KINDS,
    Document,
    Need,
    judge,
    judged_questions,
    judgements,
    known_items,
)
from demo.curriculum import points


def document(*codes: str, kind: str = "practice", number: int = 1, title: str = "") -> Document:
    point = points()[codes[0]]
    return Document(number, title, kind, point.subject, (point.grade, point.grade), codes)


def test_there_are_enough_questions_of_every_kind_and_no_two_are_the_same() -> None:
    questions = judged_questions()
    assert len(questions) >= 300
    assert set(KINDS) == {one.kind for one in questions}
    assert min(Counter(one.kind for one in questions).values()) >= 12
    asked = Counter((one.text, one.subject, one.grade, one.resource_kind) for one in questions)
    assert set(asked.values()) == {1}


def test_the_halves_are_disjoint_alike_and_always_the_same() -> None:
    questions = judged_questions()
    held_back = [one for one in questions if one.is_held_back]
    assert 0.4 < len(held_back) / len(questions) < 0.6
    assert {one.kind for one in held_back} == set(KINDS) == {q.kind for q in questions if not q.is_held_back}
    judged_questions.cache_clear()
    assert [one.is_held_back for one in judged_questions()] == [one.is_held_back for one in questions]


def test_every_question_wants_something_of_the_curriculum() -> None:
    known = points()
    for one in judged_questions():
        assert set(one.need.points) <= set(known)
        assert 3 in one.need.points.values() or one.kind == "browsing"


@pytest.mark.parametrize(
    ("need", "found", "grade"),
    [
        (Need({"math.gcf": 3}), document("math.gcf"), 3),
        (Need({"math.gcf": 3}), document("math.lcm"), 0),
        (Need({"math.gcf": 3, "math.lcm": 1}), document("math.lcm"), 1),
        (Need({"math.gcf": 3}, kind="reading"), document("math.gcf"), 1),
        (Need({"math.gcf": 3}, grade=9), document("math.gcf"), 1),
        (Need({"math.gcf": 3}), document("math.lcm", "math.gcf", kind="worksheet"), 2),
        (Need({"math.gcf": 3}, kind="worksheet"), document("math.lcm", "math.gcf", kind="worksheet"), 3),
        (Need({"math.gcf": 3, "math.lcm": 3}), document("math.lcm", "math.gcf", kind="worksheet"), 3),
        (Need({"math.gcf": 3}, label="12 和 18"), document("math.gcf", title="最大公因数：12 和 18"), 3),
        (Need({"math.gcf": 3}, label="12 和 18"), document("math.gcf", title="最大公因数：8 和 6"), 1),
        (Need(subject="math"), document("math.gcf"), 3),
        (Need(subject="physics"), document("math.gcf"), 0),
    ],
)
def test_a_document_is_graded_by_what_it_is_about(need: Need, found: Document, grade: int) -> None:
    assert judge(need, found) == grade


def test_judgements_hold_every_useful_document_and_no_other() -> None:
    question = next(one for one in judged_questions() if one.kind == "single")
    wanted = next(code for code, grade in question.need.points.items() if grade == 3)
    other = next(code for code in points() if code not in question.need.points)
    found = judgements([question], [document(wanted, number=1), document(other, number=2)])
    assert found == [{1: 3}]


def test_a_known_document_is_asked_for_by_its_title() -> None:
    name = points()["math.gcf"].name
    titled = [document("math.gcf", number=n, title=f"{name}：{n} 和 {n + 90} 等 2 题") for n in range(40, 50)]
    questions = known_items([*titled, document("math.gcf", title="没有题目名")])
    assert len(questions) == len(titled)
    assert all(judge(one.need, titled[int(one.text.split()[1]) - 40]) == 3 for one in questions)
