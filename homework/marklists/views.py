"""The list of marks on a page, as CSV and as PDF, of all of a teacher's classes or of ``?class_id=``."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core.access import allow
from core.downloads import csv_download, pdf_download
from homework.marklists import pages, policy, tables

bp = Blueprint("marklists", __name__)


@bp.get("/assignments/<int:assignment_id>/marks")
@allow(policy.may_read_marks)
def show(assignment_id: int) -> ResponseReturnValue:
    """The pupils with all their marks."""
    return render_template("homework/marklists/show.html", shown=_shown(assignment_id))


@bp.get("/assignments/<int:assignment_id>/marks.csv")
@allow(policy.may_read_marks)
def download(assignment_id: int) -> Response:
    """The same as CSV."""
    return csv_download(tables.table_of_marks(_shown(assignment_id)), f"marks-{assignment_id}")


@bp.get("/assignments/<int:assignment_id>/marks.pdf")
@allow(policy.may_read_marks)
def print_out(assignment_id: int) -> Response:
    """The same as PDF."""
    return pdf_download(tables.table_for_paper(_shown(assignment_id)), f"marks-{assignment_id}")


def _shown(assignment_id: int) -> pages.Shown:
    return pages.marks_of(current_hat(), assignment_id, request.args.get("class_id", type=int))
