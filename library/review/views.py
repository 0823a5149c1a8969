"""Pages of the review ladder: what waits, one request, and what a resource's page tells of it."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _
from core.paging import newest_first
from library.curriculum.models import Subject
from library.resources import queries as resources
from library.resources.licences import licence_of
from library.resources.models import Resource, ResourceKind, ReviewState
from library.resources.sheets import sheet_of
from library.review import panel, queries, services
from library.review.forms import ACCEPT, FOR_EVERYBODY, GIVE_BACK, DecisionForm, NoteForm, WithdrawalForm
from library.review.models import ReviewRequest
from library.review.policy import may_name_reviewers, may_review, may_submit, may_withdraw

bp = Blueprint("review", __name__)

WAITING, MINE, DECIDED = "waiting", "mine", "decided"
NUMBER_AT_END = re.compile(r"(\d{1,18})/?$")


@bp.get("/library/review")
@allow(may_review)
def index() -> ResponseReturnValue:
    """What waits for my decision, what I submitted, what my organisation decided."""
    which = request.args.get("list", WAITING)
    which = which if which in (WAITING, MINE, DECIDED) else WAITING
    subject_id = request.args.get("subject", 0, type=int)
    kind = request.args.get("kind", "")
    lists = {WAITING: queries.reviewable_by, MINE: queries.requests_of, DECIDED: queries.decided_for}
    shown = lists[which](current_hat())
    subjects = db.session.scalars(
        select(Subject).where(Subject.id.in_(shown.with_only_columns(Resource.subject_id)))
    ).all()
    if subject_id:
        shown = shown.where(Resource.subject_id == subject_id)
    if kind in set(ResourceKind):
        shown = shown.where(Resource.kind == kind)
    return render_template(
        "library/review/index.html",
        page=newest_first(_with_what_is_shown(shown), ReviewRequest.id, request.args.get("cursor")),
        which=which,
        waiting=db.session.scalar(
            queries.reviewable_by(current_hat()).with_only_columns(func.count()).order_by(None)
        ),
        subjects=subjects,
        subject_id=subject_id,
        kind=kind,
        kinds=list(ResourceKind),
    )


def _with_what_is_shown(shown: Select[ReviewRequest]) -> Select[ReviewRequest]:
    return shown.options(
        joinedload(ReviewRequest.resource).joinedload(Resource.subject),
        joinedload(ReviewRequest.organisation),
        joinedload(ReviewRequest.submitted_by),
    )


@bp.get("/library/review/<int:request_id>")
@allow(may_review)
def show(request_id: int) -> ResponseReturnValue:
    """One request: what the resource says, how it came here, and the decision."""
    return _decision_page(_waiting(request_id), _decision_form(_waiting(request_id)))


@bp.post("/library/review/<int:request_id>")
@allow(may_review)
def decide(request_id: int) -> ResponseReturnValue:
    """Accept or return, and go on to the next one that waits."""
    asked = _waiting(request_id)
    form = _decision_form(asked)
    if not form.validate_on_submit():
        return _decision_page(asked, form), 422
    hat, now = current_hat(), clock.now()
    try:
        with transaction():
            asked = _waiting(request_id)
            title = asked.resource.title
            if form.decision.data == GIVE_BACK:
                services.give_back(asked, hat, form.reason.data, now=now)
            else:
                services.accept(
                    asked,
                    hat,
                    form.reason.data,
                    version=_number(form),
                    for_everybody=form.decision.data == FOR_EVERYBODY,
                    now=now,
                )
    except DomainError as refusal:
        return _decision_page(_waiting(request_id), form, str(refusal)), 409
    flash(_("Decided: “%(title)s”.", title=title), "success")
    following = db.session.scalar(queries.reviewable_by(hat).order_by(ReviewRequest.id.desc()).limit(1))
    return redirect(url_for(".show", request_id=following.id) if following else url_for(".index"))


def _number(form: DecisionForm) -> int:
    return int(form.version.data) if str(form.version.data).isdecimal() else 0


def _waiting(request_id: int) -> ReviewRequest:
    asked: ReviewRequest = find(
        _with_what_is_shown(queries.reviewable_by(current_hat())).where(ReviewRequest.id == request_id)
    )
    return asked


def _decision_form(asked: ReviewRequest) -> DecisionForm:
    form = DecisionForm()
    licence = licence_of(asked.resource.licence)
    if asked.level is OrganisationKind.CITY and licence is not None and licence.is_free_to_pass_on:
        form.decision.choices = [
            SelectChoice(ACCEPT, _("Accept for the schools of the city")),
            SelectChoice(FOR_EVERYBODY, _("Accept for everybody: it becomes public")),
            SelectChoice(GIVE_BACK, _("Return to the author")),
        ]
    return form


def _decision_page(asked: ReviewRequest, form: DecisionForm, refusal: str = "") -> str:
    resource = asked.resource
    body = db.session.scalar(resources.body_of(resource.id))
    if not refusal:
        form.version.data = form.version.data or resource.version
    return render_template(
        "library/review/show.html",
        asked=asked,
        resource=resource,
        form=form,
        refusal=refusal,
        url=body.url if body else "",
        sheet=sheet_of(resource.kind, body.text if body else ""),
        questions=db.session.scalars(resources.items_of_resource(resource.id)).all(),
        points=db.session.scalars(resources.points_of(resource.id)).all(),
        licence=licence_of(resource.licence),
        **panel.change_log(resource.id),
    )


# What authors do


@bp.post("/library/<int:resource_id>/submit")
@allow(may_submit)
def submit(resource_id: int) -> ResponseReturnValue:
    """Ask the next level to take the resource."""
    form = NoteForm()
    with transaction():
        resource = _mine(resource_id)
        asked = services.submit(resource, current_hat(), note=form.note.data or "", now=clock.now())
        organisation = db.session.get_one(Organisation, asked.organisation_id)
        name = organisation.name
    flash(_("Submitted. Somebody else at %(name)s looks at it now.", name=name), "success")
    return redirect(url_for("resources.show", resource_id=resource_id))


@bp.post("/library/<int:resource_id>/take-back")
@allow(may_submit)
def take_back(resource_id: int) -> ResponseReturnValue:
    """Take it back before anybody decides."""
    with transaction():
        services.take_back(_mine(resource_id), current_hat(), now=clock.now())
    flash(_("Taken back. You can submit it again at any time."), "success")
    return redirect(url_for("resources.show", resource_id=resource_id))


def _mine(resource_id: int) -> Resource:
    resource: Resource = find(queries.climbing_by(current_hat()).where(Resource.id == resource_id))
    return resource


@bp.get("/library/<int:resource_id>/withdraw")
@allow(may_withdraw)
def withdrawal(resource_id: int) -> ResponseReturnValue:
    """Ask for the reason before a resource is taken away."""
    return _withdrawal_page(_withdrawn(resource_id), WithdrawalForm())


@bp.post("/library/<int:resource_id>/withdraw")
@allow(may_withdraw)
def withdraw(resource_id: int) -> ResponseReturnValue:
    """Take a resource away; who gave it to a class is told why."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _withdrawal_page(_withdrawn(resource_id), form), 422
    instead = _named((form.instead.data or "").strip(), resource_id)
    if form.instead.data and instead is None:
        form.instead.errors = [_("This is not the address of a resource that you see in this library.")]
        return _withdrawal_page(_withdrawn(resource_id), form), 422
    try:
        with transaction():
            services.withdraw(
                _withdrawn(resource_id),
                current_hat(),
                form.reason.data,
                instead=db.session.get(Resource, instead) if instead else None,
                now=clock.now(),
            )
    except DomainError as refusal:
        return _withdrawal_page(_withdrawn(resource_id), form, str(refusal)), 409
    flash(_("Withdrawn. It is not found any more; teachers who gave it to a class are told why."), "success")
    return redirect(url_for("resources.show", resource_id=resource_id))


