"""The page on which a teacher draws on a hand-in, and what others see of it."""

from typing import Any

from flask import Blueprint, url_for
from sqlalchemy import Row
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.database import db
from core.i18n import _
from homework.annotations import pages, queries
from homework.annotations.models import PageNote
from homework.annotations.routes import Photographs, add_routes, edit_url
from homework.assignments.models import Assignment
from homework.markers.queries import names_for
from homework.submissions.models import Page

bp = Blueprint("annotations", __name__)


def _desk(row: Row[*tuple[Any, ...]]) -> pages.Desk:
    hat, shown = current_hat(), queries.AnnotatedPage(*row)
    page, assignment_id = shown.page, shown.submission.assignment_id
    all_of_them = list(db.session.scalars(queries.pages_of_question(hat, shown.question.id)))
    return pages.Desk(
        photo=page,
        kept_as=str(page.id),
        name=names_for(assignment_id, hat).of(shown.student, shown.submission),
        assignment=db.session.get_one(Assignment, assignment_id, options=[joinedload(Assignment.subject)]),
        question=shown.question,
        picture=url_for("submissions.picture", page_id=page.id),
        write=url_for(".write", page_id=page.id),
        speak=url_for(".speak", page_id=page.id),
        back=url_for("marking.show", assignment_id=assignment_id, question=shown.question.id),
        back_words=_("Back to marking"),
        turn=pages.turn(all_of_them, page.id),
        turn_to=edit_url,
    )


add_routes(
    bp,
    "",
    Photographs(
        annotated=queries.annotated_by,
        desk=_desk,
        sheet=queries.sheet_of,
        shown=lambda hat, page_id: queries.pages_shown_to(hat).where(Page.id == page_id),
        heard=lambda hat, note_id: queries.sounds_for(hat).where(PageNote.id == note_id),
    ),
)
