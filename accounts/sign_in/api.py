"""Sessions for programs: the same door as the page."""

from apiflask import APIBlueprint
from flask_wtf.csrf import generate_csrf

from accounts.sign_in import queries, services
from accounts.sign_in.current import current_login, end, has_signed_in
from accounts.sign_in.door import admit
from accounts.sign_in.models import LoginSession
from accounts.sign_in.schemas import Credentials, HatOut, Me, PersonOut, SessionOut
from core import clock
from core.access import allow, everyone
from core.database import db, transaction

bp = APIBlueprint("sign_in_api", __name__, url_prefix="/api/v1", tag="Session")


@bp.post("/session")
@bp.input(Credentials, arg_name="credentials")
@bp.output(SessionOut, 201)
@bp.doc(
    summary="Sign in",
    description="Sets the session cookie. The token is needed, as X-CSRFToken, for every change.",
    responses={
        401: "The username or the password is wrong.",
        403: "The account is suspended.",
        429: "Too many wrong passwords; see Retry-After.",
    },
)
@allow(everyone)
def open_session(credentials: Credentials) -> SessionOut:
    """Sign in with username and password."""
    login = admit(credentials.username, credentials.password, credentials.hat_id)
    return SessionOut(**_me(login).model_dump(), csrf_token=generate_csrf())


@bp.delete("/session")
@bp.output({}, 204)
@bp.doc(summary="Sign out", responses={401: "Nobody is signed in."})
@allow(has_signed_in)
def end_session() -> str:
    """End the session, here and on the server."""
    login = current_login()
    with transaction():
        services.end_session(login, by=login, now=clock.now())
    end()
    return ""


@bp.get("/me")
@bp.output(Me)
@bp.doc(summary="Who is signed in", responses={401: "Nobody is signed in."})
@allow(has_signed_in)
def me() -> Me:
    """The person, her hats, and the one that is worn."""
    return _me(current_login())


def _me(login: LoginSession) -> Me:
    worn = login.worn_hat
    return Me(
        person=PersonOut.of(login.person),
        hats=[HatOut.of(hat) for hat in db.session.scalars(queries.hats_of(login.person_id))],
        hat=HatOut.of(worn) if worn else None,
        password_change_needed=login.person.must_change_password,
    )
