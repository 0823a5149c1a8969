"""The page on which a teacher draws on a correction, and what others see of it."""

from typing import Any

from flask import Blueprint, url_for
from sqlalchemy import Row

from accounts.sign_in.current import current_hat
from core.database import db
from core.i18n import _
from homework.annotations import pages
from homework.annotations.routes import Photographs, add_routes, edit_url
from homework.corrections.models import CorrectionNote, CorrectionPage
from homework.corrections.stages import Verdict
from homework.redpen import queries

bp = Blueprint("redpen", __name__)


def _desk(row: Row[*tuple[Any, ...]]) -> pages.Desk:
    shown = queries.CorrectedPage(*row)
    page, correction = shown.page, shown.correction
    submission, question = correction.submission, correction.assignment_item
    beside = list(db.session.scalars(queries.pages_beside(correction, current_hat())))
    if correction.state is Verdict.WAITING:
        back = url_for("corrections.judging", assignment_id=submission.assignment_id, question=question.id)
    else:
        back = url_for("corrections.show", submission_id=submission.id, _anchor=f"question-{question.id}")
    return pages.Desk(
        photo=page,
        kept_as=f"correction-{page.id}",
        name=submission.student.name,
        assignment=submission.assignment,
        question=question,
        picture=url_for("corrections.picture", page_id=page.id),
        write=url_for(".write", page_id=page.id),
        speak=url_for(".speak", page_id=page.id),
        back=back,
        back_words=_("Back to the corrections"),
        turn=pages.turn(beside, page.id),
        turn_to=edit_url,
    )


add_routes(
    bp,
    "/corrections",
    Photographs(
        annotated=queries.annotated_by,
        desk=_desk,
        sheet=queries.sheet_of,
        shown=lambda hat, page_id: queries.pages_shown_to(hat).where(CorrectionPage.id == page_id),
        heard=lambda hat, note_id: queries.sounds_for(hat).where(CorrectionNote.id == note_id),
    ),
)
