"""Comments of the bank, and their uses."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.comments.models import BankComment, CommentRevision, CommentUse, RevisedUse
from homework.marking.models import Mark
from homework.submissions.models import Answer, Submission
from library.items.models import Item, ItemVersion


@dataclass(frozen=True, slots=True)
class Use:
    """One mark that carries a comment of the bank."""

    answer_id: int
    student_id: int
    assignment_id: int
    title: str
    question: int
    is_returned: bool
    version: int


def kept_by(hat: Hat) -> Select[BankComment]:
    """The teacher's comments that stand, general ones first, each kind by its code."""
    return (
        select(BankComment)
        .where(BankComment.owner_id == hat.person_id, BankComment.removed_at.is_(None))
        .order_by(BankComment.item_id.is_not(None), BankComment.code, BankComment.id)
    )


def of(hat: Hat, comment_id: int) -> Select[BankComment]:
    """One of the teacher's comments, removed or not."""
    return select(BankComment).where(BankComment.owner_id == hat.person_id, BankComment.id == comment_id)


def fitting(hat: Hat, item_id: int) -> Select[BankComment]:
    """What the teacher may want to say of an answer to the item: what she kept for it, then for any."""
    return (
        kept_by(hat)
        .where(or_(BankComment.item_id == item_id, BankComment.item_id.is_(None)))
        .order_by(None)
        .order_by(BankComment.item_id.is_(None), BankComment.code, BankComment.id)
    )


def uses_of(comment: BankComment) -> list[Use]:
    """The marks that carry *comment* and still say what it says, one statement."""
    rows = db.session.execute(
        select(
            Answer.id,
            Submission.student_id,
            Assignment.id,
            Assignment.title,
            AssignmentItem.position,
            Submission.returned_at.is_not(None),
            Mark.version,
        )
        .select_from(CommentUse)
        .join(Answer, Answer.id == CommentUse.answer_id)
        .join(Mark, Mark.answer_id == Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(
            CommentUse.bank_comment_id == comment.id,
            Mark.comment == comment.text,
            Mark.marked_by_id == comment.owner_id,
        )
        .order_by(Assignment.id.desc(), AssignmentItem.position, Answer.id)
    )
    return [Use(*row) for row in rows]


def use_counts(comment_ids: Collection[int]) -> dict[int, int]:
    """How many marks carry each of the comments."""
    rows = db.session.execute(
        select(CommentUse.bank_comment_id, func.count(CommentUse.answer_id))
        .join(BankComment, BankComment.id == CommentUse.bank_comment_id)
        .join(Mark, Mark.answer_id == CommentUse.answer_id)
        .where(
            BankComment.id.in_(comment_ids),
            Mark.comment == BankComment.text,
            Mark.marked_by_id == BankComment.owner_id,
        )
        .group_by(CommentUse.bank_comment_id)
    )
    return dict(rows.all())


def revisions_of(comment_id: int) -> Select[CommentRevision]:
    """How the comment was changed, the latest first."""
    return (
        select(CommentRevision)
        .where(CommentRevision.bank_comment_id == comment_id)
        .order_by(CommentRevision.id.desc())
    )


def revised_by(revision_id: int) -> Select[int]:
    """Ids of the answers whose comment a revision changed."""
    return select(RevisedUse.answer_id).where(RevisedUse.revision_id == revision_id)


def revision_by(hat: Hat, revision_id: int) -> Select[CommentRevision]:
    """A change that the teacher made."""
    return select(CommentRevision).where(
        CommentRevision.id == revision_id, CommentRevision.made_by_id == hat.person_id
    )


def prompts_of(item_ids: Collection[int]) -> dict[int, ItemVersion]:
    """The present wordings of the items for which comments are kept."""
    rows = db.session.execute(
        select(Item.id, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.id.in_(item_ids))
    )
    return dict(rows.all())


def item_asked(hat: Hat, question_id: int) -> Select[int]:
    """The item that a question of work which the teacher may mark asks."""
    taught = assignments.taught_by(hat).with_only_columns(Assignment.id)
    return (
        select(ItemVersion.item_id)
        .join(AssignmentItem, AssignmentItem.item_version_id == ItemVersion.id)
        .where(AssignmentItem.id == question_id, AssignmentItem.assignment_id.in_(taught))
    )
