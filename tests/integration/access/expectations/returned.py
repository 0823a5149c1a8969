"""Access to what follows when work was marked: corrections, corrected keys, reports."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.expectations.homework import OF_THE_PUPIL_ALONE, READ, TAUGHT, assignment
from tests.integration.access.expectations.marking import a_place, a_stamp, question
from tests.integration.access.people import AT_SCHOOL, PUPILS, SCHOOL, TEACHER, anywhere, reach

CLASS_REPORT = reach(own=TEACHER | SCHOOL, other_class=SCHOOL)


def regrade(corner: Corner) -> Mapping[str, Any]:
    return {"regrade_id": corner.regrade_id}


def a_correction_of_the_key(_corner: Corner) -> Mapping[str, Any]:
    form = {"policy": "remark", "key-choices": "A", "reason": "答案有错", "client_key": str(uuid4())}
    return {"data": form}


def corrected(corner: Corner) -> Mapping[str, Any]:
    return {"submission_id": corner.corrected_submission_id}


def corrected_page(corner: Corner) -> Mapping[str, Any]:
    return {"page_id": corner.correction_page_id}


def to_correct(corner: Corner) -> Mapping[str, Any]:
    return {"submission_id": corner.corrected_submission_id, "question_id": corner.to_correct_id}


def a_correction(corner: Corner) -> Mapping[str, Any]:
    return {
        "data": {"answers": json.dumps({str(corner.to_correct_id): {"choices": ["B"]}})},
        "headers": {"Idempotency-Key": str(uuid4())},
        "content_type": "multipart/form-data",
    }


def pupil(corner: Corner) -> Mapping[str, Any]:
    return {"student_id": corner.student_id}


def its_class(corner: Corner) -> Mapping[str, Any]:
    return {"class_id": corner.class_id}


def question_of_work(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.corrected_assignment_id, "question_id": corner.to_correct_id}


REGRADES: Expectations = {
    # It tells of one's own work only.
    "GET regrades.of_item": Expectation(anywhere(TEACHER), at=lambda corner: {"item_id": corner.item_id}),
    "GET regrades.index": Expectation(anywhere(TEACHER)),
    "GET regrades.new": Expectation(TAUGHT, at=question),
    "POST regrades.preview": Expectation(TAUGHT, at=question, sends=a_correction_of_the_key),
    # What the preview showed is missing: look again.
    "POST regrades.apply": Expectation(
        TAUGHT, at=question, sends=a_correction_of_the_key, status=HTTPStatus.CONFLICT
    ),
    "GET regrades.show": Expectation(TAUGHT, at=regrade),
    "POST regrades.undo": Expectation(TAUGHT, at=regrade),
}

CORRECTIONS: Expectations = {
    "GET corrections.index": Expectation(anywhere(PUPILS)),
    "GET corrections.show": Expectation(READ, at=corrected),
    "GET corrections.state": Expectation(READ, at=corrected),
    "GET corrections_api.show": Expectation(READ, at=corrected),
    "POST corrections.correct": Expectation(
        OF_THE_PUPIL_ALONE,
        at=to_correct,
        sends=lambda corner: {"data": {"client_key": str(uuid4()), f"q{corner.to_correct_id}-choices": "B"}},
    ),
    "GET corrections.judging": Expectation(
        TAUGHT, at=lambda corner: {"assignment_id": corner.corrected_assignment_id}
    ),
    "POST corrections.judge": Expectation(
        TAUGHT,
        at=lambda corner: {"assignment_id": corner.corrected_assignment_id},
        sends=lambda corner: {"data": {"correction": f"{corner.correction_id}:1", "verdict": "accept"}},
    ),
    # It waits already, and stays so.
    "POST corrections.take_back": Expectation(
        TAUGHT,
        at=lambda corner: {"assignment_id": corner.corrected_assignment_id},
        sends=lambda corner: {"data": {"correction": f"{corner.correction_id}:1"}},
    ),
    "GET corrections.picture": Expectation(READ, at=corrected_page),
    "GET corrections.thumbnail": Expectation(READ, at=corrected_page),
    "GET corrections.recording": Expectation(
        READ, at=lambda corner: {"recording_id": corner.correction_recording_id}
    ),
    "GET redpen.edit": Expectation(TAUGHT, at=corrected_page),
    "POST redpen.write": Expectation(TAUGHT, at=corrected_page, sends=a_stamp),
    "POST redpen.speak": Expectation(
        TAUGHT, at=corrected_page, sends=a_place, status=HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    # The correction waits for the teacher: her family sees what is drawn on it once it is judged.
    "GET redpen.drawing": Expectation(TAUGHT, at=corrected_page),
    "GET redpen.sound": Expectation(TAUGHT, at=lambda corner: {"note_id": corner.correction_note_id}),
    "POST corrections_api.correct": Expectation(OF_THE_PUPIL_ALONE, at=to_correct, sends=a_correction),
}

REPORTS: Expectations = {
    "GET reports.index": Expectation(anywhere(AT_SCHOOL)),
    "GET reports.work": Expectation(TAUGHT, at=assignment),
    "GET reports.download_work": Expectation(TAUGHT, at=assignment),
    "GET reports.print_work": Expectation(TAUGHT, at=assignment),
    "GET reports_api.work": Expectation(TAUGHT, at=assignment),
    "GET reports.question": Expectation(TAUGHT, at=question_of_work),
    "POST reports.make_typical": Expectation(
        TAUGHT,
        at=question_of_work,
        sends=lambda _: {"data": {"wrong": "0", "answer": "A", "feedback": "移项没有变号"}},
    ),
    "GET reports.pupil": Expectation(READ, at=pupil),
    "GET reports.download_pupil": Expectation(READ, at=pupil),
    "GET reports.print_pupil": Expectation(READ, at=pupil),
    "GET reports_api.pupil": Expectation(READ, at=pupil),
    "GET reports.school_class": Expectation(CLASS_REPORT, at=its_class),
    "GET reports.download_class": Expectation(CLASS_REPORT, at=its_class),
    "GET reports.print_class": Expectation(CLASS_REPORT, at=its_class),
    "GET reports_api.school_class": Expectation(CLASS_REPORT, at=its_class),
}

RETURNED: Expectations = REGRADES | CORRECTIONS | REPORTS
