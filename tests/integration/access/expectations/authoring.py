"""Access to question sets and their editor: a school's teachers write them together."""

from collections.abc import Mapping
from typing import Any

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import TEACHER, anywhere, reach

OF_OWN_SCHOOL = reach(own=TEACHER, other_class=TEACHER)
A_QUESTION: dict[str, Any] = {
    "kind": "choice",
    "prompt": "解方程 $2x+1=5$。",
    "choice-id": ["A", "B"],
    "choice-text": ["$x=1$", "$x=2$"],
    "choice-slip": ["", ""],
    "key-choices": "B",
    "minutes": "1",
    "difficulty": "0.5",
    "seen": "1",
}


def a_set(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id}


def a_question(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id, "item_id": corner.item_id}


def a_text(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id, "stimulus_id": corner.text_id}


def fields(_corner: Corner) -> Mapping[str, Any]:
    return {"data": A_QUESTION}


def words(_corner: Corner) -> Mapping[str, Any]:
    return {"data": {"title": "短文", "prompt": "李明走路去学校。", "seen": "1"}}


def order(corner: Corner) -> Mapping[str, Any]:
    return {"data": {"order": [corner.item_id], "version": 1}}


SETS: Expectations = {
    "GET sets.index": Expectation(anywhere(TEACHER)),
    "GET sets.new": Expectation(anywhere(TEACHER)),
    "POST sets.create": Expectation(
        anywhere(TEACHER),
        sends=lambda corner: {
            "data": {"title": "小练", "kind": "practice", "subject_id": corner.subject_id, "grade": 7}
        },
    ),
    "GET sets.show": Expectation(OF_OWN_SCHOOL, at=a_set),
    "POST sets.arrange": Expectation(OF_OWN_SCHOOL, at=a_set, sends=order),
    "POST sets.undo": Expectation(
        OF_OWN_SCHOOL, at=a_set, sends=lambda _: {"data": {"number": 1}}, status=409
    ),
    "GET sets.find_questions": Expectation(OF_OWN_SCHOOL, at=a_set),
    # A question of another school cannot even be ticked.
    "POST sets.copy": Expectation(
        OF_OWN_SCHOOL, at=a_set, sends=lambda corner: {"data": {"item": [corner.item_id]}}
    ),
    "GET sets.same": Expectation(OF_OWN_SCHOOL, at=a_set),
    "GET assembly.untaught": Expectation(OF_OWN_SCHOOL, at=a_set),
}

QUESTIONS: Expectations = {
    "GET authoring.new": Expectation(OF_OWN_SCHOOL, at=a_set),
    "POST authoring.create": Expectation(OF_OWN_SCHOOL, at=a_set, sends=fields),
    "POST authoring.redraw": Expectation(OF_OWN_SCHOOL, at=a_set, sends=fields),
    "POST authoring.preview": Expectation(OF_OWN_SCHOOL, at=a_set, sends=fields),
    "POST authoring.try_it": Expectation(OF_OWN_SCHOOL, at=a_set, sends=fields),
    "POST authoring.draws": Expectation(OF_OWN_SCHOOL, at=a_set, sends=fields),
    "GET authoring.edit": Expectation(OF_OWN_SCHOOL, at=a_question),
    "POST authoring.save": Expectation(OF_OWN_SCHOOL, at=a_question, sends=fields),
    "GET authoring.history": Expectation(OF_OWN_SCHOOL, at=a_question),
    "POST authoring.restore": Expectation(
        OF_OWN_SCHOOL, at=a_question, sends=lambda _: {"data": {"number": 1}}
    ),
    "GET passages.new": Expectation(OF_OWN_SCHOOL, at=a_set),
    "POST passages.create": Expectation(OF_OWN_SCHOOL, at=a_set, sends=words),
    "GET passages.edit": Expectation(OF_OWN_SCHOOL, at=a_text),
    "POST passages.save": Expectation(OF_OWN_SCHOOL, at=a_text, sends=words),
}

AUTHORING: Expectations = SETS | QUESTIONS
