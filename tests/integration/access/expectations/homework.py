"""Access to homework: given by a class's teacher, done by its pupils, read by their guardians.

The school reads figures of all its classes, and no child's work.
"""

import io
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from core import clock
from homework.assignments.schedule import usual_due
from tests.factories.media import picture_bytes
from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    AT_SCHOOL,
    FAMILY,
    GUARDIANS,
    PUPILS,
    SCHOOL,
    SIGNED_IN,
    STAFF,
    TEACHER,
    Actor,
    Place,
    anywhere,
    reach,
)

IN_CLASS = reach(own=AT_SCHOOL, other_class=SCHOOL)
GIVEN_TO_PUPILS = reach(own=PUPILS)
TAUGHT = reach(own=TEACHER)
READ = reach(own=FAMILY | TEACHER)
OF_THE_PUPIL_ALONE = reach(own=frozenset({Actor.STUDENT}))
CLASS_LEDGER = reach(
    own=SIGNED_IN,
    other_class=STAFF,
    other_school=frozenset({Actor.DISTRICT, Actor.CITY}),
    other_district=frozenset({Actor.CITY}),
)
SCHOOL_LEDGER = anywhere(SIGNED_IN) | {Place.OTHER_DISTRICT: SIGNED_IN - {Actor.DISTRICT}}
"""Whoever has a school reads it, whatever is asked for; a district and the city read those below them."""


def assignment(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.assignment_id}


def open_assignment(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.open_assignment_id}


def future_assignment(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.future_assignment_id}


def more_time(_corner: Corner) -> Mapping[str, Any]:
    times = {"due_at": "2099-01-05T20:00", "cut_off_at": "2099-01-06T20:00"}
    return {"data": {"version": "2", "title": "作业"} | times}  # the corner changed it once


def exception(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.open_assignment_id, "student_id": corner.student_id}


def group(corner: Corner) -> Mapping[str, Any]:
    return {"group_id": corner.group_id}


def a_group(corner: Corner) -> Mapping[str, Any]:
    form = {"class_id": corner.class_id, "name": "提高组", "student_ids": corner.student_id, "version": "1"}
    return {"data": form}


def submission(corner: Corner) -> Mapping[str, Any]:
    return {"submission_id": corner.submission_id}


def question(corner: Corner) -> Mapping[str, Any]:
    return {"question_id": corner.choice_id}


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


def sent(corner: Corner) -> Mapping[str, Any]:
    return {"sent_id": corner.sent_id}


def a_photo(corner: Corner) -> Mapping[str, Any]:
    return {
        "data": {"question": str(corner.photo_id), "file": (io.BytesIO(picture_bytes()), "photo.jpg")},
        "content_type": "multipart/form-data",
    }


def annotated_page(corner: Corner) -> Mapping[str, Any]:
    return {"page_id": corner.annotated_page_id}


def a_stamp(_corner: Corner) -> Mapping[str, Any]:
    stamp = {"x": 100, "y": 100, "name": "right", "size": 900}
    return {"json": {"added": [{"key": str(uuid4()), "kind": "stamp", "shape": stamp}]}}


def a_place(_corner: Corner) -> Mapping[str, Any]:
    return {"data": {"key": str(uuid4()), "x": "100", "y": "100"}}


def page(corner: Corner) -> Mapping[str, Any]:
    return {"page_id": corner.page_id}


def recording(corner: Corner) -> Mapping[str, Any]:
    return {"recording_id": corner.spoken_id}


