"""Put pupils into groups.

Who calls these holds the work's row (``assignments.turns.take_turn_at``): groups of one piece of work change
one after the other, and not while one of them hands in.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from core.database import db
from homework.groups.models import PupilGroup
from homework.groups.queries import member_ids
from homework.teams import queries
from homework.teams.errors import InTeamAlready, TeamFull, TeamHasHandedIn
from homework.teams.models import LONGEST_NOTE, Team, TeamHandIn, TeamMember


def gather(assignment_id: int, groups: Iterable[PupilGroup]) -> list[Team]:
    """Make a group of the work from each of the teacher's *groups*, as they are now.

    Who is in several is in the first of them.
    """
    placed: set[int] = set()
    made = []
    for group in groups:
        members = [one for one in db.session.scalars(member_ids(group.id)) if one not in placed]
        if members:
            team = start(assignment_id, group.class_id)
            _fill(team, members)
            placed.update(members)
            made.append(team)
    return made


def disband(assignment_id: int) -> None:
    """Take away all groups of work that nobody has seen yet."""
    db.session.execute(delete(TeamMember).where(TeamMember.assignment_id == assignment_id))
    db.session.execute(delete(Team).where(Team.assignment_id == assignment_id))


def start(assignment_id: int, class_id: int) -> Team:
    """Make a group with nobody in it, under the next number of the class."""
    last = db.session.scalar(queries.last_number(assignment_id, class_id)) or 0
    team = Team(assignment_id=assignment_id, class_id=class_id, number=last + 1)
    db.session.add(team)
    db.session.flush()
    return team


def join(team: Team, student_id: int, *, size: int) -> None:
    """Let a pupil into a group of her choice.

    Raises:
        InTeamAlready: she is in another one.
        TeamHasHandedIn: the group's work is handed in.
        TeamFull: *size* pupils are in it.
    """
    current = db.session.scalar(queries.team_of(team.assignment_id, student_id))
    if current is not None:
        if current.id == team.id:
            return
        raise InTeamAlready
    _check_open(team.id)
    members = select(func.count()).select_from(TeamMember).where(TeamMember.team_id == team.id)
    if (db.session.scalar(members) or 0) >= size:
        raise TeamFull(size=size)
    _fill(team, [student_id])


def leave(assignment_id: int, student_id: int) -> None:
    """Let a pupil out of her group, if she is in one; who goes last takes the group away.

    Raises:
        TeamHasHandedIn: the group's work is handed in.
    """
    membership = db.session.scalar(queries.membership_of(assignment_id, student_id))
    if membership is None:
        return
    _check_open(membership.team_id)
    _take_out(membership)


def put(student_id: int, assignment_id: int, team: Team | None) -> bool:
    """Put a pupil into *team*, or into none, whatever was handed in; return whether that is a change."""
    membership = db.session.scalar(queries.membership_of(assignment_id, student_id))
    if (membership.team_id if membership else None) == (team.id if team else None):
        return False
    if membership is not None:
        _take_out(membership)
    if team is not None:
        _fill(team, [student_id])
    return True


def hand_in_for(team: Team, student_id: int, note: str, *, now: datetime) -> TeamHandIn:
    """Keep that a pupil hands in for her group, and who did what."""
    made = TeamHandIn(
        team_id=team.id, handed_in_by_id=student_id, note=note.strip()[:LONGEST_NOTE], handed_in_at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def _check_open(team_id: int) -> None:
    if db.session.scalar(queries.handed_in([team_id])) is not None:
        raise TeamHasHandedIn


def _take_out(membership: TeamMember) -> None:
    team_id = membership.team_id
    db.session.delete(membership)
    db.session.flush()
    if not any(db.session.execute(queries.is_in_use(team_id)).one()):
        db.session.execute(delete(Team).where(Team.id == team_id))


def _fill(team: Team, student_ids: Sequence[int] | Collection[int]) -> None:
    db.session.add_all(
        TeamMember(assignment_id=team.assignment_id, student_id=one, team_id=team.id) for one in student_ids
    )
    db.session.flush()
