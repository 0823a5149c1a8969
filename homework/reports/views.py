"""Reports on pages, as CSV and as PDF; each figure leads to its rows."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import csv_download, pdf_download
from core.errors import DomainError, NotFound
from core.i18n import _
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.corrections.stages import words_of
from homework.regrades.queries import owns, question_of
from homework.reports import pages, policy, queries, services, tables
from homework.reports.figures import WEAK_BELOW, WrongAnswer
from homework.reports.work import ItemRow, WorkReport
from library.curriculum.models import Subject

bp = Blueprint("reports", __name__)
LONGEST_FEEDBACK = 500


@bp.get("/reports")
@allow(policy.may_read_reports)
def index() -> ResponseReturnValue:
    """Leads to what one reads first: one's own, the first child's, or the first class's report."""
    hat = current_hat()
    if policy.may_read_class(hat):
        first = db.session.scalars(queries.classes_with_work_first(hat).limit(1)).first()
        if first is None:
            return render_template("homework/reports/none.html")
        return redirect(url_for(".school_class", class_id=first.id))
    child = db.session.scalars(queries.pupils_visible_to(hat).order_by(Person.id).limit(1)).first()
    if child is None:
        return redirect(url_for("assignments.index"))
    return redirect(url_for(".pupil", student_id=child.id))


@bp.get("/assignments/<int:assignment_id>/report")
@allow(policy.may_read_work)
def work(assignment_id: int) -> ResponseReturnValue:
    """Each question of a piece of work in figures, of all my classes or of ``?class_id=``."""
    hat, class_id = current_hat(), request.args.get("class_id", type=int)
    report = pages.work(hat, assignment_id, class_id)
    return render_template(
        "homework/reports/work.html",
        report=report,
        classes=list(db.session.scalars(assignments.classes_given(assignment_id, hat))),
        class_id=class_id,
        weak_below=WEAK_BELOW,
        definitions=tables.definitions(),
        figure=tables.figure,
    )


@bp.get("/assignments/<int:assignment_id>/report.csv")
@allow(policy.may_read_work)
def download_work(assignment_id: int) -> Response:
    """The same as CSV."""
    report = pages.work(current_hat(), assignment_id, request.args.get("class_id", type=int))
    return csv_download(tables.table_of_work(report), f"homework-{assignment_id}")


@bp.get("/assignments/<int:assignment_id>/report.pdf")
@allow(policy.may_read_work)
def print_work(assignment_id: int) -> Response:
    """The same as PDF."""
    report = pages.work(current_hat(), assignment_id, request.args.get("class_id", type=int))
    return pdf_download(tables.table_of_work(report), f"homework-{assignment_id}")


@bp.get("/assignments/<int:assignment_id>/report/<int:question_id>")
@allow(policy.may_read_work)
def question(assignment_id: int, question_id: int) -> ResponseReturnValue:
    """The rows behind the figures of one question: who got what for it, and the wrong answers."""
    report = pages.work(current_hat(), assignment_id, request.args.get("class_id", type=int))
    return _question_page(report, _row(report, question_id))


@bp.post("/assignments/<int:assignment_id>/report/<int:question_id>/typical")
@allow(policy.may_read_work)
def make_typical(assignment_id: int, question_id: int) -> ResponseReturnValue:
    """Make a wrong answer (``wrong``, its place in the list) a typical error with a word to pupils.

    The list is that of the page: of all classes or of ``?class_id=``.
    """
    hat, now, class_id = current_hat(), clock.now(), request.args.get("class_id", type=int)
    report = pages.work(hat, assignment_id, class_id)
    row = _row(report, question_id)
    wrong = _wrong(row, request.form.get("wrong", type=int), request.form.get("answer", ""))
    try:
        with transaction():
            asked = find(question_of(hat, question_id))
            feedback = request.form.get("feedback", "")[:LONGEST_FEEDBACK]
            services.add_typical_error(asked, hat, wrong, feedback, now=now)
    except DomainError as refusal:
        if isinstance(refusal, NotFound):
            raise
        report = pages.work(hat, assignment_id, class_id)
        return _question_page(report, _row(report, question_id), refusal), 422
    flash(_("Pupils who make this error now read what is behind it."), "success")
    place = url_for(".question", assignment_id=assignment_id, question_id=question_id, class_id=class_id)
    return redirect(place, 303)


