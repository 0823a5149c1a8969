"""Tokens open one package for one sign-in, for some hours."""

from datetime import UTC, datetime, timedelta

import pytest

from library.players.tokens import LIFETIME, STEP, make_token, read_token

NOW = datetime(2026, 9, 1, 8, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_token_is_good_for_its_resource_and_its_time() -> None:
    token = make_token("secret", 7, 12, NOW)

    bearer = read_token("secret", token, 7, NOW + LIFETIME - MINUTE)

    assert bearer is not None
    assert bearer.login_id == 12
    assert read_token("secret", token, 8, NOW) is None
    assert read_token("other", token, 7, NOW) is None
    assert read_token("secret", token, 7, NOW + LIFETIME + STEP) is None


def test_within_the_hour_the_address_is_the_same() -> None:
    assert make_token("secret", 7, 12, NOW) == make_token("secret", 7, 12, NOW + MINUTE)
    assert make_token("secret", 7, 12, NOW) != make_token("secret", 7, 12, NOW + STEP)


@pytest.mark.parametrize(
    "token", ["", "a.b.c", "1.2", "1.99999999999.x", "9" * 30 + ".1.x", "-1.5.x", "1.2.3.4", "١.2.3", "\0"]
)
def test_what_is_none_is_refused(token: str) -> None:
    assert read_token("secret", token, 7, NOW) is None
