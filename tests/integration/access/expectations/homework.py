"""Access to homework: given by a class's teacher, done by its pupils, read by their guardians.

The school reads figures of all its classes, and no child's work.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from core import clock
from homework.assignments.schedule import usual_due
from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import AT_SCHOOL, FAMILY, PUPILS, SCHOOL, TEACHER, anywhere, reach

IN_CLASS = reach(own=AT_SCHOOL, other_class=SCHOOL)
GIVEN_TO_PUPILS = reach(own=PUPILS)
TAUGHT = reach(own=TEACHER)
READ = reach(own=FAMILY | TEACHER)


def assignment(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.assignment_id}


def open_assignment(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.open_assignment_id}


def submission(corner: Corner) -> Mapping[str, Any]:
    return {"submission_id": corner.submission_id}


def page(corner: Corner) -> Mapping[str, Any]:
    return {"page_id": corner.page_id}


def recording(corner: Corner) -> Mapping[str, Any]:
    return {"recording_id": corner.spoken_id}


def a_plan(corner: Corner) -> Mapping[str, Any]:
    """One photo question for the class, due tomorrow evening."""
    return {
        "data": {
            "client_key": str(uuid4()),
            "class_ids": corner.class_id,
            "subject_id": corner.subject_id,
            "due_at": f"{usual_due(clock.now()):%Y-%m-%dT%H:%M}",
            "row_version": "",
            "row_points": "5",
            "row_prompt": "写出解题过程",
            "row_minutes": "5",
        }
    }


def a_form(corner: Corner) -> Mapping[str, Any]:
    return {"data": {"client_key": str(uuid4()), f"q{corner.choice_id}-choices": "B"}}


def a_hand_in(corner: Corner) -> Mapping[str, Any]:
    return {
        "data": {"answers": json.dumps({str(corner.choice_id): {"choices": ["B"]}})},
        "headers": {"Idempotency-Key": str(uuid4())},
        "content_type": "multipart/form-data",
    }


def a_mark(corner: Corner) -> Mapping[str, Any]:
    """Another mark in place of the one that the key gave."""
    return {"data": {"answer": f"{corner.answer_id}:1", "points": "1", "comment": "再想一想"}}


GIVING: Expectations = {
    "GET assignments.index": Expectation(anywhere(AT_SCHOOL)),
    "GET assignments.show": Expectation(IN_CLASS, at=assignment),
    "GET assignments.new": Expectation(anywhere(TEACHER)),
    "POST assignments.edit": Expectation(anywhere(TEACHER)),
    "GET assignments.questions": Expectation(anywhere(TEACHER)),
    # A class that the teacher does not teach is no choice of the form.
    "POST assignments.create": Expectation(TAUGHT, sends=a_plan, foreign=HTTPStatus.UNPROCESSABLE_ENTITY),
    "POST assignments.withdraw": Expectation(TAUGHT, at=open_assignment),
    "POST assignments.give_again": Expectation(TAUGHT, at=open_assignment),
    "GET assignments_api.index": Expectation(anywhere(AT_SCHOOL)),
}

DOING: Expectations = {
    "GET submissions.edit": Expectation(GIVEN_TO_PUPILS, at=assignment),
    "POST submissions.hand_in": Expectation(GIVEN_TO_PUPILS, at=assignment, sends=a_form),
    "POST submissions.draft": Expectation(GIVEN_TO_PUPILS, at=assignment, sends=a_form),
    "POST submissions_api.hand_in": Expectation(GIVEN_TO_PUPILS, at=assignment, sends=a_hand_in),
    "GET submissions_api.show": Expectation(READ, at=submission),
    "GET submissions.receipt": Expectation(READ, at=submission),
    "GET submissions.show": Expectation(READ, at=submission),
    "GET submissions.picture": Expectation(READ, at=page),
    "GET submissions.thumbnail": Expectation(READ, at=page),
    "GET submissions.recording": Expectation(READ, at=recording),
}

MARKING: Expectations = {
    "GET marking.show": Expectation(TAUGHT, at=assignment),
    "POST marking.mark": Expectation(TAUGHT, at=assignment, sends=a_mark),
    "POST marking.feedback": Expectation(TAUGHT, at=submission, sends=lambda _: {"data": {"text": "有进步"}}),
    # The photo is not marked yet, so nothing can go back.
    "POST marking.return_all": Expectation(TAUGHT, at=assignment, status=HTTPStatus.UNPROCESSABLE_ENTITY),
    "POST marking.return_one": Expectation(TAUGHT, at=submission, status=HTTPStatus.UNPROCESSABLE_ENTITY),
}

NOTICES: Expectations = {
    "GET notices.mine": Expectation(anywhere(TEACHER)),
    "POST notices.put_away": Expectation(TAUGHT, at=lambda corner: {"notice_id": corner.notice_id}),
}

HOMEWORK: Expectations = GIVING | DOING | MARKING | NOTICES
