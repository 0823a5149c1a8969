"""What suggestions use of a pupil, in numbers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from accounts.guardians.models import ConsentRecord, Purpose
from accounts.people.models import Person
from core.database import db
from learning.attempts.models import Attempt
from learning.playback.models import Registration
from recommender.profiles.models import Mastery
from recommender.profiles.services import is_personalised
from recommender.recommendations.models import Recommendation


@dataclass(frozen=True, slots=True)
class Use:
    """How much of what is read to make suggestions, and how much was made of it."""

    is_on: bool
    answers: int
    lessons: int
    mastery_rows: int
    suggestions: int


def use_of(student: Person, today: date) -> Use:
    """The counts behind the pupil's suggestions, in one statement beside the decision."""
    mine = [
        select(func.count()).select_from(table).where(table.person_id == student.id).scalar_subquery()
        for table in (Attempt, Registration, Mastery, Recommendation)
    ]
    answers, lessons, mastery_rows, suggestions = db.session.execute(select(*mine)).one()
    return Use(is_personalised(student.id, today), answers, lessons, mastery_rows, suggestions)


def decisions(student_id: int) -> Select[ConsentRecord, str]:
    """Rows (decision, name of who decided), the newest first."""
    return (
        select(ConsentRecord, Person.name)
        .join(Person, Person.id == ConsentRecord.decided_by_id)
        .where(ConsentRecord.student_id == student_id, ConsentRecord.purpose == Purpose.RECOMMENDATIONS)
        .order_by(ConsentRecord.id.desc())
    )
