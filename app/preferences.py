"""How a person likes the pages: language, colours, size. Kept in this browser, and with the account."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
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
_COOKIE: Final = "weike_"
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for the page that is being made."""

    language: str
    theme: str
    touch: str


def current_preferences() -> Preferences:
    """What the person chose, else the default."""
    if "preferences" not in g:
        theme, touch = (chosen(name) or CHOICES[name][0] for name in ("theme", "touch"))
        g.preferences = Preferences("zh_CN" if is_chinese() else "en", theme, touch)
    found: Preferences = g.preferences
    return found


def chosen(name: str) -> str:
    """The account's choice where there is one, else this browser's, else an empty string."""
    given = (_of_account(name), request.cookies.get(_COOKIE + name, ""))
    return next((value for value in given if value in CHOICES[name]), "")


def _of_account(name: str) -> str:
    hat = worn_hat()
    try:
        return str(getattr(hat.person, _column(name))) if hat else ""
    except SQLAlchemyError:
        return ""  # The page that says so must not need the database that does not answer.


def _column(name: str) -> str:
    return "locale" if name == "language" else name


@bp.post("/preferences")
@allow(everyone)
def save() -> ResponseReturnValue:
    """Keep the choices of the form, and go back to where it was sent from."""
    wanted = {
        name: request.form[name] for name, values in CHOICES.items() if request.form.get(name) in values
    }
    hat = worn_hat()
    if hat is not None and wanted:
        with transaction():
            for name, value in wanted.items():
                setattr(hat.person, _column(name), value)
    response: Response = redirect(_back(request.form.get("next", "")), 303)
    if request.headers.get("X-Requested-With") == "fetch":
        response = Response(status=204)
    for name, value in wanted.items():
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
