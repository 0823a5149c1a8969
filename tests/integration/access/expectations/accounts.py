"""Access to the doors, one's own account, and the school's people."""

import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from accounts.roster.sheets import template_csv
from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import EVERYONE, SCHOOL, SIGNED_IN, Actor, anywhere, reach

OWN_SESSION = reach(own=frozenset({Actor.STUDENT}))
OF_THE_SCHOOL = reach(own=SCHOOL, other_class=SCHOOL)


def person(corner: Corner) -> Mapping[str, Any]:
    return {"person_id": corner.student_id}


SIGN_IN: Expectations = {
    "GET sign_in.show": Expectation(anywhere(EVERYONE)),
    # Nobody's password: the door is open to try, and says that it is wrong.
    "POST sign_in.sign_in": Expectation(
        anywhere(EVERYONE),
        sends=lambda _: {"data": {"username": "nobody", "password": "wrong password"}},
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    "POST sign_in.sign_out": Expectation(anywhere(EVERYONE)),
    "GET sign_in.choose_hat": Expectation(anywhere(SIGNED_IN)),
    "POST sign_in.choose_hat": Expectation(
        OWN_SESSION,
        sends=lambda corner: {"data": {"hat_id": corner.student_hat_id}},
        foreign=HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    "POST sign_in_api.open_session": Expectation(
        anywhere(EVERYONE),
        sends=lambda _: {"json": {"username": "nobody", "password": "wrong password"}},
        status=HTTPStatus.UNAUTHORIZED,
    ),
    "DELETE sign_in_api.end_session": Expectation(anywhere(SIGNED_IN)),
    "GET sign_in_api.me": Expectation(anywhere(SIGNED_IN)),
}

ACCOUNT: Expectations = {
    "GET account.show": Expectation(anywhere(SIGNED_IN)),
    "GET account.change_password": Expectation(anywhere(SIGNED_IN)),
    "POST account.change_password": Expectation(
        anywhere(SIGNED_IN),
        sends=lambda _: {
            "data": {"present": "wrong", "new": "three green lamps", "again": "three green lamps"}
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    "POST account.end_session": Expectation(OWN_SESSION, at=lambda corner: {"session_id": corner.session_id}),
    "POST account.end_other_sessions": Expectation(anywhere(SIGNED_IN)),
}

PEOPLE: Expectations = {
    "GET administration.index": Expectation(anywhere(SCHOOL)),
    "GET administration.show": Expectation(OF_THE_SCHOOL, at=person),
    "POST administration.suspend": Expectation(OF_THE_SCHOOL, at=person),
    "POST administration.reinstate": Expectation(OF_THE_SCHOOL, at=person),
    "POST administration.reset_password": Expectation(OF_THE_SCHOOL, at=person),
    "GET duties.index": Expectation(anywhere(SCHOOL)),
    "POST duties.name_head": Expectation(
        OF_THE_SCHOOL,
        sends=lambda corner: {"data": {"grade": "7", "person_id": corner.colleague_id}},
    ),
    "POST duties.end": Expectation(OF_THE_SCHOOL, at=lambda corner: {"head_id": corner.grade_head_id}),
}

ROSTER: Expectations = {
    "GET roster.index": Expectation(anywhere(SCHOOL)),
    "GET roster.template": Expectation(anywhere(SCHOOL), at=lambda _: {"suffix": "csv"}),
    "POST roster.preview": Expectation(
        anywhere(SCHOOL), sends=lambda _: {"data": {"file": (io.BytesIO(template_csv()), "roster.csv")}}
    ),
    # The file that another school looked at is not there for this one.
    "POST roster.carry_out": Expectation(
        OF_THE_SCHOOL,
        sends=lambda corner: {"data": {"key": corner.roster_key}},
        foreign=HTTPStatus.CONFLICT,
    ),
}

ACCOUNTS: Expectations = SIGN_IN | ACCOUNT | PEOPLE | ROSTER
