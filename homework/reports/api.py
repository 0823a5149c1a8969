"""Reports for programs."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core.access import allow
from homework.reports import pages, policy
from homework.reports.schemas import (
    ClassQuery,
    ClassReportOut,
    PupilQuery,
    PupilReportOut,
    PupilWorkOut,
    WorkQuery,
    WorkReportOut,
)

bp = APIBlueprint("reports_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/assignments/<int:assignment_id>/report")
@bp.input(WorkQuery, location="query", arg_name="asked")
@bp.output(WorkReportOut)
@bp.doc(summary="A piece of work by question", responses={404: "There is no such work, or it is not yours."})
@allow(policy.may_read_work)
def work(assignment_id: int, asked: WorkQuery) -> WorkReportOut:
    """Difficulty, discrimination and commonest wrong answers of each question."""
    return WorkReportOut.of(pages.work(current_hat(), assignment_id, asked.class_id))


@bp.get("/pupils/<int:student_id>/report")
@bp.input(PupilQuery, location="query", arg_name="asked")
@bp.output(PupilReportOut)
@bp.doc(summary="A pupil's returned work over time", responses={404: "The pupil is not yours."})
@allow(policy.may_read_pupil)
def pupil(student_id: int, asked: PupilQuery) -> PupilReportOut:
    """Points and corrections of one pupil; nobody else's stand beside them."""
    student, rows, page = pages.pupil(current_hat(), student_id, asked.subject, asked.cursor)
    return PupilReportOut(student=student.id, items=[PupilWorkOut.of(one) for one in rows], next=page.next)


@bp.get("/classes/<int:class_id>/report")
@bp.input(ClassQuery, location="query", arg_name="asked")
@bp.output(ClassReportOut)
@bp.doc(summary="A class's work over time", responses={404: "The class is not yours."})
@allow(policy.may_read_class)
def school_class(class_id: int, asked: ClassQuery) -> ClassReportOut:
    """How much of each piece of work was handed in and returned, and the mean share of points."""
    report, page = pages.school_class(current_hat(), class_id, asked.cursor)
    return ClassReportOut.of(report, page.next)
