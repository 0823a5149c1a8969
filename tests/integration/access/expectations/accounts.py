"""Access to the doors, one's own account, and the school's people."""

from http import HTTPStatus

from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import EVERYONE, SIGNED_IN, Actor, anywhere, reach

OWN_SESSION = reach(own=frozenset({Actor.STUDENT}))

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

ACCOUNTS: Expectations = SIGN_IN | ACCOUNT
