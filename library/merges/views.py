"""Pages for those who keep the city's curriculum: likely duplicates, what a merge would do, and its undo."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _
from core.paging import newest_first
from library.curriculum.models import KnowledgePoint, Subject
from library.curriculum.policy import may_keep_curriculum
from library.curriculum.queries import built_on, needed_for
from library.merges import queries, services
from library.merges.alike import Named, alike
from library.merges.models import PointMerge
from library.merges.words import table_name

bp = Blueprint("merges", __name__)

MOST_PAIRS = 50
MOST_FOUND = 20
MOST_MERGES = 20


@bp.get("/library/curriculum/duplicates")
@allow(may_keep_curriculum)
def index() -> ResponseReturnValue:
    """Points of a subject whose names are alike, points found by name, and the merges there were."""
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id)).all()
    code = request.args.get("subject", "")
    subject = next((one for one in subjects if one.code == code), subjects[0] if subjects else None)
    text = request.args.get("q", "").strip()[:100]
    points = (
        {one.id: one for one in db.session.scalars(queries.present_points(subject.id))} if subject else {}
    )
    pairs = alike(Named(one.id, one.name) for one in points.values())
    return render_template(
        "library/merges/index.html",
        subjects=subjects,
        subject=subject,
        text=text,
        points=points,
        pairs=pairs[:MOST_PAIRS],
        pair_count=len(pairs),
        found=_found(subject, text),
        first=next((one for one in points.values() if one.code == request.args.get("first")), None),
        merges=newest_first(queries.merges(), PointMerge.id, request.args.get("cursor"), size=MOST_MERGES),
    )


def _found(subject: Subject | None, text: str) -> Sequence[KnowledgePoint]:
    if subject is None or not text:
        return []
    return db.session.scalars(queries.points_named(subject.id, text).limit(MOST_FOUND)).all()


@bp.get("/library/curriculum/merge")
@allow(may_keep_curriculum)
def preview() -> ResponseReturnValue:
    """Two points side by side, and what would move."""
    merged, kept = services.find_pair(request.args.get("merged", ""), request.args.get("kept", ""))
    refusal = ""
    try:
        services.check(merged, kept)
    except DomainError as refused:
        refusal = str(refused)
    subject = db.session.get_one(Subject, kept.subject_id)
    sides = [
        {
            "point": one,
            "needs": db.session.scalars(needed_for(one.id)).all(),
            "leads": db.session.scalars(built_on(one.id)).all(),
        }
        for one in (merged, kept)
    ]
    return render_template(
        "library/merges/preview.html",
        merged=merged,
        kept=kept,
        subject=subject,
        sides=sides,
        refusal=refusal,
        moving=[] if refusal else services.preview(merged, kept),
        table_name=table_name,
    )


@bp.post("/library/curriculum/merge")
@allow(may_keep_curriculum)
def merge() -> ResponseReturnValue:
    """Make the two one."""
    with transaction():
        merged, kept = services.find_pair(request.form.get("merged", ""), request.form.get("kept", ""))
        services.merge(merged, kept, by=current_hat(), now=clock.now())
        names = {"merged": merged.name, "kept": kept.name}
        subject = db.session.get_one(Subject, kept.subject_id).code
    flash(_("“%(merged)s” is part of “%(kept)s” now. It can be undone below.", **names), "success")
    return redirect(url_for(".index", subject=subject, _anchor="merges"), 303)


@bp.post("/library/curriculum/merges/<int:merge_id>/undo")
@allow(may_keep_curriculum)
def undo(merge_id: int) -> ResponseReturnValue:
    """Make them two again."""
    with transaction():
        made: PointMerge = find(queries.merges().where(PointMerge.id == merge_id))
        services.undo(made, by=current_hat(), now=clock.now())
        names = {"merged": made.merged.name, "kept": made.kept.name}
        subject = db.session.get_one(Subject, made.kept.subject_id).code
    flash(_("“%(merged)s” and “%(kept)s” are two knowledge points again.", **names), "success")
    return redirect(url_for(".index", subject=subject, _anchor="merges"), 303)
