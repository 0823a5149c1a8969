"""Who hands in for a pupil: one after the other, and knowing what was handed in before.

The order is that of decision 0037: the work, the pupils by their ids, then the questions.
"""

from accounts.people.models import Person
from core.clock import SCHOOL_ZONE
from core.database import db, hold_rows
from homework.assignments.models import Assignment
from homework.assignments.teaming import Teaming
from homework.assignments.turns import hold_to_answer, take_turn_at, take_turn_of
from homework.submissions import queries
from homework.submissions.errors import HandedInElsewhere, HandedInMeanwhile
from homework.teams.models import Team
from homework.teams.queries import team_of


def take_turns(assignment: Assignment, student_id: int) -> tuple[Team | None, list[int]]:
    """Wait for the pupil's turn; in group work for her group's, with its other members who do the work.

    Everybody takes these rows in the same order: the work, the pupils by their ids, then the questions, after
    which the work is what it is when the hand-in is kept.
    """
    team, members = None, []
    if assignment.teaming is not Teaming.ALONE:
        take_turn_at(assignment.id)
        team = db.session.scalar(team_of(assignment.id, student_id))
    if team is not None:
        members = list(db.session.scalars(queries.working_with(team, student_id)))
    for one in sorted({student_id, *members}):
        take_turn_of(one)
    _hold_questions(assignment)
    return team, members


def take_turn(assignment: Assignment, student_id: int) -> None:
    """Let nobody else hand in for the pupil, mark what she has handed in, or change what is asked."""
    take_turn_of(student_id)
    _hold_questions(assignment)
    hold_rows(queries.answers_held(assignment.id, student_id))


def check_known(assignment_id: int, student_id: int, known: int | None) -> int:
    """How often the pupil has handed in, if that is no news to her page.

    Raises:
        HandedInElsewhere, HandedInMeanwhile: there are more hand-ins than the *known* ones.
    """
    done = db.session.scalar(queries.number_of(assignment_id, student_id)) or 0
    if known is not None and done > known:
        last = db.session.scalars(queries.latest_of(assignment_id, student_id)).one()
        by_id = db.session.scalar(queries.handed_in_by(last.id)) or student_id
        said = {
            "time": f"{last.received_at.astimezone(SCHOOL_ZONE):%Y-%m-%d %H:%M}",
            "number": done,
            "submission": last.id,
        }
        if by_id == student_id:
            raise HandedInElsewhere(**said)
        raise HandedInMeanwhile(by=db.session.get_one(Person, by_id).name, **said)
    return done


def _hold_questions(assignment: Assignment) -> None:
    """Nobody changes what is asked, and until when, before this is kept; it is as who came before left it."""
    if hold_to_answer(assignment.id):
        db.session.refresh(assignment, ["due_at", "cut_off_at", "withdrawn_at"])
