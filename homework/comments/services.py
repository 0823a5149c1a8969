"""Keep comments, use them, and change them wherever they were used."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db, upsert
from homework.comments import queries
from homework.comments.codes import code_of
from homework.comments.errors import CommentChangedMeanwhile, EmptyComment, RevisionNotLast, SameComment
from homework.comments.models import BankComment, CommentRevision, CommentUse, RevisedUse
from homework.comments.queries import Use
from homework.marking.history import Given, held_marks
from homework.marking.models import Mark
from homework.marking.services import change_marks
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.submissions.models import Answer, Submission

LONGEST_COMMENT = 2_000


def keep(hat: Hat, text: str, *, item_id: int | None, now: datetime) -> BankComment:
    """Put a comment into the bank; one that stands there already is that one.

    Raises:
        EmptyComment: it says nothing.
    """
    text = _written(text)
    standing = queries.kept_by(hat).where(
        BankComment.text == text, BankComment.item_id.is_not_distinct_from(item_id)
    )
    found: BankComment | None = db.session.scalars(standing).first()
    if found is None:
        found = BankComment(
            owner_id=hat.person_id, item_id=item_id, text=text, code=code_of(text), made_at=now
        )
        db.session.add(found)
        db.session.flush()
    return found


def remove(comment: BankComment, *, now: datetime) -> None:
    """Take a comment out of the bank; where it was used, it stays."""
    comment.removed_at = comment.removed_at or now


def put_back(comment: BankComment) -> None:
    """Undo the removal."""
    comment.removed_at = None


def note_use(comment: BankComment, marks: Collection[Mark]) -> None:
    """Remember that *marks* took their comment from the bank; what was written by hand is not linked."""
    rows = [
        {"answer_id": one.answer_id, "bank_comment_id": comment.id}
        for one in marks
        if one.comment == comment.text
    ]
    upsert(CommentUse, rows, keys=["answer_id"], update=["bank_comment_id"])


def digest_of(uses: Sequence[Use]) -> str:
    """Of exactly the marks that a change would reach: what was looked at is what is changed."""
    content = [(one.answer_id, one.version, one.is_returned) for one in uses]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def revise(
    comment: BankComment, hat: Hat, text: str, *, seen: str, reaches_returned: bool, now: datetime
) -> CommentRevision:
    """Let *comment* say *text*, and with it the marks that carry it: those not yet returned, or all of them.

    Who has the work back already is told.

    Raises:
        EmptyComment: it would say nothing.
        SameComment: it says this already.
        CommentChangedMeanwhile: its uses are others than those of the preview *seen*.
    """
    text = _written(text)
    if text == comment.text:
        raise SameComment
    held_marks(sorted(one.answer_id for one in queries.uses_of(comment)))
    uses = queries.uses_of(comment)
    if digest_of(uses) != seen:
        raise CommentChangedMeanwhile
    reached = [one for one in uses if reaches_returned or not one.is_returned]
    revision = CommentRevision(
        bank_comment_id=comment.id,
        earlier_text=comment.text,
        text=text,
        made_by_id=hat.person_id,
        made_at=now,
    )
    db.session.add(revision)
    comment.text, comment.code = text, code_of(text)
    db.session.flush()
    if reached:
        rows = [{"revision_id": revision.id, "answer_id": one.answer_id} for one in reached]
        db.session.execute(insert(RevisedUse), rows)
    _say([one.answer_id for one in reached], revision.earlier_text, text, now)
    _tell(revision, [one for one in reached if one.is_returned], text, now)
    _log("revise_comment", revision, hat, now)
    return revision


def undo(revision: CommentRevision, hat: Hat, *, now: datetime) -> int:
    """Let the comment say again what it said, wherever the revision changed it and nobody did since.

    Returns how many marks that were.

    Raises:
        RevisionNotLast: the comment was changed again since.
    """
    comment = db.session.get_one(BankComment, revision.bank_comment_id)
    last = db.session.scalars(
        queries.revisions_of(comment.id).where(CommentRevision.undone_at.is_(None)).limit(1)
    ).first()
    if revision.undone_at is not None:
        return 0
    if last is None or last.id != revision.id or comment.text != revision.text:
        raise RevisionNotLast
    answer_ids = list(db.session.scalars(queries.revised_by(revision.id)))
    changed = _say(answer_ids, revision.text, revision.earlier_text, now)
    comment.text, comment.code = revision.earlier_text, code_of(revision.earlier_text)
    revision.undone_at = now
    db.session.flush()
    returned = [one for one in queries.uses_of(comment) if one.is_returned and one.answer_id in changed]
    _tell(revision, returned, revision.earlier_text, now)
    _log("undo_revised_comment", revision, hat, now)
    return len(changed)


def _say(answer_ids: Sequence[int], before: str, after: str, now: datetime) -> set[int]:
    """Let the marks of the answers say *after* where they say *before*; which those were."""
    changes = {
        one.answer_id: Given(one.points, after, one.source, one.marked_by_id, now)
        for one in held_marks(sorted(answer_ids)).values()
        if one.comment == before
    }
    return set(change_marks(changes))


def _tell(revision: CommentRevision, returned: Sequence[Use], text: str, now: datetime) -> None:
    about = f"comment:{revision.id}:{'undone' if revision.undone_at else 'made'}"
    questions: dict[tuple[int, int], list[int]] = {}
    for one in returned:
        questions.setdefault((one.student_id, one.assignment_id), []).append(one.question)
    submissions = dict(
        db.session.execute(
            select(Answer.id, Submission.id)
            .join(Submission, Submission.id == Answer.submission_id)
            .where(Answer.id.in_([one.answer_id for one in returned]))
        ).all()
    )
    places = {(one.student_id, one.assignment_id): submissions[one.answer_id] for one in returned}
    for (student_id, assignment_id), numbers in questions.items():
        details = {
            "reason": text,
            "questions": sorted(numbers),
            "work": places[student_id, assignment_id],
        }
        tell_of_work(student_id, assignment_id, NewsKind.COMMENT_CHANGED, about, details=details, now=now)


def _written(text: str) -> str:
    text = text.strip()[:LONGEST_COMMENT]
    if not text:
        raise EmptyComment
    return text


def _log(verb: str, revision: CommentRevision, hat: Hat, now: datetime) -> None:
    details = {"revision": revision.id, "from": revision.earlier_text, "to": revision.text}
    record(
        verb,
        "bank_comment",
        revision.bank_comment_id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details=details,
    )
