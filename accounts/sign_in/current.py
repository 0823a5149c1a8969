"""Who asks: the session, the person and the hat of this request.

Flask-Login carries the session's token in the signed cookie and loads its row on each request.
Before the view runs, ``g.hat`` holds the worn hat; it stays None while somebody is signed in who must
first replace her password or choose a hat, and every page but the few that do this leads there.

Reading writes nothing, so how long a session has been idle stands in the signed cookie as well.
"""

from datetime import datetime, timedelta

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from accounts.people.models import Hat, Person
from accounts.sign_in import queries, services
from accounts.sign_in.device import Device
from accounts.sign_in.errors import HatNeeded, PasswordChangeNeeded
from accounts.sign_in.models import LoginSession
from core import clock
from core.access import Rule, everyone, rule_of, whoever, worn_hat
from core.database import db
from core.errors import DomainError, SignInNeeded

_SEEN = "seen"
_API = "/api/"


def current_hat() -> Hat:
    """The hat that is worn.

    Raises:
        SignInNeeded: nobody is signed in, or no hat is on yet.
    """
    hat: Hat | None = worn_hat()
    if hat is None:
        raise SignInNeeded
    return hat


def current_person() -> Person:
    """Who wears it.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    return current_login().person


def current_login() -> LoginSession:
    """The session that carries this request, whether or not a hat is on.

    Raises:
        SignInNeeded: there is none.
    """
    login = _login()
    if login is None:
        raise SignInNeeded
    return login


def has_signed_in(hat: object) -> bool:
    """Whoever is signed in, even before a hat is on: to change the first password, or choose a hat."""
    return hat is not None or _login() is not None


def begin(login: LoginSession) -> None:
    """Have this browser carry *login*, in a cookie that holds nothing of the one before."""
    session.clear()
    login_user(login)
    session[_SEEN] = int(clock.now().timestamp())


def end() -> None:
    """Have this browser carry nothing any more."""
    logout_user()
    session.clear()
    g.hat = None


def this_device() -> Device:
    """Where this request comes from."""
    return Device(address=request.remote_addr or "", user_agent=str(request.user_agent))


def idle_limit() -> timedelta:
    """How long a session lasts without use."""
    return timedelta(hours=current_app.config["SESSION_HOURS"])


def init_app(app: Flask) -> None:
    """Load the session before every view, and lead those on who have yet to change or choose something."""
    manager = LoginManager()
    # Phones change their address all day; the session can be seen and ended from the account page.
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_load)
    app.before_request(_put_on_hat)


def _load(token: str) -> LoginSession | None:
    now = clock.now()
    login = db.session.scalar(queries.live_session(services.token_hash(token), now))
    if login is None or _last_seen(login) + idle_limit() <= now:
        return None
    login.token = token
    return login


def _last_seen(login: LoginSession) -> datetime:
    in_cookie = datetime.fromtimestamp(session.get(_SEEN, 0), tz=login.last_seen_at.tzinfo)
    return max(in_cookie, login.last_seen_at)


def _login() -> LoginSession | None:
    # The row itself: SQLAlchemy does not see through Flask-Login's proxy.
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001 -- werkzeug documents it


def _put_on_hat() -> ResponseReturnValue | None:
    g.hat = None
    g.pop("_login_user", None)  # a context may outlive one request; who asks may not
    if _rule() is whoever or "_user_id" not in session:
        return None
    login = _login()
    if login is None:
        return None
    _stay_awake()
    if login.person.must_change_password:
        return _lead(PasswordChangeNeeded(), "account.change_password")
    g.hat = login.worn_hat
    return _lead(HatNeeded(), "sign_in.choose_hat") if g.hat is None else None


def _rule() -> Rule | None:
    return rule_of(current_app.view_functions[request.endpoint]) if request.endpoint else everyone


def _stay_awake() -> None:
    now = int(clock.now().timestamp())
    if now - session.get(_SEEN, 0) >= services.SEEN_EVERY.total_seconds():
        session[_SEEN] = now


def _lead(refusal: DomainError, endpoint: str) -> ResponseReturnValue | None:
    if _rule() in (everyone, has_signed_in):
        return None
    if request.path.startswith(_API):
        raise refusal
    return redirect(
        url_for(endpoint, next=request.full_path.rstrip("?") if request.method == "GET" else None)
    )
