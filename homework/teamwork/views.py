"""Choose a group; say who is in which; mark one of a group apart."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _, ngettext
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking import queries as marking
from homework.marking.errors import UnreadableMark
from homework.marking.forms import read_mark, read_versions
from homework.marking.progress import pupils_of
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from homework.teamwork import members, policy, queries, services

bp = Blueprint("teamwork", __name__, url_prefix="/assignments/<int:assignment_id>")


@bp.post("/team")
@allow(policy.may_choose)
def choose(assignment_id: int) -> ResponseReturnValue:
    """Start a group (``what=start``), join the group ``team``, or leave one's own (``what=leave``)."""
    hat = current_hat()
    find(queries.given_in_groups(hat, clock.now()).where(Assignment.id == assignment_id))
    try:
        with transaction():
            assignment = db.session.get_one(Assignment, assignment_id)
            match request.form.get("what"):
                case "start":
                    services.start(assignment, hat)
                case "leave":
                    services.leave(assignment, hat)
                case _:
                    services.join(assignment, hat, request.form.get("team", default=0, type=int))
    except DomainError as refusal:
        # The page of the work shows the groups as they are now.
        flash(str(refusal), "danger")
    return redirect(url_for("submissions.edit", assignment_id=assignment_id, _anchor="team"), 303)


@bp.get("/teams")
@allow(policy.may_arrange)
def index(assignment_id: int) -> ResponseReturnValue:
    """Who works with whom, what they handed in, and where each pupil may be moved."""
    hat = current_hat()
    assignment = _assignment(assignment_id)
    return render_template(
        "homework/teamwork/index.html",
        assignment=assignment,
        arrangements=queries.arrangements(assignment, hat),
    )


@bp.post("/teams/<int:student_id>")
@allow(policy.may_arrange)
def move(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Put a pupil into the group ``team``: its id, ``new`` for another one, or nothing for none."""
    hat, wanted = current_hat(), request.form.get("team", "")
    with transaction():
        assignment = _assignment(assignment_id)
        pupil, class_id = _pupil(assignment_id, student_id)
        name = pupil.name
        team = services.team_for(assignment, class_id, wanted)
        is_changed = services.move(assignment, student_id, team, hat, now=clock.now())
        place = team.number if team else None
    if is_changed and place:
        flash(_("%(name)s is in group %(number)s now.", name=name, number=place), "success")
    elif is_changed:
        flash(_("%(name)s is in no group now.", name=name), "success")
    return redirect(url_for(".index", assignment_id=assignment_id), 303)


@bp.post("/teams/<int:student_id>/marks")
@allow(policy.may_arrange)
def take_marks(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Give a pupil who was moved into a group the marks that it got before."""
    hat = current_hat()
    with transaction():
        _assignment(assignment_id)
        _pupil(assignment_id, student_id)
        work = submissions.visible_to(hat).where(
            Submission.assignment_id == assignment_id,
            Submission.student_id == student_id,
            submissions.counts(),
        )
        submission = db.session.scalar(work)
        number = services.take_marks_of_group(submission, hat, now=clock.now()) if submission else 0
    if number:
        flash(
            ngettext(
                "%(num)s mark of the group is this pupil's as well.",
                "%(num)s marks of the group are this pupil's as well.",
                number,
            ),
            "success",
        )
    return redirect(url_for(".index", assignment_id=assignment_id), 303)


@bp.post("/marking/member")
@allow(policy.may_arrange)
def mark_member(assignment_id: int) -> ResponseReturnValue:
    """Give one member of a group a mark of her own, or (``what=group``) the group's again."""
    hat, now = current_hat(), clock.now()
    given = None if request.form.get("what") == "group" else read_mark(request.form)
    with transaction():
        assignment: Assignment = find(assignments.taught_by(hat).where(Assignment.id == assignment_id))
        for answer_id, version in read_versions(request.form).items():
            answer: Answer = find(
                marking.answers_visible_to(hat)
                .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
                .where(Answer.id == answer_id, AssignmentItem.assignment_id == assignment.id)
            )
            if given is None:
                members.mark_with_group(answer, hat, version=version, now=now)
            elif given.points is None:
                raise UnreadableMark
            else:
                members.mark_member(
                    answer, hat, points=given.points, comment=given.comment, version=version, now=now
                )
    flash(_("The mark is saved."), "success")
    return redirect(
        url_for("marking.show", assignment_id=assignment_id, question=request.form.get("question")), 303
    )


def _assignment(assignment_id: int) -> Assignment:
    query = queries.in_groups(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _pupil(assignment_id: int, student_id: int) -> tuple[Person, int]:
    """The pupil, and the class through which she has the work."""
    owing = pupils_of(assignment_id, current_hat()).where(Person.id == student_id)
    found: Person = find(owing.with_only_columns(Person).order_by(None).distinct())
    return found, db.session.execute(owing).all()[0][2]
