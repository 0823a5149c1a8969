"""Access to marking: whoever teaches the class, and nobody else."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.expectations.homework import (
    READ,
    TAUGHT,
    assignment,
    exception,
    open_assignment,
    submission,
)
from tests.integration.access.people import TEACHER, anywhere


def question(corner: Corner) -> Mapping[str, Any]:
    return {"question_id": corner.choice_id}


def annotated_page(corner: Corner) -> Mapping[str, Any]:
    return {"page_id": corner.annotated_page_id}


def a_stamp(_corner: Corner) -> Mapping[str, Any]:
    stamp = {"x": 100, "y": 100, "name": "right", "size": 900}
    return {"json": {"added": [{"key": str(uuid4()), "kind": "stamp", "shape": stamp}]}}


def a_place(_corner: Corner) -> Mapping[str, Any]:
    return {"data": {"key": str(uuid4()), "x": "100", "y": "100"}}


def a_mark(corner: Corner) -> Mapping[str, Any]:
    """Another mark in place of the one that the key gave."""
    return {"data": {"answer": f"{corner.answer_id}:1", "points": "1", "comment": "再想一想"}}


def comment(corner: Corner) -> Mapping[str, Any]:
    return {"comment_id": corner.bank_comment_id}


def read_again(corner: Corner) -> Mapping[str, Any]:
    return {"submission_id": corner.read_again_id}


def judged_question(corner: Corner) -> Mapping[str, Any]:
    return {"question_id": corner.judged_question_id}


def a_rubric(_corner: Corner) -> Mapping[str, Any]:
    """One criterion with two levels, worth what the factories' questions are."""
    return {
        "data": {
            "criterion": "c",
            "title-c": "观点",
            "level-c": ["a", "b"],
            "points-a": "2",
            "words-a": "明确",
            "points-b": "0",
            "words-b": "没有",
        }
    }


def a_return(_corner: Corner) -> Mapping[str, Any]:
    return {"data": {"at": "2026-09-07T02:00:00+00:00", "by": "1"}}


DESK: Expectations = {
    "GET marking.show": Expectation(TAUGHT, at=assignment),
    "POST marking.mark": Expectation(TAUGHT, at=assignment, sends=a_mark),
    "GET teamwork.index": Expectation(TAUGHT, at=open_assignment),
    "POST teamwork.move": Expectation(TAUGHT, at=exception, sends=lambda _: {"data": {"team": "new"}}),
    # Nobody has handed in for the group that could have marks.
    "POST teamwork.take_marks": Expectation(TAUGHT, at=exception),
    "POST teamwork.mark_member": Expectation(TAUGHT, at=assignment, sends=a_mark),
    "POST marking.feedback": Expectation(TAUGHT, at=submission, sends=lambda _: {"data": {"text": "有进步"}}),
    # The photo is not marked yet, so nothing can go back.
    "POST marking.return_all": Expectation(TAUGHT, at=assignment, status=HTTPStatus.UNPROCESSABLE_ENTITY),
    "POST marking.return_one": Expectation(TAUGHT, at=submission, status=HTTPStatus.UNPROCESSABLE_ENTITY),
    # What the key gave is not taken back.
    "POST marking.undo": Expectation(TAUGHT, at=assignment, sends=a_mark, status=HTTPStatus.CONFLICT),
    "POST marking.apart": Expectation(
        TAUGHT, at=assignment, sends=lambda corner: {"data": {"answer": corner.answer_id, "apart": "1"}}
    ),
    "GET marking.returning": Expectation(TAUGHT, at=assignment),
    "GET returns.index": Expectation(TAUGHT, at=assignment),
    "GET returns.one": Expectation(TAUGHT, at=submission),
    # It is not returned, so the page says how it is.
    "POST returns.take_back": Expectation(TAUGHT, at=assignment, sends=a_return),
    "POST returns.take_one_back": Expectation(TAUGHT, at=submission, sends=a_return),
    "GET marklists.show": Expectation(TAUGHT, at=assignment),
    "GET marklists.download": Expectation(TAUGHT, at=assignment),
    "GET marklists.print_out": Expectation(TAUGHT, at=assignment),
    "GET marklists_api.show": Expectation(TAUGHT, at=assignment),
    # For the same reason nothing can be read a second time.
    "POST readings.ask": Expectation(TAUGHT, at=assignment, status=HTTPStatus.UNPROCESSABLE_ENTITY),
    "GET readings.index": Expectation(anywhere(TEACHER)),
    "POST readings.act": Expectation(TAUGHT, at=read_again, sends=lambda _: {"data": {"do": "begin"}}),
    # The reader is not done yet.
    "POST readings.settle": Expectation(TAUGHT, at=read_again, status=HTTPStatus.CONFLICT),
    "GET markers.edit": Expectation(TAUGHT, at=assignment),
    "POST markers.save": Expectation(TAUGHT, at=assignment, sends=lambda _: {"data": {"blind": "1"}}),
    "POST markers.look_behind": Expectation(
        TAUGHT, at=submission, sends=lambda _: {"data": {"reason": "要问本人"}}
    ),
    "GET refusals.show": Expectation(TAUGHT, at=assignment),
    # The question has no blanks, so nobody can have written this.
    "POST refusals.judge": Expectation(
        TAUGHT,
        at=question,
        sends=lambda _: {"data": {"blank": "0", "text": "没人写过", "counts": "1"}},
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
}

COMMENTS: Expectations = {
    "GET comments.index": Expectation(anywhere(TEACHER)),
    "POST comments.keep": Expectation(
        TAUGHT, sends=lambda corner: {"data": {"text": "步骤清楚", "question": corner.choice_id}}
    ),
    "GET comments.edit": Expectation(TAUGHT, at=comment),
    # What the preview showed is missing: look again.
    "POST comments.revise": Expectation(
        TAUGHT, at=comment, sends=lambda _: {"data": {"text": "步骤清楚了"}}, status=HTTPStatus.CONFLICT
    ),
    "POST comments.remove": Expectation(TAUGHT, at=comment, sends=lambda _: {"data": {"removed": "1"}}),
    "POST comments.undo": Expectation(TAUGHT, at=lambda corner: {"revision_id": corner.revision_id}),
}

RUBRICS: Expectations = {
    "GET rubrics.edit": Expectation(TAUGHT, at=judged_question),
    "POST rubrics.redraw": Expectation(
        TAUGHT, at=judged_question, sends=lambda _: {"data": {"do": "criterion"}}
    ),
    "POST rubrics.save": Expectation(TAUGHT, at=judged_question, sends=a_rubric),
    "POST rubrics.remove": Expectation(TAUGHT, at=judged_question),
    "POST rubrics.undo": Expectation(TAUGHT, at=lambda corner: {"change_id": corner.rubric_change_id}),
}

ANNOTATIONS: Expectations = {
    "GET annotations.edit": Expectation(TAUGHT, at=annotated_page),
    "POST annotations.write": Expectation(TAUGHT, at=annotated_page, sends=a_stamp),
    # Nothing was recorded: preparing a sound takes a second for each who tries.
    "POST annotations.speak": Expectation(
        TAUGHT, at=annotated_page, sends=a_place, status=HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    "GET annotations.drawing": Expectation(READ, at=annotated_page),
    "GET annotations.sound": Expectation(READ, at=lambda corner: {"note_id": corner.voice_note_id}),
}

MARKING: Expectations = DESK | COMMENTS | RUBRICS | ANNOTATIONS
