"""Answer sheets: look at them, print them, or take them as PDF."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from segno import QRCode
from segno import make as make_code
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.sign_in.current import current_hat
from core.access import allow, find
from core.database import db
from core.errors import NotFound
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.sheets import policy, queries
from homework.sheets.layout import Look
from homework.sheets.printing import sheets_as_pdf
from homework.sheets.queries import Sheets
from library.items.drawings import drawings_at

bp = Blueprint("sheets", __name__)


@bp.get("/assignments/<int:assignment_id>/sheets")
@allow(policy.may_print)
def show(assignment_id: int) -> ResponseReturnValue:
    """The sheets of a class (``?class_id=``) with names or blank (``names``), with questions or without."""
    sheets = _sheets(assignment_id)
    code = _code(assignment_id).svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)
    return render_template(
        "homework/sheets/show.html",
        sheets=sheets,
        classes=list(db.session.scalars(assignments.classes_given(assignment_id, current_hat()))),
        with_names=_with_names(),
        with_texts=request.args.get("texts") == "1",
        code=code,
        looks=Look,
    )


@bp.get("/assignments/<int:assignment_id>/sheets.pdf")
@allow(policy.may_print)
def download(assignment_id: int) -> Response:
    """The same as PDF, without the questions: their formulas and pictures are printed from the page."""
    sheets = _sheets(assignment_id)
    content = sheets_as_pdf(sheets, _code(assignment_id), drawings_at(sheets.pictures))
    name = f'attachment; filename="sheets-{assignment_id}.pdf"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": name})


def _sheets(assignment_id: int) -> Sheets:
    hat = current_hat()
    assignment: Assignment = find(
        queries.work_to_print(hat)
        .where(Assignment.id == assignment_id)
        .options(joinedload(Assignment.subject))
    )
    mine = assignments.classes_given(assignment.id, hat)
    class_id = request.args.get("class_id", type=int)
    wanted = mine if class_id is None else mine.where(SchoolClass.id == class_id)
    chosen = db.session.scalars(wanted).first()
    if chosen is None:
        raise NotFound
    return queries.sheets_of(assignment, chosen, hat, with_names=_with_names())


def _with_names() -> bool:
    return request.args.get("names", "1") == "1"


def _code(assignment_id: int) -> QRCode:
    address = url_for("assignments.show", assignment_id=assignment_id, _external=True)
    return make_code(address, micro=False, error="m")
