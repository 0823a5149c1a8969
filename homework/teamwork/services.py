"""Choose a group, and say who is in which."""

from datetime import datetime

from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.database import db
from homework.arrivals.services import take_up
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.assignments.teaming import Teaming
from homework.assignments.turns import take_turn_at, take_turn_of
from homework.regrades.services import follow
from homework.rubrics.choices import choose_as
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from homework.submissions.services import share_with
from homework.teams import queries as teams
from homework.teams import services
from homework.teams.models import Team
from homework.teamwork.errors import NoTeamThere, TeamsAreSet
from homework.teamwork.members import catch_up


def start(assignment: Assignment, hat: Hat) -> Team:
    """Begin a group of one's own, and be the first in it.

    Raises:
        TeamsAreSet: pupils do not choose here.
        InTeamAlready: the pupil is in a group.
    """
    _take_turn(assignment)
    class_id = db.session.scalars(assignments.class_ids_of_pupil(assignment.id, hat.person_id)).first()
    if class_id is None:
        raise NoTeamThere
    standing = db.session.scalar(teams.team_of(assignment.id, hat.person_id))
    if standing is not None:
        return standing
    team = services.start(assignment.id, class_id)
    services.join(team, hat.person_id, size=assignment.team_size or 1)
    return team


def join(assignment: Assignment, hat: Hat, team_id: int) -> Team:
    """Go into a group of one's own class.

    Raises:
        TeamsAreSet: pupils do not choose here.
        NoTeamThere: it is gone, or another class's.
        InTeamAlready, TeamHasHandedIn, TeamFull: it is not to be joined.
    """
    _take_turn(assignment)
    class_ids = assignments.class_ids_of_pupil(assignment.id, hat.person_id)
    team = db.session.scalar(teams.teams_of(assignment.id, class_ids).where(Team.id == team_id))
    if team is None:
        raise NoTeamThere
    services.join(team, hat.person_id, size=assignment.team_size or 1)
    return team


def leave(assignment: Assignment, hat: Hat) -> None:
    """Go out of one's group.

    Raises:
        TeamsAreSet: pupils do not choose here.
        TeamHasHandedIn: its work is handed in.
    """
    _take_turn(assignment)
    services.leave(assignment.id, hat.person_id)


def move(assignment: Assignment, student_id: int, team: Team | None, hat: Hat, *, now: datetime) -> bool:
    """Put a pupil into another group, or into none; return whether that is a change.

    What she has handed in stays hers, with its marks; who has handed in nothing gets what her new group has.
    What the old group hands in from now on is no longer hers.
    """
    take_turn_at(assignment.id)
    take_turn_of(student_id)
    if not services.put(student_id, assignment.id, team):
        return False
    shared = db.session.scalar(submissions.handed_in_for(team.id)) if team else None
    given = share_with(shared, student_id, now=now) if shared else None
    if given is not None:
        take_up(given, now=now)
        follow(given, now=now)
    record_in_audit_log(
        "move_to_group",
        "assignment",
        assignment.id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details={"student_id": student_id, "group": team.number if team else None},
    )
    return True


def take_marks_of_group(submission: Submission, hat: Hat, *, now: datetime) -> int:
    """Give a pupil who was moved into a group the marks that it got before; return how many those are."""
    taken = catch_up(submission, hat, now=now)
    choose_as(taken)
    if taken:
        record_in_audit_log(
            "take_marks_of_group",
            "submission",
            submission.id,
            actor_id=hat.person_id,
            role=hat.role,
            now=now,
            details={"student_id": submission.student_id, "answers": sorted(taken)},
        )
    return len(taken)


def team_for(assignment: Assignment, class_id: int, wanted: str) -> Team | None:
    """The group that a teacher chose for a pupil of the class: an id, ``new`` for another one, or nothing.

    Raises:
        NoTeamThere: it is gone, or another class's.
    """
    if not wanted:
        return None
    take_turn_at(assignment.id)
    if wanted == "new":
        return services.start(assignment.id, class_id)
    number = int(wanted) if wanted.isdecimal() else 0
    team = db.session.scalar(teams.teams_of(assignment.id, [class_id]).where(Team.id == number))
    if team is None:
        raise NoTeamThere
    return team


def _take_turn(assignment: Assignment) -> None:
    if assignment.teaming is not Teaming.CHOSEN:
        raise TeamsAreSet
    take_turn_at(assignment.id)
