"""Access to homework: given by a class's teacher, done by its pupils, read by their guardians.

The school reads figures of all its classes, and no child's work.
"""

import io
import json
from collections.abc import Mapping
from datetime import timedelta
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
    due_at = usual_due(clock.now()) + timedelta(days=30)
    moments = {"due_at": due_at, "cut_off_at": due_at + timedelta(days=1)}
    times = {name: f"{moment:%Y-%m-%dT%H:%M}" for name, moment in moments.items()}
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


def sent(corner: Corner) -> Mapping[str, Any]:
    return {"sent_id": corner.sent_id}


def a_photo(corner: Corner) -> Mapping[str, Any]:
    return {
        "data": {"question": str(corner.photo_id), "file": (io.BytesIO(picture_bytes()), "photo.jpg")},
        "content_type": "multipart/form-data",
    }


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

NOTICES: Expectations = {
    "GET notices.mine": Expectation(anywhere(PUPILS | GUARDIANS | TEACHER)),
    "POST notices.put_news_away": Expectation(TAUGHT, at=lambda corner: {"notice_id": corner.news_id}),
    "POST notices.put_away": Expectation(TAUGHT, at=lambda corner: {"notice_id": corner.notice_id}),
}

HOMEWORK: Expectations = GIVING | PLANNING | LEDGER | DOING | PAPER | NOTICES
