"""Who is in which group of a piece of work."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, exists, func, select

from accounts.classes.models import Enrolment
from accounts.people.models import Person, Role
from core.database import db
from homework.teams.models import Team, TeamHandIn, TeamMember


def team_of(assignment_id: int, student_id: int) -> Select[Team]:
    """The pupil's group in the work."""
    return (
        select(Team)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.assignment_id == assignment_id, TeamMember.student_id == student_id)
    )


def teams_of(assignment_id: int, class_ids: Collection[int] | Select[int]) -> Select[Team]:
    """The groups of the work in the classes."""
    return (
        select(Team)
        .where(Team.assignment_id == assignment_id, Team.class_id.in_(class_ids))
        .order_by(Team.class_id, Team.number)
    )


def members_of(team_ids: Collection[int]) -> Select[int, Person]:
    """Rows (group id, pupil) of those who are in the class of their group now, by seat."""
    return (
        select(TeamMember.team_id, Person)
        .join(Team, Team.id == TeamMember.team_id)
        .join(Person, Person.id == TeamMember.student_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            TeamMember.team_id.in_(team_ids),
            Enrolment.class_id == Team.class_id,
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
        )
        .order_by(TeamMember.team_id, Enrolment.seat_number, Person.name, Person.id)
    )


def members_by_team(team_ids: Collection[int]) -> dict[int, list[Person]]:
    """The members of each group; a group that everybody has left has none."""
    found: dict[int, list[Person]] = defaultdict(list)
    for team_id, person in db.session.execute(members_of(team_ids)):
        found[team_id].append(person)
    return found


def handed_in(team_ids: Collection[int]) -> Select[int]:
    """Ids of those groups for which something was handed in."""
    return select(TeamHandIn.team_id).where(TeamHandIn.team_id.in_(team_ids)).distinct()


def membership_of(assignment_id: int, student_id: int) -> Select[TeamMember]:
    """That the pupil is in a group of the work."""
    return select(TeamMember).where(
        TeamMember.assignment_id == assignment_id, TeamMember.student_id == student_id
    )


def is_in_use(team_id: int) -> Select[bool, bool]:
    """A row (somebody is in the group, something was handed in for it)."""
    return select(
        exists().where(TeamMember.team_id == team_id), exists().where(TeamHandIn.team_id == team_id)
    )


def last_number(assignment_id: int, class_id: int) -> Select[int]:
    """The highest number of a group in the class."""
    return select(func.max(Team.number)).where(Team.assignment_id == assignment_id, Team.class_id == class_id)
