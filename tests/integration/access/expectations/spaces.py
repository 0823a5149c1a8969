"""Access to each person's space, to progress and to figures."""

from collections.abc import Mapping
from typing import Any

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    FAMILY,
    GUARDIANS,
    PUPILS,
    SCHOOL,
    SIGNED_IN,
    TEACHER,
    Actor,
    anywhere,
    reach,
)

DISTRICT, CITY = frozenset({Actor.DISTRICT}), frozenset({Actor.CITY})
ABOVE = reach(
    own=SCHOOL | DISTRICT | CITY,
    other_class=SCHOOL | DISTRICT | CITY,
    other_school=DISTRICT | CITY,
    other_district=CITY,
)
"""Administrators of an organisation and of those above it: counts only."""
OF_THE_CLASS = reach(own=TEACHER | SCHOOL, other_class=SCHOOL)


def student(corner: Corner) -> Mapping[str, Any]:
    return {"student_id": corner.student_id}


def school_class(corner: Corner) -> Mapping[str, Any]:
    return {"class_id": corner.class_id}


def organisation(corner: Corner) -> Mapping[str, Any]:
    return {"query_string": {"organisation": corner.school_id}}


SPACES: Expectations = {
    "GET home.index": Expectation(anywhere(SIGNED_IN)),
    "GET home.background": Expectation(anywhere(SIGNED_IN)),
    "GET progress.mine": Expectation(anywhere(PUPILS)),
    # The school's administrator is asked for a reason first; the page comes with the answer.
    "GET progress.show": Expectation(reach(own=FAMILY | TEACHER | SCHOOL, other_class=SCHOOL), at=student),
    "POST progress.show_with_reason": Expectation(
        reach(own=SCHOOL, other_class=SCHOOL), at=student, sends=lambda _: {"data": {"reason": "家长来访"}}
    ),
    "GET progress_api.student_progress": Expectation(reach(own=FAMILY | TEACHER), at=student),
    "GET class_progress.index": Expectation(anywhere(TEACHER | SCHOOL)),
    "GET class_progress.show": Expectation(OF_THE_CLASS, at=school_class),
    "GET progress_api.class_progress": Expectation(OF_THE_CLASS, at=school_class),
    "GET indicators.show": Expectation(ABOVE, sends=organisation),
    "GET indicators.download": Expectation(ABOVE, sends=organisation),
    "GET indicators.rows": Expectation(ABOVE, at=lambda _: {"figure": "students"}, sends=organisation),
    "GET indicators.download_rows": Expectation(
        ABOVE, at=lambda _: {"figure": "taught_lessons"}, sends=organisation
    ),
    "GET indicators_api.figures": Expectation(ABOVE, sends=organisation),
    "GET privacy.index": Expectation(anywhere(PUPILS | GUARDIANS)),
    "GET privacy.show": Expectation(reach(own=FAMILY), at=student),
    "POST privacy.decide": Expectation(
        reach(own=FAMILY), at=student, sends=lambda _: {"data": {"decision": "off"}}
    ),
}
