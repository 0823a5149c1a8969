"""Duplicates side by side."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, Invalid
from core.i18n import _
from core.jobs.queries import unfinished
from core.jobs.services import enqueue
from core.paging import Page, newest_first
from library.duplicates import queries, services, tasks
from library.duplicates.models import DuplicatePair, Sameness
from library.duplicates.policy import may_judge, may_search
from library.resources.models import Resource
from library.resources.queries import openable_by
from library.resources.sheets import sheet_of
from library.review.queries import withdrawable_by

bp = Blueprint("duplicates", __name__)

A_PAGE = 10
BOTH = "both"


@bp.get("/library/duplicates")
@allow(may_judge)
def index() -> ResponseReturnValue:
    """Pairs that nobody has judged, side by side."""
    return _pairs_page()


@bp.post("/library/duplicates/<int:pair_id>")
@allow(may_judge)
def judge(pair_id: int) -> ResponseReturnValue:
    """Keep both, or withdraw one in favour of the other."""
    hat, now = current_hat(), clock.now()
    keep = request.form.get("keep", "")
    reason = request.form.get("reason", "")[:1000]
    try:
        with transaction():
            pair: DuplicatePair = find(queries.unjudged(hat).where(DuplicatePair.id == pair_id))
            if keep == BOTH:
                services.keep_both(pair, hat, now=now)
            else:
                kept_id, other_id = pair.first_id, pair.second_id
                if keep == str(other_id):
                    kept_id, other_id = other_id, kept_id
                withdrawn: Resource = find(withdrawable_by(hat).where(Resource.id == other_id))
                kept: Resource = find(openable_by(hat).where(Resource.id == kept_id))
                services.prefer(pair, kept, withdrawn, hat, reason, now=now)
    except (Conflict, Invalid) as refusal:
        return _pairs_page(refusal=str(refusal)), 409
    flash(_("Both are kept.") if keep == BOTH else _("Withdrawn; it leads to the other one now."), "success")
    return redirect(url_for(".index"))


@bp.post("/library/duplicates/search")
@allow(may_search)
def search() -> ResponseReturnValue:
    """Look through the library now."""
    with transaction():
        enqueue(tasks.find, key="library.find_duplicates", arguments={})
    flash(_("The library is being looked through. The pairs stand here in a few minutes."), "info")
    return redirect(url_for(".index"))


def _pairs_page(refusal: str = "") -> str:
    hat = current_hat()
    sameness = request.args.get("sameness", "")
    shown = queries.unjudged(hat)
    if sameness in set(Sameness):
        shown = shown.where(DuplicatePair.sameness == sameness)
    page: Page[DuplicatePair] = newest_first(
        shown.options(
            joinedload(DuplicatePair.first).joinedload(Resource.subject),
            joinedload(DuplicatePair.second).joinedload(Resource.subject),
        ),
        DuplicatePair.id,
        request.args.get("cursor"),
        A_PAGE,
    )
    ids = [number for pair in page.rows for number in (pair.first_id, pair.second_id)]
    kinds = {one.id: one.kind for pair in page.rows for one in (pair.first, pair.second)}
    own = withdrawable_by(hat).where(Resource.id.in_(ids)).with_only_columns(Resource.id)
    return render_template(
        "library/duplicates/index.html",
        page=page,
        refusal=refusal,
        sameness=sameness,
        withdrawable=set(db.session.scalars(own)),
        texts={
            number: (sheet_of(kinds[number], text or "").text, url)
            for number, text, url in db.session.execute(queries.body_texts(ids))
        },
        total=db.session.scalar(
            queries.unjudged(hat).with_only_columns(func.count(DuplicatePair.id)).order_by(None)
        ),
        may_search=may_search(hat),
        is_searching=db.session.scalar(unfinished(tasks.find.name).limit(1)) is not None,
    )