def a_plan(corner: Corner) -> Mapping[str, Any]:
    """One photo question for the class, due tomorrow evening."""
    return {
        "data": {
            "client_key": str(uuid4()),
            "version": "1",
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


GIVING: Expectations = {
    "GET assignments.index": Expectation(anywhere(AT_SCHOOL)),
    "GET assignments.show": Expectation(IN_CLASS, at=assignment),
    "POST assignments.answers": Expectation(
        TAUGHT, at=open_assignment, sends=lambda _: {"data": {"shown": "0"}}
    ),
    "POST assignments.withdraw": Expectation(TAUGHT, at=open_assignment),
    "POST assignments.give_again": Expectation(TAUGHT, at=open_assignment),
    "GET assignments_api.index": Expectation(anywhere(AT_SCHOOL)),
}

PLANNING: Expectations = {
    "GET planning.new": Expectation(anywhere(TEACHER)),
    "POST planning.redraw": Expectation(anywhere(TEACHER)),
    "POST planning.day": Expectation(anywhere(TEACHER)),
    "POST planning.preview": Expectation(anywhere(TEACHER)),
    "GET planning.questions": Expectation(anywhere(TEACHER)),
    "GET assembly.form": Expectation(anywhere(TEACHER)),
    "GET assembly.points": Expectation(anywhere(TEACHER)),
    "GET assembly.show": Expectation(anywhere(TEACHER)),
    "GET planning.pupils": Expectation(TAUGHT, at=lambda corner: {"class_id": corner.class_id}),
    # A class that the teacher does not teach is no choice of the form.
    "POST planning.create": Expectation(TAUGHT, sends=a_plan, foreign=HTTPStatus.UNPROCESSABLE_ENTITY),
    "GET planning.edit": Expectation(TAUGHT, at=future_assignment),
    "POST planning.save": Expectation(TAUGHT, at=future_assignment, sends=a_plan),
    "GET exceptions.edit": Expectation(TAUGHT, at=exception),
    "POST exceptions.make": Expectation(
        TAUGHT, at=exception, sends=lambda _: {"data": {"what": "excused", "reason": "生病"}}
    ),
    "POST exceptions.end": Expectation(TAUGHT, at=exception),
    "GET amendments.edit": Expectation(TAUGHT, at=open_assignment),
    "POST amendments.save": Expectation(TAUGHT, at=open_assignment, sends=more_time),
    "GET groups.index": Expectation(anywhere(TEACHER)),
    "GET groups.new": Expectation(TAUGHT, at=lambda corner: {"class": corner.class_id}),
    "POST groups.create": Expectation(TAUGHT, sends=a_group),
    "GET groups.edit": Expectation(TAUGHT, at=group),
    "POST groups.change": Expectation(TAUGHT, at=group, sends=a_group),
    "POST groups.dissolve": Expectation(TAUGHT, at=group),
    "POST groups.keep_on": Expectation(TAUGHT, at=group),
}

LEDGER: Expectations = {
    "GET ledger.index": Expectation(anywhere(SIGNED_IN)),
    "GET ledger.show": Expectation(CLASS_LEDGER, at=lambda corner: {"class_id": corner.class_id}),
    "GET ledger.download": Expectation(SCHOOL_LEDGER, at=lambda corner: {"school": corner.school_id}),
    "GET ledger_api.week": Expectation(SCHOOL_LEDGER, at=lambda corner: {"school": corner.school_id}),
    "GET ledger.excesses": Expectation(anywhere(TEACHER | SCHOOL)),
    "POST ledger.see": Expectation(
        # The teacher heads the grade, to which the other class of the school belongs as well.
        reach(own=TEACHER | SCHOOL, other_class=TEACHER | SCHOOL),
        at=lambda corner: {"excess_id": corner.excess_id},
    ),
    "GET ledger.told": Expectation(anywhere(TEACHER | SCHOOL)),
    "GET ledger.caps": Expectation(anywhere(SCHOOL)),
    "POST ledger.set_caps": Expectation(anywhere(SCHOOL)),
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
    "POST sending_api.send": Expectation(GIVEN_TO_PUPILS, at=assignment, sends=a_photo),
    "GET sending.show": Expectation(OF_THE_PUPIL_ALONE, at=sent),
    "GET sending.thumbnail": Expectation(OF_THE_PUPIL_ALONE, at=sent),
    "POST teamwork.choose": Expectation(
        GIVEN_TO_PUPILS, at=open_assignment, sends=lambda _: {"data": {"what": "leave"}}
    ),
}

MARKING: Expectations = {
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

PAPER: Expectations = {
    "GET sheets.show": Expectation(TAUGHT, at=assignment),
    "GET sheets.download": Expectation(TAUGHT, at=assignment),
    "GET paper.show": Expectation(TAUGHT, at=assignment),
    "POST paper.take_in": Expectation(
        TAUGHT, at=assignment, sends=lambda _: {"data": {"client_key": str(uuid4())}}
    ),
    "POST paper.save": Expectation(
        TAUGHT,
        at=lambda corner: {"assignment_id": corner.assignment_id, "student_id": corner.student_id},
        sends=lambda _: {"data": {}},
    ),
}

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

CLASS_REPORT = reach(own=TEACHER | SCHOOL, other_class=SCHOOL)


def pupil(corner: Corner) -> Mapping[str, Any]:
    return {"student_id": corner.student_id}


def its_class(corner: Corner) -> Mapping[str, Any]:
    return {"class_id": corner.class_id}


def question_of_work(corner: Corner) -> Mapping[str, Any]:
    return {"assignment_id": corner.corrected_assignment_id, "question_id": corner.to_correct_id}


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

NOTICES: Expectations = {
    "GET notices.mine": Expectation(anywhere(PUPILS | GUARDIANS | TEACHER)),
    "POST notices.put_news_away": Expectation(TAUGHT, at=lambda corner: {"notice_id": corner.news_id}),
    "POST notices.put_away": Expectation(TAUGHT, at=lambda corner: {"notice_id": corner.notice_id}),
}

HOMEWORK: Expectations = (
    GIVING
    | PLANNING
    | LEDGER
    | DOING
    | MARKING
    | PAPER
    | ANNOTATIONS
    | COMMENTS
    | RUBRICS
    | REGRADES
    | CORRECTIONS
    | REPORTS
    | NOTICES
)
