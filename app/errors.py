"""Refusals become answers: one table maps each kind to a status, a page and the API's JSON."""

import logging
import secrets
from http import HTTPStatus

from apiflask import APIFlask, HTTPError
from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core.access import worn_hat
from core.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooMany,
    Unavailable,
)
from core.i18n import _, lazy

log = logging.getLogger(__name__)
API_PREFIX = "/api/"
RETRY_AFTER_SECONDS = 5

STATUSES: dict[type[DomainError], int] = {
    SignInNeeded: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Invalid: 422,
    TooMany: 429,
    Unavailable: 503,
    DomainError: 400,
}

SENTENCES = {
    400: lazy("The request could not be understood."),
    401: lazy("Please sign in."),
    403: lazy("You are not allowed to do this."),
    404: lazy("This page does not exist, or you may not see it."),
    405: lazy("This address does not take this kind of request."),
    409: lazy("Someone changed this in the meantime. Please look at the new state and try again."),
    413: lazy("The upload is too large."),
    415: lazy("This kind of content is not taken here."),
    416: lazy("The file does not have this part."),
    422: lazy("Some fields need another look."),
    429: lazy("Too many attempts. Please wait a moment."),
    500: lazy("Something went wrong on our side. It has been written down."),
    503: lazy("The site is busy. Please try again in a few seconds."),
}


def init_app(app: Flask) -> None:
    """Answer every error as a page, or under ``/api/`` as JSON."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(HTTPError, _api_error)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(Exception, _unexpected)
    if isinstance(app, APIFlask):
        app.error_processor(_api_error)  # type: ignore[arg-type] # APIFlask narrows Flask's own return type


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal: that of its nearest kind in the table."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def wants_json() -> bool:
    """Whether the answer goes to a program."""
    return request.path.startswith(API_PREFIX) or request.accept_mimetypes.best == "application/json"


def _refused(error: DomainError) -> ResponseReturnValue:
    status = status_of(error)
    if type(error) is SignInNeeded and not wants_json():
        return _to_sign_in()
    headers = {}
    if "retry_after_seconds" in error.details:
        headers["Retry-After"] = str(error.details["retry_after_seconds"])
    return _answer(status, error.code, str(error), error.details, headers)


def _to_sign_in() -> ResponseReturnValue:
    if "HX-Request" in request.headers:  # a part of a page cannot go elsewhere: the page does
        return "", 200, {"HX-Redirect": url_for("sign_in.show", next=request.headers.get("HX-Current-URL"))}
    return redirect(url_for("sign_in.show", next=_return_path()))


def _return_path() -> str:
    """Where to come back to after signing in: a GET's own address, else the page that it came from."""
    return request.full_path.rstrip("?") if request.method == "GET" else (request.referrer or "/")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 -- redirects are exceptions too
        return error.get_response()
    code = error.code or 500
    headers = {
        key: value for key, value in error.get_headers() if key not in {"Content-Type", "Content-Length"}
    }
    return _answer(code, error.name.lower().replace(" ", "_"), _sentence(code), {}, headers)


def _api_error(error: HTTPError) -> ResponseReturnValue:
    status = error.status_code
    details = {"fields": error.detail} if error.detail else {}
    code = Invalid().code if status == STATUSES[Invalid] else HTTPStatus(status).name.lower()
    return _answer(status, code, _sentence(status), details, {})


def _forged(error: CSRFError) -> ResponseReturnValue:
    del error
    if worn_hat() is None and not wants_json():  # the session ended while the form was being filled in
        return _to_sign_in()
    sentence = _(
        "This form is no longer valid. Please reload the page; what you typed is kept on this device."
    )
    return _answer(400, "csrf", sentence, {}, {})


def _stale(error: StaleDataError) -> ResponseReturnValue:
    del error
    return _answer(409, "conflict", _sentence(409), {}, {})


def _database_busy(error: OperationalError) -> ResponseReturnValue:
    log.warning("database: %s", error.orig)
    return _answer(503, "unavailable", _sentence(503), {}, {"Retry-After": str(RETRY_AFTER_SECONDS)})


def _unexpected(error: Exception) -> ResponseReturnValue:
    incident = secrets.token_hex(4)
    log.error("incident %s at %s %s", incident, request.method, request.path, exc_info=error)
    return _answer(500, "internal", _sentence(500), {"incident": incident}, {})


def _sentence(status: int) -> str:
    return str(SENTENCES.get(status, SENTENCES[400]))


def _answer(
    status: int, code: str, message: str, details: dict[str, object], headers: dict[str, str]
) -> ResponseReturnValue:
    if wants_json():
        shown = {key: value if _is_plain(value) else str(value) for key, value in details.items()}
        return {"error": {"code": code, "message": message, "details": shown}}, status, headers
    page = render_template(
        "app/error.html", status=status, message=message, incident=details.get("incident", "")
    )
    return page, status, headers


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool | list | dict | None)