@bp.post("/library/<int:resource_id>/restore")
@allow(may_withdraw)
def restore(resource_id: int) -> ResponseReturnValue:
    """Undo a withdrawal."""
    with transaction():
        resource: Resource = find(queries.restorable_by(current_hat()).where(Resource.id == resource_id))
        services.restore(resource, current_hat(), now=clock.now())
    flash(_("Published again."), "success")
    return redirect(url_for("resources.show", resource_id=resource_id))


def _withdrawn(resource_id: int) -> Resource:
    resource: Resource = find(queries.withdrawable_by(current_hat()).where(Resource.id == resource_id))
    return resource


def _named(address: str, besides: int) -> int | None:
    """The id of another visible resource by its address in this library."""
    number = NUMBER_AT_END.search(address)
    if number is None or int(number[1]) == besides:
        return None
    found: int | None = db.session.scalar(
        resources.visible_to(current_hat())
        .where(Resource.id == int(number[1]), Resource.review_state == ReviewState.PUBLISHED)
        .with_only_columns(Resource.id)
    )
    return found


def _withdrawal_page(resource: Resource, form: WithdrawalForm, refusal: str = "") -> str:
    return render_template("library/review/withdraw.html", resource=resource, form=form, refusal=refusal)


# What a resource's page tells


@bp.get("/library/<int:resource_id>/standing")
@allow(anyone_signed_in)
def standing(resource_id: int) -> ResponseReturnValue:
    """Where the resource stands on the ladder, and what I can do about it: a fragment."""
    hat = current_hat()
    resource: Resource = find(resources.openable_by(hat).where(Resource.id == resource_id))
    return render_template(
        "library/review/standing.html", resource=resource, standing=panel.standing(hat, resource)
    )


# Who reviews at a school


@bp.get("/library/reviewers")
@allow(may_name_reviewers)
def reviewers() -> ResponseReturnValue:
    """The teachers who review beside the school's administrators."""
    school = current_hat().organisation_id
    return render_template(
        "library/review/reviewers.html",
        reviewers=db.session.scalars(queries.reviewers_of(school)).all(),
        teachers=db.session.scalars(queries.nameable_in(school)).all(),
    )


@bp.post("/library/reviewers")
@allow(may_name_reviewers)
def name_reviewer() -> ResponseReturnValue:
    """Name a teacher of my school."""
    hat = current_hat()
    person_id = request.form.get("person_id", 0, type=int)
    with transaction():
        person: Person = find(queries.nameable_in(hat.organisation_id).where(Person.id == person_id))
        services.name_reviewer(hat.organisation_id, person.id, hat, now=clock.now())
        name = person.name
    flash(_("%(name)s reviews for your school now.", name=name), "success")
    return redirect(url_for(".reviewers"))


@bp.post("/library/reviewers/<int:person_id>/dismiss")
@allow(may_name_reviewers)
def dismiss_reviewer(person_id: int) -> ResponseReturnValue:
    """Let a teacher review no more."""
    hat = current_hat()
    with transaction():
        person: Person = find(queries.reviewers_of(hat.organisation_id).where(Person.id == person_id))
        services.dismiss_reviewer(hat.organisation_id, person.id, hat, now=clock.now())
    flash(_("Saved."), "success")
    return redirect(url_for(".reviewers"))
