"""Headers and checks that hold for every answer: content policy, CSRF, origin, caching."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix

from core.access import worn_hat
from core.errors import NotAllowed

csrf = CSRFProtect()

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
API_TYPES = frozenset({"application/json", "multipart/form-data"})


def csp_nonce() -> str:
    """The nonce that this answer's scripts carry, and the styles that the player writes."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def init_app(app: Flask) -> None:
    """Make ready the checks of requests, and guard every answer."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # check_requests() does it, once it is known who asks
    csrf.init_app(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign] # Flask documents this assignment

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        if worn_hat() is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def check_requests(app: Flask) -> None:
    """Guard every request. Called after the packages, so that a refusal knows who asks."""
    app.before_request(_refuse_foreign_origins)
    app.before_request(_refuse_disguised_json)
    app.before_request(_refuse_forgeries)


def _refuse_foreign_origins() -> None:
    origin = request.headers.get("Origin")
    if request.method in UNSAFE and origin and urlsplit(origin).netloc != request.host:
        raise NotAllowed


def _refuse_disguised_json() -> None:
    """A form of another site can send text/plain, but neither of the types that the API takes."""
    is_change = request.method in UNSAFE and request.path.startswith("/api/")
    if is_change and request.content_length and request.mimetype not in API_TYPES:
        raise UnsupportedMediaType


def _refuse_forgeries() -> None:
    csrf.protect(apply_exemptions=True)
