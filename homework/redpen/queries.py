"""Photographs of corrections and their annotations, for those who may see them."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.people.models import Hat
from homework.annotations.shapes import NoteKind
from homework.annotations.sheets import Sheet
from homework.assignments.models import Assignment
from homework.corrections.models import Correction, CorrectionNote, CorrectionPage
from homework.corrections.queries import corrections_visible_to, pages_visible_to
from homework.corrections.stages import Verdict
from homework.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class CorrectedPage:
    """A photograph of a correction, with what a teacher needs around it."""

    page: CorrectionPage
    correction: Correction


def sheet_of(page_id: int) -> Sheet:
    """A photograph of a correction, to draw on."""
    seen = select(CorrectionNote.id).where(CorrectionNote.page_id == page_id)
    held = select(CorrectionPage.id).where(CorrectionPage.id == page_id).with_for_update()
    return Sheet(page_id, CorrectionNote, seen, held)


def annotated_by(hat: Hat, page_id: int) -> Select[CorrectionPage, Correction]:
    """The photograph, if the teacher may judge the correction, with what it belongs to."""
    visible = corrections_visible_to(hat).with_only_columns(Correction.id)
    return (
        select(CorrectionPage, Correction)
        .join(Correction, Correction.id == CorrectionPage.correction_id)
        .join(Correction.submission)
        .where(CorrectionPage.id == page_id, Correction.id.in_(visible))
        .options(
            contains_eager(Correction.submission).joinedload(Submission.student),
            contains_eager(Correction.submission)
            .joinedload(Submission.assignment)
            .joinedload(Assignment.subject),
            joinedload(Correction.assignment_item),
        )
    )


def pages_beside(correction: Correction, hat: Hat) -> Select[int]:
    """Ids of the photographs that a teacher goes through with those of *correction*.

    All that wait at its question, pupil by pupil; of one that is judged its own.
    """
    pages = select(CorrectionPage.id).join(Correction, Correction.id == CorrectionPage.correction_id)
    ordered = pages.order_by(Correction.id, CorrectionPage.position)
    if correction.state is not Verdict.WAITING:
        return ordered.where(Correction.id == correction.id)
    visible = corrections_visible_to(hat).with_only_columns(Correction.id)
    return ordered.where(
        Correction.assignment_item_id == correction.assignment_item_id,
        Correction.state == Verdict.WAITING,
        Correction.id.in_(visible),
    )


def pages_shown_to(hat: Hat) -> Select[CorrectionPage]:
    """The photographs whose annotations the hat may see: pupil and guardian once the correction is judged."""
    pages = pages_visible_to(hat)
    if hat.is_teacher:
        return pages
    judged = select(Correction.id).where(Correction.state != Verdict.WAITING)
    return pages.where(CorrectionPage.correction_id.in_(judged))


def sounds_for(hat: Hat) -> Select[CorrectionNote]:
    """The spoken comments that the hat may hear."""
    shown = pages_shown_to(hat).with_only_columns(CorrectionPage.id)
    return select(CorrectionNote).where(
        CorrectionNote.kind == NoteKind.VOICE,
        CorrectionNote.removed_at.is_(None),
        CorrectionNote.page_id.in_(shown),
    )
