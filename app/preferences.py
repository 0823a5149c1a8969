"""How a person likes the pages: language, colours, size. Kept in this browser, and with the account."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.access import allow, everyone, worn_hat
from core.database import transaction
from core.i18n import LANGUAGES, is_chinese

bp = Blueprint("preferences", __name__)

CHOICES: Final = {
    "language": tuple(LANGUAGES),
    "theme": ("auto", "light", "dark"),
    "touch": ("normal", "large"),
}
_COOKIE: Final = "weike_"  # app.language reads weike_language
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for the page that is being made."""

    language: str
    theme: str
    touch: str


def current_preferences() -> Preferences:
    """The account's choice where there is one, else this browser's, else the default."""
    if "preferences" not in g:
        g.preferences = Preferences("zh_CN" if is_chinese() else "en", _now("theme"), _now("touch"))
    found: Preferences = g.preferences
    return found


def _now(name: str) -> str:
    hat = worn_hat()
    for value in (getattr(hat.person, name) if hat else "", request.cookies.get(_COOKIE + name, "")):
        if value in CHOICES[name]:
            return str(value)
    return CHOICES[name][0]


@bp.post("/preferences")
@allow(everyone)
def save() -> ResponseReturnValue:
    """Keep the choices of the form, and go back to where it was sent from."""
    chosen = {
        name: request.form[name] for name, values in CHOICES.items() if request.form.get(name) in values
    }
    hat = worn_hat()
    if hat is not None and chosen:
        with transaction():
            for name, value in chosen.items():
                setattr(hat.person, "locale" if name == "language" else name, value)
    response: Response = redirect(_back(request.form.get("next", "")), 303)
    if request.headers.get("X-Requested-With") == "fetch":
        response = Response(status=204)
    for name, value in chosen.items():
        response.set_cookie(
            _COOKIE + name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


def _back(address: str) -> str:
    """*address* if it is a path of ours, else the front page: no open redirect."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and "\n" not in address and "\r" not in address else "/"


def init_app(app: Flask) -> None:
    """Register the one route."""
    app.register_blueprint(bp)
