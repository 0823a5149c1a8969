"""Annotations on photographs of hand-ins, for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, Select, and_, select, union_all
from sqlalchemy.orm import aliased

from accounts.people.models import Hat, Person
from core.database import db
from homework.annotations.models import PageNote
from homework.annotations.shapes import NoteKind
from homework.annotations.sheets import Annotated, Sheet, gather
from homework.assignments.models import AssignmentItem
from homework.readings.queries import pages_readable
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Submission


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page with what a teacher needs around it."""

    page: Page
    answer: Answer
    submission: Submission
    question: AssignmentItem
    student: Person


def seen_on(page_ids: Collection[int] | Select[int]) -> CompoundSelect[int, int]:
    """Rows (page id, note id): what stands on pages, and on the same pages of those who handed in together.

    Each member of a group has pages of her own; what a teacher draws on one of them is meant for all.
    """
    own = select(PageNote.page_id.label("page_id"), PageNote.id.label("note_id"))
    shown, other = aliased(Page), aliased(Page)
    answer, others_answer = aliased(Answer), aliased(Answer)
    part, others_part = aliased(Submission), aliased(Submission)
    shared = (
        select(shown.id.label("page_id"), PageNote.id.label("note_id"))
        .join(answer, answer.id == shown.answer_id)
        .join(part, part.id == answer.submission_id)
        .join(others_part, others_part.team_hand_in_id == part.team_hand_in_id)
        .join(
            others_answer,
            and_(
                others_answer.submission_id == others_part.id,
                others_answer.assignment_item_id == answer.assignment_item_id,
            ),
        )
        .join(other, and_(other.answer_id == others_answer.id, other.position == shown.position))
        .join(PageNote, PageNote.page_id == other.id)
        .where(other.id != shown.id)
    )
    return union_all(own.where(PageNote.page_id.in_(page_ids)), shared.where(shown.id.in_(page_ids)))


def sheet_of(page_id: int) -> Sheet:
    """A photograph of a hand-in, to draw on."""
    seen = seen_on([page_id]).subquery()
    held = select(Page.id).where(Page.id == page_id).with_for_update()
    return Sheet(page_id, PageNote, select(seen.c.note_id), held)


def on_pages(page_ids: Collection[int]) -> dict[int, Annotated]:
    """What stands on pages, by page, in one query; pages without anything are left out."""
    if not page_ids:
        return {}
    seen = seen_on(page_ids).subquery()
    notes = (
        select(seen.c.page_id, PageNote)
        .join(PageNote, PageNote.id == seen.c.note_id)
        .where(PageNote.removed_at.is_(None))
        .order_by(PageNote.id)
    )
    return gather(db.session.execute(notes))


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
    """The pages whose annotations the hat may see: of a pupil's own work once it is returned.

    A second reader of another class sees what the first has drawn.
    """
    if hat.is_teacher:
        return pages_readable(hat)
    pages = submissions.pages_visible_to(hat)
    back = aliased(Submission)
    return pages.where(
        Page.answer_id.in_(
            select(Answer.id).join(back, back.id == Answer.submission_id).where(back.returned_at.is_not(None))
        )
    )


def sounds_for(hat: Hat) -> Select[PageNote]:
    """The spoken comments that the hat may hear."""
    shown = pages_shown_to(hat).with_only_columns(Page.id)
    seen = seen_on(shown).subquery()
    return select(PageNote).where(
        PageNote.kind == NoteKind.VOICE,
        PageNote.removed_at.is_(None),
        PageNote.id.in_(select(seen.c.note_id)),
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
