"""Annotations by page, for those who may see them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from accounts.people.models import Hat, Person
from core.database import db
from homework.annotations.models import PageNote
from homework.annotations.shapes import NoteKind
from homework.assignments.models import AssignmentItem
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Submission


@dataclass(slots=True)
class Annotated:
    """What stands on one page."""

    drawn: int = 0
    """Strokes, stamps and texts."""
    spoken: list[PageNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page with what a teacher needs around it."""

    page: Page
    answer: Answer
    submission: Submission
    question: AssignmentItem
    student: Person


def of_page(page_id: int) -> Select[PageNote]:
    """What is to be seen on a page, the oldest first."""
    return (
        select(PageNote)
        .where(PageNote.page_id == page_id, PageNote.removed_at.is_(None))
        .order_by(PageNote.id)
    )


def with_keys(page_id: int, keys: Collection[object]) -> Select[PageNote]:
    """Those notes of a page that devices gave these keys, whether they are to be seen or not."""
    return select(PageNote).where(PageNote.page_id == page_id, PageNote.client_key.in_(keys))


def on_pages(page_ids: Collection[int]) -> dict[int, Annotated]:
    """What stands on pages, by page, in one query; pages without anything are left out."""
    found: dict[int, Annotated] = defaultdict(Annotated)
    if not page_ids:
        return found
    notes = (
        select(PageNote)
        .where(PageNote.page_id.in_(page_ids), PageNote.removed_at.is_(None))
        .order_by(PageNote.id)
    )
    for note in db.session.scalars(notes):
        if note.kind is NoteKind.VOICE:
            found[note.page_id].spoken.append(note)
        else:
            found[note.page_id].drawn += 1
    return dict(found)


def annotated_by(hat: Hat, page_id: int) -> Select[Page, Answer, Submission, AssignmentItem, Person]:
    """The page, if the teacher may mark it, with its answer, hand-in, question and pupil."""
    return (
        select(Page, Answer, Submission, AssignmentItem, Person)
        .join(Answer, Answer.id == Page.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .join(Person, Person.id == Submission.student_id)
        .where(
            Page.id == page_id,
            Submission.id.in_(submissions.visible_to(hat).with_only_columns(Submission.id)),
        )
    )


def pages_shown_to(hat: Hat) -> Select[Page]:
    """The pages whose annotations the hat may see: of a pupil's own work once it is returned."""
    pages = submissions.pages_visible_to(hat)
    if hat.is_teacher:
        return pages
    back = aliased(Submission)
    return pages.where(
        Page.answer_id.in_(
            select(Answer.id).join(back, back.id == Answer.submission_id).where(back.returned_at.is_not(None))
        )
    )


def sounds_for(hat: Hat) -> Select[PageNote]:
    """The spoken comments that the hat may hear."""
    shown = pages_shown_to(hat).with_only_columns(Page.id)
    return select(PageNote).where(
        PageNote.kind == NoteKind.VOICE, PageNote.removed_at.is_(None), PageNote.page_id.in_(shown)
    )


def pages_of_question(hat: Hat, question_id: int) -> Select[int]:
    """Ids of all pages that a teacher's pupils handed in for a question, pupil by pupil."""
    visible = submissions.visible_to(hat).where(submissions.counts()).with_only_columns(Submission.id)
    return (
        select(Page.id)
        .join(Answer, Answer.id == Page.answer_id)
        .where(Answer.assignment_item_id == question_id, Answer.submission_id.in_(visible))
        .order_by(Answer.id, Page.position)
    )
