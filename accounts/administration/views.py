"""The people of a school: find them, suspend them, help them with a forgotten password."""

from collections import defaultdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.administration import queries, services
from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person, Role
from accounts.people.policy import is_school_administrator
from accounts.sign_in.current import current_hat
from accounts.sign_in.passwords import hash_password, make_first_password
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import NotAllowed
from core.i18n import _
from core.paging import newest_first

bp = Blueprint("administration", __name__, url_prefix="/people")


@bp.get("")
@allow(is_school_administrator)
def index() -> ResponseReturnValue:
    """The school's people, the newest accounts first."""
    text = request.args.get("q", "")
    role = request.args.get("role", type=Role)
    found = queries.people_of(current_hat(), text=text, role=role)
    page = newest_first(found, Person.id, request.args.get("cursor"))
    ids = [one.id for one in page.rows]
    return render_template(
        "accounts/administration/index.html",
        page=page,
        hats=_hats(ids),
        classes=_classes(ids),
        text=text,
        role=role,
        roles=list(Role),
    )


@bp.get("/<int:person_id>")
@allow(is_school_administrator)
def show(person_id: int) -> ResponseReturnValue:
    """One account, and what can be done with it."""
    return _page(_person(person_id))


@bp.post("/<int:person_id>/suspend")
@allow(is_school_administrator)
def suspend(person_id: int) -> ResponseReturnValue:
    """Close the account."""
    with transaction():
        services.suspend(_person(person_id), by=current_hat(), now=clock.now(), address=_address())
    flash(_("The account is suspended. The person is signed out everywhere."), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<int:person_id>/reinstate")
@allow(is_school_administrator)
def reinstate(person_id: int) -> ResponseReturnValue:
    """Open the account again."""
    with transaction():
        services.reinstate(_person(person_id), by=current_hat(), now=clock.now(), address=_address())
    flash(_("The account is open again."), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<int:person_id>/password")
@allow(is_school_administrator)
def reset_password(person_id: int) -> ResponseReturnValue:
    """Make a new first password, and show it, once."""
    password = make_first_password()
    hashed = hash_password(password)
    with transaction():
        person = _person(person_id)
        services.reset_password(person, hashed, by=current_hat(), now=clock.now(), address=_address())
    return _page(_person(person_id), password=password)


def _page(person: Person, *, password: str = "") -> str:
    refusal = ""
    try:
        services.check_may_manage(person, current_hat())
    except NotAllowed as refused:
        refusal = str(refused)
    return render_template(
        "accounts/administration/show.html",
        person=person,
        hats=_hats([person.id])[person.id],
        classes=_classes([person.id])[person.id],
        password=password,
        refusal=refusal,
    )


def _person(person_id: int) -> Person:
    person: Person = find(queries.people_of(current_hat()).where(Person.id == person_id))
    return person


def _hats(person_ids: list[int]) -> dict[int, list[Hat]]:
    hats: dict[int, list[Hat]] = defaultdict(list)
    for hat in db.session.scalars(queries.hats_here(current_hat(), person_ids)):
        hats[hat.person_id].append(hat)
    return hats


def _classes(person_ids: list[int]) -> dict[int, list[SchoolClass]]:
    classes: dict[int, list[SchoolClass]] = defaultdict(list)
    for person_id, school_class in db.session.execute(queries.classes_here(current_hat(), person_ids)):
        classes[person_id].append(school_class)
    return classes


def _address() -> str:
    return request.remote_addr or ""
