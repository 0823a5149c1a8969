"""Access to lessons, exercises and playback. The lesson and the exercise are the school's own."""

import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from tests.factories.media import video_bytes
from tests.integration.access.corners import CAPTIONS, Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    ADMINISTRATORS,
    PUPILS,
    SCHOOL,
    SIGNED_IN,
    TEACHER,
    Actor,
    anywhere,
    reach,
)

LEARNERS = PUPILS | TEACHER
SEEN_AT_SCHOOL = reach(
    own=SIGNED_IN,
    other_class=SIGNED_IN,
    other_school=ADMINISTRATORS - SCHOOL,
    other_district=frozenset({Actor.CITY}),
)
"""At the school, and by the administrators above, who look after what schools have."""
LEARNT_AT_SCHOOL = reach(own=LEARNERS, other_class=LEARNERS)
TAUGHT_AT_SCHOOL = reach(own=TEACHER, other_class=TEACHER)
MADE_BY_THE_TEACHER = reach(own=TEACHER)


def lesson(corner: Corner) -> Mapping[str, Any]:
    return {"lesson_id": corner.lesson_id}


def captions(corner: Corner) -> Mapping[str, Any]:
    return {"lesson_id": corner.lesson_id, "language": "zh-CN"}


def checkpoint(corner: Corner) -> Mapping[str, Any]:
    return {"lesson_id": corner.lesson_id, "checkpoint_id": corner.checkpoint_id}


def exercise(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id}


def a_video(**fields: object) -> Mapping[str, Any]:
    return {"data": {**fields, "video": (io.BytesIO(video_bytes()), "lesson.mp4")}}


def an_answer(**fields: object) -> Mapping[str, Any]:
    return {"data": {**fields, "answer-choices": "B", "client_key": str(uuid4())}}


TO_WATCH: Expectations = {
    "GET lessons.index": Expectation(anywhere(SIGNED_IN)),
    "GET lessons.show": Expectation(SEEN_AT_SCHOOL, at=lesson),
    "GET lessons.of_resource": Expectation(
        SEEN_AT_SCHOOL, at=lambda corner: {"resource_id": corner.lesson_resource_id}
    ),
    "GET lessons.captions": Expectation(SEEN_AT_SCHOOL, at=captions),
    "GET lessons.chapters": Expectation(SEEN_AT_SCHOOL, at=lesson),
    "GET lessons.transcript": Expectation(SEEN_AT_SCHOOL, at=lesson),
    "GET playback_api.lesson": Expectation(SEEN_AT_SCHOOL, at=lesson),
    "GET playback_api.lesson_of_resource": Expectation(
        SEEN_AT_SCHOOL, at=lambda corner: {"resource_id": corner.lesson_resource_id}
    ),
    "GET playback.question": Expectation(LEARNT_AT_SCHOOL, at=checkpoint),
    "POST playback.answer": Expectation(LEARNT_AT_SCHOOL, at=checkpoint, sends=lambda _: an_answer()),
    "POST playback_api.report": Expectation(
        LEARNT_AT_SCHOOL,
        sends=lambda corner: {
            "json": {"registration": str(uuid4()), "lesson_id": corner.lesson_id, "intervals": []}
        },
    ),
    "POST records.opened": Expectation(
        SEEN_AT_SCHOOL, sends=lambda corner: {"data": {"resource_id": corner.lesson_resource_id}}
    ),
}


def played(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.played_id}


PLAYED: Expectations = {
    "GET package_results.mine": Expectation(LEARNT_AT_SCHOOL, at=played),
    "GET package_results_api.progress": Expectation(LEARNT_AT_SCHOOL, at=played),
    "PUT package_results_api.keep": Expectation(
        LEARNT_AT_SCHOOL,
        at=played,
        sends=lambda _: {"json": {"place": "i1", "values": {"cmi.location": "3"}}},
    ),
    "POST package_results_api.report": Expectation(
        LEARNT_AT_SCHOOL, at=played, sends=lambda _: {"json": {"id": str(uuid4()), "verb": "completed"}}
    ),
}

TO_MAKE: Expectations = {
    "GET lessons.new": Expectation(anywhere(TEACHER)),
    "POST lessons.create": Expectation(
        anywhere(TEACHER),
        sends=lambda corner: a_video(title="移项", subject_id=corner.subject_id, grade_from=7),
    ),
    "GET lessons.edit": Expectation(MADE_BY_THE_TEACHER, at=lesson),
    "POST lessons.describe": Expectation(
        MADE_BY_THE_TEACHER,
        at=lesson,
        sends=lambda corner: {
            "data": {
                "version": corner.lesson_version,
                "title": "移项",
                "subject_id": corner.subject_id,
                "grade_from": 7,
                "grade_to": 7,
                "tier": "school",
            }
        },
    ),
    "GET lessons.state": Expectation(MADE_BY_THE_TEACHER, at=lesson),
    "POST lessons.replace": Expectation(MADE_BY_THE_TEACHER, at=lesson, sends=lambda _: a_video()),
    "POST lessons.attach_captions": Expectation(
        MADE_BY_THE_TEACHER, at=lesson, sends=lambda _: {"data": {"language": "en", "text": CAPTIONS}}
    ),
    "POST lessons.remove_captions": Expectation(MADE_BY_THE_TEACHER, at=captions),
    "POST lessons.add_checkpoint": Expectation(
        MADE_BY_THE_TEACHER,
        at=lesson,
        sends=lambda corner: {"data": {"at": "0:30", "item_id": corner.item_id, "required": "1"}},
    ),
    "POST lessons.remove_checkpoint": Expectation(MADE_BY_THE_TEACHER, at=checkpoint),
    "POST lessons.release": Expectation(MADE_BY_THE_TEACHER, at=lesson),
    "POST lessons.withdraw": Expectation(MADE_BY_THE_TEACHER, at=lesson),
}

EXERCISES: Expectations = {
    "GET practice.show": Expectation(LEARNT_AT_SCHOOL, at=exercise),
    "GET practice.summary": Expectation(LEARNT_AT_SCHOOL, at=exercise),
    "POST practice.answer": Expectation(LEARNT_AT_SCHOOL, at=exercise, sends=lambda _: an_answer(q=1)),
    "POST attempts_api.answer": Expectation(
        LEARNT_AT_SCHOOL,
        sends=lambda corner: {
            "json": {
                "id": str(uuid4()),
                "item_id": corner.item_id,
                "response": {"choices": ["B"]},
                "context": "practice",
                "context_id": corner.exercise_id,
            }
        },
        # As for any question that is not asked there: that the exercise exists is not told.
        foreign=HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    # Hints open after an own answer, which nobody else has given.
    "GET attempts_api.hints": Expectation(
        reach(own=frozenset({Actor.STUDENT})),
        at=lambda corner: {"item_id": corner.item_id},
        foreign=HTTPStatus.FORBIDDEN,
    ),
    # The lesson of another class of the school may be shown in one's own.
    "POST classroom.teach": Expectation(
        MADE_BY_THE_TEACHER, at=exercise, sends=lambda corner: {"data": {"class_id": corner.class_id}}
    ),
}

LEARNING: Expectations = TO_WATCH | PLAYED | TO_MAKE | EXERCISES
