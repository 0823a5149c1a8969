"""A teacher's groups: list, make, change, dissolve."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.classes.queries import class_ids_of
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _
from homework.groups import queries, services
from homework.groups.errors import GroupChangedMeanwhile
from homework.groups.models import PupilGroup
from homework.groups.policy import may_group

bp = Blueprint("groups", __name__, url_prefix="/groups")
LONGEST_NAME = 60


@bp.get("")
@allow(may_group)
def index() -> ResponseReturnValue:
    """The teacher's groups by class."""
    hat = current_hat()
    kept = list(db.session.scalars(queries.kept_by(hat).options(joinedload(PupilGroup.school_class))))
    return render_template(
        "homework/groups/index.html",
        groups=kept,
        sizes=dict(db.session.execute(queries.sizes([one.id for one in kept])).all()),
        classes=list(db.session.scalars(queries.classes_of(hat))),
        dissolved=_dissolved(request.args.get("dissolved", type=int)),
    )


@bp.get("/new")
@allow(may_group)
def new() -> ResponseReturnValue:
    """A group to be made in ``?class=``."""
    wanted = request.args.get("class", type=int)
    school_class = find(queries.classes_of(current_hat()).where(SchoolClass.id == wanted))
    return _form_page(school_class)


@bp.post("")
@allow(may_group)
def create() -> ResponseReturnValue:
    """Keep the group."""
    hat, now = current_hat(), clock.now()
    class_id = request.form.get("class_id", default=0, type=int)
    school_class = find(queries.classes_of(hat).where(SchoolClass.id == class_id))
    try:
        with transaction():
            services.make_group(hat, class_id, _name(), _chosen(), now=now)
    except DomainError as refusal:
        return _form_page(school_class, refusal=refusal), 422
    flash(_("The group is kept. You can choose it when you assign work."), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:group_id>")
@allow(may_group)
def edit(group_id: int) -> ResponseReturnValue:
    """One group, to be changed."""
    group = _group(group_id)
    return _form_page(group.school_class, group)


@bp.post("/<int:group_id>")
@allow(may_group)
def change(group_id: int) -> ResponseReturnValue:
    """Rename the group, and say anew who is in it."""
    version = request.form.get("version", default=0, type=int)
    try:
        with transaction():
            services.change_group(_group(group_id), _name(), _chosen(), version=version)
    except DomainError as refusal:
        status = 409 if isinstance(refusal, GroupChangedMeanwhile) else 422
        group = _group(group_id)
        return _form_page(group.school_class, group, refusal), status
    flash(_("The group is changed."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:group_id>/dissolve")
@allow(may_group)
def dissolve(group_id: int) -> ResponseReturnValue:
    """Offer the group no more; the list then offers to keep it on."""
    with transaction():
        services.dissolve(_group(group_id), now=clock.now())
    return redirect(url_for(".index", dissolved=group_id), 303)


@bp.post("/<int:group_id>/keep-on")
@allow(may_group)
def keep_on(group_id: int) -> ResponseReturnValue:
    """Undo the dissolving."""
    hat = current_hat()
    with transaction():
        services.keep_on(
            find(
                select(PupilGroup).where(
                    PupilGroup.id == group_id,
                    PupilGroup.teacher_id == hat.person_id,
                    PupilGroup.class_id.in_(class_ids_of(hat)),
                )
            )
        )
    return redirect(url_for(".index"), 303)


def _group(group_id: int) -> PupilGroup:
    query = queries.kept_by(current_hat()).where(PupilGroup.id == group_id)
    found: PupilGroup = find(query.options(joinedload(PupilGroup.school_class)))
    return found


def _dissolved(group_id: int | None) -> PupilGroup | None:
    """The teacher's group that was dissolved a moment ago."""
    return db.session.scalar(
        select(PupilGroup).where(
            PupilGroup.id == group_id,
            PupilGroup.teacher_id == current_hat().person_id,
            PupilGroup.ended_at.is_not(None),
        )
    )


def _name() -> str:
    return request.form.get("name", "")[:LONGEST_NAME]


def _chosen() -> set[int]:
    return set(request.form.getlist("student_ids", type=int))


def _form_page(
    school_class: SchoolClass, group: PupilGroup | None = None, refusal: DomainError | None = None
) -> str:
    if refusal is not None:
        name, chosen = _name(), _chosen()
    elif group is not None:
        name, chosen = group.name, set(db.session.scalars(queries.member_ids(group.id)))
    else:
        name, chosen = "", set()
    return render_template(
        "homework/groups/edit.html",
        school_class=school_class,
        group=group,
        name=name,
        chosen=chosen,
        pupils=db.session.execute(queries.pupils_of(school_class.id)).all(),
        refusal=refusal,
        longest=LONGEST_NAME,
    )
