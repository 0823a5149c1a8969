"""A token opens one asset for one viewer for ten minutes."""

from datetime import datetime, timedelta

import pytest

from library.media.tokens import LIFETIME, make_token, read_token

SECRET = "s" * 32


def test_the_viewer_is_read_back(now: datetime) -> None:
    viewer = read_token(SECRET, make_token(SECRET, 7, 3, now), 7, now)
    assert viewer is not None
    assert (viewer.person_id, viewer.expires_at) == (3, now + LIFETIME)


def test_it_ends_after_ten_minutes(now: datetime) -> None:
    assert timedelta(minutes=10) >= LIFETIME
    token = make_token(SECRET, 7, 3, now)
    assert read_token(SECRET, token, 7, now + LIFETIME) is None


def test_it_opens_no_other_asset(now: datetime) -> None:
    assert read_token(SECRET, make_token(SECRET, 7, 3, now), 8, now) is None


def test_another_secret_makes_another_token(now: datetime) -> None:
    assert read_token("x" * 32, make_token(SECRET, 7, 3, now), 7, now) is None


def test_a_changed_viewer_or_time_is_refused(now: datetime) -> None:
    person, expires, signature = make_token(SECRET, 7, 3, now).split(".")
    assert read_token(SECRET, f"4.{expires}.{signature}", 7, now) is None
    assert read_token(SECRET, f"{person}.{int(expires) + 60}.{signature}", 7, now) is None


@pytest.mark.parametrize("token", ["", "..", "3.4", "a.b.c", "3.9999999999.", "３.4.5", "3.4.é"])
def test_nonsense_is_refused(now: datetime, token: str) -> None:
    assert read_token(SECRET, token, 7, now) is None
