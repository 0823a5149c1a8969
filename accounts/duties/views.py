"""The school's administrator names heads of grades."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.duties import queries, services
from accounts.duties.models import GradeHead
from accounts.people.policy import is_school_administrator
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError, NotFound
from core.i18n import _

bp = Blueprint("duties", __name__, url_prefix="/people/grade-heads")


@bp.get("")
@allow(is_school_administrator)
def index() -> ResponseReturnValue:
    """Who heads which grade."""
    return _page()


@bp.post("")
@allow(is_school_administrator)
def name_head() -> ResponseReturnValue:
    """Name a head."""
    hat = current_hat()
    grade = request.form.get("grade", default=0, type=int)
    if grade not in set(db.session.scalars(queries.grades_of(hat.organisation_id))):
        raise NotFound
    try:
        with transaction():
            person_id = request.form.get("person_id", default=0, type=int)
            services.name_head(grade, person_id, by=hat, now=clock.now())
    except DomainError as refusal:
        return _page(refusal), 404 if isinstance(refusal, NotFound) else 409
    flash(_("The head of the grade is named."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:head_id>/end")
@allow(is_school_administrator)
def end(head_id: int) -> ResponseReturnValue:
    """End the duty."""
    hat = current_hat()
    with transaction():
        head: GradeHead = find(queries.heads_in(hat.organisation_id).where(GradeHead.id == head_id))
        services.end_duty(head, by=hat, now=clock.now())
    flash(_("The duty has ended."), "success")
    return redirect(url_for(".index"), 303)


def _page(refusal: DomainError | None = None) -> str:
    school_id = current_hat().organisation_id
    heads = db.session.scalars(queries.heads_in(school_id).options(joinedload(GradeHead.person)))
    return render_template(
        "accounts/duties/index.html",
        grades=list(db.session.scalars(queries.grades_of(school_id))),
        heads=list(heads),
        teachers=list(db.session.scalars(queries.teachers_of(school_id))),
        refusal=refusal,
    )
