"""Correct a key: choose, look, apply, look back, undo."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _
from core.jobs.queries import progress_of
from core.jobs.services import enqueue
from core.paging import newest_first
from homework.assignments.models import Assignment, AssignmentItem
from homework.regrades import forms, policy, queries, services, undoing
from homework.regrades.errors import ChangedSincePreview
from homework.regrades.models import Regrade, RegradeState
from homework.regrades.portions import are_few
from homework.regrades.previews import preview_of
from homework.regrades.rulings import has_key, is_same_but_for_key
from homework.regrades.standings import recorded
from homework.regrades.tasks import carry_out, take_back
from learning.attempts.client_keys import read_client_key
from library.items.models import Item, ItemVersion

bp = Blueprint("regrades", __name__)

MOST_SHOWN = 5


@bp.get("/items/<int:item_id>/work")
@allow(policy.may_regrade)
def of_item(item_id: int) -> ResponseReturnValue:
    """Work that I gave and that asks this question: a part of the question's editor.

    What has another key than the question has now is led to where that is put right.
    """
    rows = db.session.execute(queries.work_asking(current_hat(), item_id)).all()
    item = db.session.get(Item, item_id, options=[joinedload(Item.current_version)]) if rows else None
    present = item.current_version if item else None
    return render_template(
        "homework/regrades/of_item.html",
        rows=[
            (question, work, present is not None and is_same_but_for_key(version, present))
            for question, work, version in rows
        ],
        most=MOST_SHOWN,
    )


@bp.get("/questions/<int:question_id>/regrade")
@allow(policy.may_regrade)
def new(question_id: int) -> ResponseReturnValue:
    """The question with its key, to be corrected."""
    return _form_page(_question(question_id))


@bp.post("/questions/<int:question_id>/regrade")
@allow(policy.may_regrade)
def preview(question_id: int) -> ResponseReturnValue:
    """Whose marks would change, from what to what. Nothing is written yet."""
    return _preview_page(_question(question_id))


@bp.post("/questions/<int:question_id>/regrade/apply")
@allow(policy.may_regrade)
def apply(question_id: int) -> ResponseReturnValue:
    """Do what the preview showed: at once, or by a job where there are very many answers."""
    hat, now = current_hat(), clock.now()
    try:
        with transaction():
            question = _question(question_id)
            wish = forms.read_wish(question.item_version, request.form)
            key = read_client_key(request.form.get("client_key"))
            regrade, is_new = services.begin(
                question, hat, wish, seen=request.form.get("seen", ""), client_key=key, now=now
            )
            if is_new:
                waiting = services.attempts_to_change(regrade)
                if are_few(len(waiting)):
                    services.write(regrade, now=now)
                    services.finish(regrade, now=now)
                else:
                    enqueue(carry_out, arguments={"regrade_id": regrade.id})
            regrade_id = regrade.id
    except ChangedSincePreview as refusal:
        return _preview_page(_question(question_id), refusal)
    except DomainError as refusal:
        return _form_page(_question(question_id), refusal), 422
    return redirect(url_for(".show", regrade_id=regrade_id), 303)


@bp.get("/regrades")
@allow(policy.may_regrade)
def index() -> ResponseReturnValue:
    """What I marked anew, and what others did to work that I gave; the newest first."""
    page = newest_first(
        queries.visible_to(current_hat()).options(joinedload(Regrade.made_by)),
        Regrade.id,
        request.args.get("cursor"),
    )
    return render_template(
        "homework/regrades/index.html",
        rows=page.rows,
        about=queries.titles_of([one.id for one in page.rows], current_hat()),
        next_cursor=page.next,
    )


@bp.get("/regrades/<int:regrade_id>")
@allow(policy.may_regrade)
def show(regrade_id: int) -> ResponseReturnValue:
    """What it changed; how far it is, while a job is at work."""
    hat = current_hat()
    visible = queries.visible_to(hat).options(joinedload(Regrade.made_by), joinedload(Regrade.new_version))
    regrade: Regrade = find(visible.where(Regrade.id == regrade_id))
    changes = recorded(regrade)
    return render_template(
        "homework/regrades/show.html",
        regrade=regrade,
        version=queries.wording_of(regrade),
        found=preview_of(changes, answers=len(changes), hat=hat, digest=""),
        numbers=queries.numbers_of(regrade),
        may_undo=queries.may_undo(hat, regrade),
        is_at_work=regrade.state in (RegradeState.APPLYING, RegradeState.UNDOING),
        progress=_progress(regrade),
    )


@bp.post("/regrades/<int:regrade_id>/undo")
@allow(policy.may_regrade)
def undo(regrade_id: int) -> ResponseReturnValue:
    """Put everything back as it was: who did it, or who is in charge of all that it concerns."""
    hat, now = current_hat(), clock.now()
    with transaction():
        regrade: Regrade = find(queries.undone_by(hat).where(Regrade.id == regrade_id))
        if undoing.begin_undo(regrade, hat, now=now):
            if are_few(undoing.number_of_changes(regrade)):
                undoing.write_back(regrade, now=now)
                undoing.finish_undo(regrade, now=now)
            else:
                enqueue(take_back, arguments={"regrade_id": regrade.id})
    flash(_("Everything is as it was before."), "success")
    return redirect(url_for(".show", regrade_id=regrade_id), 303)


def _question(question_id: int) -> AssignmentItem:
    found: AssignmentItem = find(queries.question_of(current_hat(), question_id))
    return found


def _page(question: AssignmentItem, refusal: DomainError | None) -> dict[str, Any]:
    hat: Hat = current_hat()
    form = request.form
    version = question.item_version
    return {
        "question": question,
        "version": version,
        "assignment": db.session.get_one(
            Assignment, question.assignment_id, options=[joinedload(Assignment.subject)]
        ),
        "owns": queries.owns(hat, version.item),
        "has_key": has_key(version),
        "policy": forms.policy_in(form).value if form or has_key(version) else "full",
        "key": forms.typed_key(version, form) if form else _key_to_begin_with(version),
        "explanation": form.get("explanation", version.explanation),
        "reason": form.get("reason", ""),
        "everywhere": form.get("everywhere") == "1",
        "longest_reason": forms.LONGEST_REASON,
        "refusal": refusal,
    }


def _key_to_begin_with(version: ItemVersion) -> dict[str, Any]:
    """The key as it is, or as the question has it since its author changed it (``?present=``)."""
    present = db.session.get(ItemVersion, version.item.current_version_id)
    if "present" in request.args and present is not None and is_same_but_for_key(version, present):
        return present.correct
    return version.correct


def _form_page(question: AssignmentItem, refusal: DomainError | None = None) -> str:
    earlier = list(db.session.scalars(queries.of_question(question.id).options(joinedload(Regrade.made_by))))
    return render_template("homework/regrades/new.html", earlier=earlier, **_page(question, refusal))


def _preview_page(question: AssignmentItem, refusal: DomainError | None = None) -> ResponseReturnValue:
    hat = current_hat()
    if request.form.get("back"):
        return _form_page(question)
    try:
        wish = forms.read_wish(question.item_version, request.form)
        plan = services.plan(question, hat, wish)
    except DomainError as wrong:
        return _form_page(question, wrong), 422
    found = preview_of(plan.changes, answers=plan.answers, hat=hat, digest=plan.digest)
    page = render_template(
        "homework/regrades/preview.html",
        found=found,
        wordings=[one.number for one in plan.versions],
        fields=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in ("csrf_token", "seen", "client_key", "overwrite")
        ],
        client_key=uuid4(),
        **_page(question, refusal),
    )
    return (page, 409) if refusal else (page, 200)


def _progress(regrade: Regrade) -> tuple[int, int]:
    name = carry_out.name if regrade.state is RegradeState.APPLYING else take_back.name
    return progress_of(name, regrade_id=regrade.id)
