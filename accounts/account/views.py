"""A person's own account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.account.forms import PasswordForm
from accounts.sign_in import queries, services
from accounts.sign_in.current import current_login, current_person, has_signed_in
from accounts.sign_in.destination import HOME, local_path
from accounts.sign_in.device import device_name
from accounts.sign_in.errors import WrongPassword
from accounts.sign_in.models import LoginSession
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.errors import Invalid
from core.i18n import _

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@allow(anyone_signed_in)
def show() -> ResponseReturnValue:
    """Who I am here, where I am signed in, and how I like the pages."""
    login = current_login()
    sessions = db.session.scalars(queries.live_sessions_of(login.person_id, clock.now())).all()
    hats = db.session.scalars(queries.hats_of(login.person_id)).all()
    return render_template(
        "accounts/account/show.html",
        person=login.person,
        sessions=sessions,
        hats=hats,
        here=login,
        device_name=device_name,
    )


@bp.route("/password", methods=["GET", "POST"])
@allow(has_signed_in)
def change_password() -> ResponseReturnValue:
    """Replace the password; the school's first one must be replaced before anything else."""
    login = current_login()
    is_first = login.person.must_change_password
    target = local_path(request.args.get("next"), request.host)
    form = PasswordForm(data={"next": target})
    if form.validate_on_submit():
        try:
            with transaction():
                services.change_password(login, form.present.data, form.new.data, now=clock.now())
        except WrongPassword as wrong:
            form.present.errors = [str(wrong)]
        except Invalid as weak:
            form.new.errors = [str(weak)]
        else:
            flash(_("Your password is changed."), "success")
            target = local_path(form.next.data, request.host)
            return redirect(url_for(".show") if target == HOME and not is_first else target, 303)
    status = 422 if form.is_submitted() else 200
    template = "accounts/account/first_password.html" if is_first else "accounts/account/password.html"
    return render_template(template, form=form, person=login.person), status


@bp.post("/sessions/<int:session_id>/end")
@allow(anyone_signed_in)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out on another device."""
    here = current_login()
    own = queries.live_sessions_of(current_person().id, clock.now())
    there: LoginSession = find(own.where(LoginSession.id == session_id))
    with transaction():
        services.end_session(there, by=here, now=clock.now())
    flash(_("Signed out there."), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/sessions/end-others")
@allow(anyone_signed_in)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    here = current_login()
    with transaction():
        services.end_sessions_of(here.person_id, keep=here, now=clock.now())
    flash(_("Signed out everywhere else."), "success")
    return redirect(url_for(".show"), 303)
