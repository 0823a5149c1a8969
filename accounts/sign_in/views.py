"""The pages before all others: sign in, choose a hat, sign out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in import queries, services
from accounts.sign_in.current import current_login, end, has_signed_in
from accounts.sign_in.destination import local_path
from accounts.sign_in.door import admit
from accounts.sign_in.errors import Suspended, TooManyTries, WrongSignIn
from accounts.sign_in.forms import HatForm, SignInForm
from core import clock
from core.access import allow, everyone
from core.database import db, transaction
from core.errors import SignInNeeded
from core.i18n import _

bp = Blueprint("sign_in", __name__)


@bp.get("/sign-in")
@allow(everyone)
def show() -> ResponseReturnValue:
    """The door; who is inside already goes on."""
    target = local_path(request.args.get("next"), request.host)
    if has_signed_in(None):
        return redirect(target)
    return render_template("accounts/sign_in/show.html", form=SignInForm(data={"next": target}), refusal=None)


@bp.post("/sign-in")
@allow(everyone)
def sign_in() -> ResponseReturnValue:
    """Let the person in, and on to where she wanted to go."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in/show.html", form=form, refusal=None), 422
    try:
        admit(form.username.data, form.password.data)
    except WrongSignIn as wrong:
        return render_template("accounts/sign_in/show.html", form=form, refusal=wrong), 422
    except Suspended as suspended:
        return render_template("accounts/sign_in/show.html", form=form, refusal=suspended), 403
    except TooManyTries as slow:
        page = render_template("accounts/sign_in/show.html", form=form, refusal=slow)
        return page, 429, {"Retry-After": str(slow.details["retry_after_seconds"])}
    return redirect(local_path(form.next.data, request.host), 303)


@bp.post("/sign-out")
@allow(everyone)
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server; a second time does no harm."""
    try:
        login = current_login()
    except SignInNeeded:
        return redirect(url_for(".show"), 303)
    with transaction():
        services.end_session(login, by=login, now=clock.now())
    end()
    flash(_("You are signed out."), "success")
    return redirect(url_for(".show"), 303)


@bp.route("/hat", methods=["GET", "POST"])
@allow(has_signed_in)
def choose_hat() -> ResponseReturnValue:
    """Choose the role to work in; the rights of two never merge."""
    login = current_login()
    hats = db.session.scalars(queries.hats_of(login.person_id)).all()
    form = HatForm(data={"next": local_path(request.args.get("next"), request.host), "hat_id": login.hat_id})
    form.hat_id.choices = [(hat.id, str(hat.id)) for hat in hats]
    if form.validate_on_submit():
        with transaction():
            services.wear(login, form.hat_id.data, now=clock.now())
        return redirect(local_path(form.next.data, request.host), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/sign_in/hat.html", form=form, hats=hats, worn=login.worn_hat), status