@bp.get("/pupils/<int:student_id>/report")
@allow(policy.may_read_pupil)
def pupil(student_id: int) -> ResponseReturnValue:
    """One pupil's returned work over time: her own figures and nobody else's."""
    hat, subject_id = current_hat(), request.args.get("subject", type=int)
    student, rows, page = pages.pupil(hat, student_id, subject_id, request.args.get("cursor"))
    return render_template(
        "homework/reports/pupil.html",
        student=student,
        rows=rows,
        subjects=_subjects(hat, student),
        subject_id=subject_id,
        next_cursor=page.next,
        figure=tables.figure,
    )


@bp.get("/pupils/<int:student_id>/report.csv")
@allow(policy.may_read_pupil)
def download_pupil(student_id: int) -> Response:
    """All of it as CSV, not only what stands on the page."""
    student, rows = pages.whole_of_pupil(current_hat(), student_id, request.args.get("subject", type=int))
    return csv_download(tables.table_of_pupil(student, rows), f"pupil-{student_id}")


@bp.get("/pupils/<int:student_id>/report.pdf")
@allow(policy.may_read_pupil)
def print_pupil(student_id: int) -> Response:
    """The same as PDF."""
    student, rows = pages.whole_of_pupil(current_hat(), student_id, request.args.get("subject", type=int))
    return pdf_download(tables.table_of_pupil(student, rows), f"pupil-{student_id}")


@bp.get("/classes/<int:class_id>/homework")
@allow(policy.may_read_class)
def school_class(class_id: int) -> ResponseReturnValue:
    """A class's work over time; each piece leads to its questions."""
    hat = current_hat()
    report, page = pages.school_class(hat, class_id, request.args.get("cursor"))
    return render_template(
        "homework/reports/class.html",
        report=report,
        classes=list(
            db.session.scalars(
                queries.classes_to_report_on(hat).order_by(SchoolClass.grade, SchoolClass.name)
            )
        ),
        next_cursor=page.next,
        meaning_of_share=tables.meaning_of_share(),
        figure=tables.figure,
    )


@bp.get("/classes/<int:class_id>/homework.csv")
@allow(policy.may_read_class)
def download_class(class_id: int) -> Response:
    """All of it as CSV, not only what stands on the page."""
    school_class, rows = pages.whole_of_class(current_hat(), class_id)
    return csv_download(tables.table_of_class(school_class, rows), f"class-{class_id}")


@bp.get("/classes/<int:class_id>/homework.pdf")
@allow(policy.may_read_class)
def print_class(class_id: int) -> Response:
    """The same as PDF."""
    school_class, rows = pages.whole_of_class(current_hat(), class_id)
    return pdf_download(tables.table_of_class(school_class, rows), f"class-{class_id}")


def _row(report: WorkReport, question_id: int) -> ItemRow:
    found = next((one for one in report.rows if one.question.id == question_id), None)
    if found is None:
        raise NotFound
    return found


def _wrong(row: ItemRow, place: int | None, answer: str) -> WrongAnswer | None:
    """The answer at *place*, if it is still the one that the teacher saw."""
    if place is None or not 0 <= place < len(row.wrong):
        return None
    found = row.wrong[place]
    return found if words_of(found.asked, found.response) == answer else None


def _question_page(report: WorkReport, row: ItemRow, refusal: DomainError | None = None) -> str:
    hat = current_hat()
    may_change = db.session.scalar(question_of(hat, row.question.id)) is not None
    reported_on = queries.pupils_visible_to(hat).where(Person.id.in_(report.pupils))
    return render_template(
        "homework/reports/question.html",
        report=report,
        row=row,
        reported_on=set(db.session.scalars(reported_on.with_only_columns(Person.id))),
        class_id=request.args.get("class_id", type=int),
        wanted=request.args.get("wrong", type=int),
        may_change=may_change,
        owns=may_change and owns(hat, row.question.item_version.item),
        refusal=refusal,
        feedback=request.form.get("feedback", ""),
        chosen=request.form.get("wrong", type=int),
        longest=LONGEST_FEEDBACK,
        definitions=tables.definitions(),
        figure=tables.figure,
    )


def _subjects(hat: Hat, student: Person) -> list[Subject]:
    ids = queries.work_to_report_on(hat, student.id).with_only_columns(Assignment.subject_id)
    return list(db.session.scalars(select(Subject).where(Subject.id.in_(ids)).order_by(Subject.position)))
