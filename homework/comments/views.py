"""A teacher's comments: kept, changed with their uses, taken out and put back."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _, ngettext
from homework.comments import policy, queries, services
from homework.comments.errors import CommentChangedMeanwhile, EmptyComment, SameComment
from homework.comments.models import BankComment, CommentRevision

bp = Blueprint("comments", __name__)


@bp.get("/comments")
@allow(policy.may_keep_comments)
def index() -> ResponseReturnValue:
    """What I keep: general comments, and those for single questions."""
    return _list_page()


@bp.post("/comments")
@allow(policy.may_keep_comments)
def keep() -> ResponseReturnValue:
    """Keep a comment; the marking page does so too, with its question, and gets it as JSON."""
    hat = current_hat()
    try:
        with transaction():
            question_id = request.form.get("question", type=int)
            item_id = find(queries.item_asked(hat, question_id)) if question_id is not None else None
            made = services.keep(hat, request.form.get("text", ""), item_id=item_id, now=clock.now())
            answer = {"id": made.id, "code": made.code, "text": made.text}
    except EmptyComment as refusal:
        if request.accept_mimetypes.best == "application/json":
            raise
        return _list_page(refusal), 422
    if request.accept_mimetypes.best == "application/json":
        return answer
    flash(_("The comment is kept."), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/comments/<int:comment_id>")
@allow(policy.may_keep_comments)
def edit(comment_id: int) -> ResponseReturnValue:
    """One comment: where it was used, and how it was changed."""
    return _edit_page(_comment(comment_id))


@bp.post("/comments/<int:comment_id>")
@allow(policy.may_keep_comments)
def revise(comment_id: int) -> ResponseReturnValue:
    """Change it, and the marks that carry it."""
    hat, now = current_hat(), clock.now()
    text = request.form.get("text", "")
    try:
        with transaction():
            services.revise(
                _comment(comment_id),
                hat,
                text,
                seen=request.form.get("seen", ""),
                reaches_returned=request.form.get("reaches") == "all",
                now=now,
            )
    except (EmptyComment, SameComment, CommentChangedMeanwhile) as refusal:
        page = _edit_page(_comment(comment_id), refusal, text)
        return page, 409 if isinstance(refusal, CommentChangedMeanwhile) else 422
    flash(_("The comment is changed, here and where it was used."), "success")
    return redirect(url_for(".edit", comment_id=comment_id), 303)


@bp.post("/comments/<int:comment_id>/removal")
@allow(policy.may_keep_comments)
def remove(comment_id: int) -> ResponseReturnValue:
    """Take it out of the bank (``removed=1``), or put it back."""
    is_removed = request.form.get("removed") == "1"
    with transaction():
        comment = _comment(comment_id)
        if is_removed:
            services.remove(comment, now=clock.now())
        else:
            services.put_back(comment)
    if is_removed:
        flash(_("The comment is taken out. Where it was used, it stays."), "success")
    return redirect(url_for(".edit", comment_id=comment_id) if is_removed else url_for(".index"), 303)


@bp.post("/comments/revisions/<int:revision_id>/undo")
@allow(policy.may_keep_comments)
def undo(revision_id: int) -> ResponseReturnValue:
    """Let it say again what it said."""
    hat = current_hat()
    with transaction():
        revision: CommentRevision = find(queries.revision_by(hat, revision_id))
        comment_id = revision.bank_comment_id
        number = services.undo(revision, hat, now=clock.now())
    flash(
        ngettext("%(num)s mark says again what it said.", "%(num)s marks say again what they said.", number),
        "success",
    )
    return redirect(url_for(".edit", comment_id=comment_id), 303)


def _comment(comment_id: int) -> BankComment:
    found: BankComment = find(queries.of(current_hat(), comment_id))
    return found


def _list_page(refusal: DomainError | None = None) -> str:
    kept = list(db.session.scalars(queries.kept_by(current_hat())))
    prompts = queries.prompts_of({one.item_id for one in kept if one.item_id is not None})
    return render_template(
        "homework/comments/index.html",
        kept=kept,
        prompts=prompts,
        uses=queries.use_counts([one.id for one in kept]),
        refusal=refusal,
        typed=request.form.get("text", ""),
        longest=services.LONGEST_COMMENT,
    )


def _edit_page(comment: BankComment, refusal: DomainError | None = None, typed: str | None = None) -> str:
    uses = queries.uses_of(comment)
    works = {one.assignment_id: one.title for one in uses}
    return render_template(
        "homework/comments/edit.html",
        comment=comment,
        text=comment.text if typed is None else typed,
        works=[
            {
                "id": assignment_id,
                "title": title,
                "here": counted[False],
                "returned": counted[True],
            }
            for assignment_id, title in works.items()
            for counted in [Counter(one.is_returned for one in uses if one.assignment_id == assignment_id)]
        ],
        here=sum(not one.is_returned for one in uses),
        returned=sum(one.is_returned for one in uses),
        seen=services.digest_of(uses),
        revisions=list(db.session.scalars(queries.revisions_of(comment.id))),
        prompt=queries.prompts_of({comment.item_id}).get(comment.item_id) if comment.item_id else None,
        refusal=refusal,
        longest=services.LONGEST_COMMENT,
    )
