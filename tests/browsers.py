"""Browsers without pictures: test clients that carry sessions and CSRF tokens as real ones do.

CSRF protection stays on in tests. A ``Browser`` sends the token of its own cookie with every change,
as a page's form or script would; ``sends_csrf_token=False`` makes one that does not.
"""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.people.models import Hat
from accounts.sign_in import services
from accounts.sign_in.device import Device
from core import clock
from core.database import db, transaction

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Browser(FlaskClient):
    """A client that sends the CSRF token of its own session with every change."""

    sends_csrf_token = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 -- werkzeug's own signature
        """Send a request; see werkzeug's ``Client.open``. Headers must be such as a real server can send."""
        if self.sends_csrf_token and kwargs.get("method", "GET") in UNSAFE:
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("X-CSRFToken", self.csrf_token())
            kwargs["headers"] = headers
        answer = super().open(*args, **kwargs)
        for name, value in answer.headers:
            assert value.isascii(), f"{name}: {value}"
        return answer

    def csrf_token(self) -> str:
        """A token that fits the session cookie, as ``csrf_token()`` in a page makes it."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", "a" * 40)
        secret = self.application.secret_key
        assert secret is not None
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def signed_in_browser(app: Flask, hat_id: int) -> Browser:
    """A browser in which the hat's person is signed in and wears it."""
    with app.app_context(), transaction():
        hat = db.session.scalars(select(Hat).where(Hat.id == hat_id)).one()
        device = Device(address="127.0.0.1", user_agent="test")
        login = services.open_session(hat.person, hat, device, lasts=services.LONGEST, now=clock.now())
        token = login.token
    return browser_with(app, token)


def browser_with(app: Flask, token: str) -> Browser:
    """A browser that carries the session of *token*; with an empty one, nobody is signed in."""
    browser = Browser(app)
    if token:
        with browser.session_transaction() as session:
            session["_user_id"] = token
    return browser
