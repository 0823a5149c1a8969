"""The groups of one piece of work as its teacher meets them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.assignments.teaming import Teaming
from homework.markers.queries import names_for
from homework.marking import queries as marking
from homework.marking.members import behind_their_group
from homework.marking.progress import pupils_of
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from homework.teams import queries as teams
from homework.teams.models import Team, TeamHandIn


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil in a group, and what of hers counts."""

    person: Person
    submission: Submission | None
    points: float | None
    is_behind: bool = False
    """Whether her group has marks that she lacks: she came later."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A group with its members and what was handed in for it last."""

    team: Team | None
    """None for those who are in no group."""
    members: list[Member]
    """Those whose names the teacher may read."""
    hidden: int = 0
    """How many others handed in work that is marked blind: a name here would tell whose it is."""
    last: TeamHandIn | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The groups of one class."""

    school_class: SchoolClass
    teams: list[Arranged]


def in_groups(hat: Hat) -> Select[Assignment]:
    """Group work that the teacher may arrange."""
    return assignments.taught_by(hat).where(Assignment.teaming != Teaming.ALONE)


def given_in_groups(hat: Hat, now: datetime) -> Select[Assignment]:
    """Group work that the pupil was given."""
    return assignments.assigned_to(hat, now).where(Assignment.teaming != Teaming.ALONE)


def arrangements(assignment: Assignment, hat: Hat) -> list[Arrangement]:
    """Class by class who works with whom, in nine queries whatever the number of pupils."""
    owing: dict[int, list[Person]] = defaultdict(list)
    for person, _seat, class_id in db.session.execute(pupils_of(assignment.id, hat)):
        owing[class_id].append(person)
    classes = select(SchoolClass).where(SchoolClass.id.in_(owing))
    by_class = {one.id: one for one in db.session.scalars(classes)}
    made = list(db.session.scalars(teams.teams_of(assignment.id, list(owing))))
    by_team = teams.members_by_team([one.id for one in made])
    last = _last_hand_ins([one.id for one in made])
    member, names = _members(assignment.id, hat), names_for(assignment.id, hat)

    def arranged(team: Team | None, people: Iterable[Person]) -> Arranged:
        everyone = [member(each) for each in people]
        shown = [one for one in everyone if not (one.submission and names.hides(one.submission))]
        return Arranged(team, shown, len(everyone) - len(shown), last.get(team.id) if team else None)

    found = []
    for class_id, people in owing.items():
        here = [arranged(one, by_team[one.id]) for one in made if one.class_id == class_id]
        placed = {each.id for one in made if one.class_id == class_id for each in by_team[one.id]}
        if alone := [one for one in people if one.id not in placed]:
            here.append(arranged(None, alone))
        found.append(Arrangement(by_class[class_id], here))
    return found


def _members(assignment_id: int, hat: Hat) -> Callable[[Person], Member]:
    counting = submissions.visible_to(hat).where(
        Submission.assignment_id == assignment_id, submissions.counts()
    )
    handed_in = {one.student_id: one for one in db.session.scalars(counting)}
    ids = [one.id for one in handed_in.values()]
    points = dict(db.session.execute(marking.points_of(ids)).all())
    behind = set(db.session.scalars(behind_their_group(ids)))

    def member(person: Person) -> Member:
        submission = handed_in.get(person.id)
        if submission is None:
            return Member(person, None, None)
        return Member(person, submission, points.get(submission.id), submission.id in behind)

    return member


def _last_hand_ins(team_ids: list[int]) -> dict[int, TeamHandIn]:
    rows = db.session.scalars(
        select(TeamHandIn)
        .where(TeamHandIn.team_id.in_(team_ids))
        .order_by(TeamHandIn.id)
        .options(joinedload(TeamHandIn.handed_in_by))
    )
    return {one.team_id: one for one in rows}
