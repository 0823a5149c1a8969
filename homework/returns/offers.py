"""The returns that a teacher can take back: the last ones, and of each class what it has back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, case, func, select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments.queries import class_ids_targeted
from homework.marking.queries import is_pupil_of
from homework.returns import queries
from homework.returns.queries import Which
from homework.submissions.models import Submission

MOST = 3
"""How many of the last returns are offered one by one; the classes have the rest."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Returned work that can be taken back."""

    which: Which
    number: int
    """Of pupils whose work can."""
    staying: int
    """Of those who have begun to correct, or whose marks a key has changed since."""
    by: Person | None = None
    """Who returned it; None for a class."""
    school_class: SchoolClass | None = None

    @property
    def fields(self) -> dict[str, object]:
        """What a form sends to name it."""
        named = {"by": self.which.by_id, "class_id": self.which.class_id}
        sent = {name: value for name, value in named.items() if value is not None}
        return {"at": self.which.at.isoformat(), **sent}


def offers_of(assignment_id: int, hat: Hat) -> list[Offer]:
    """The last returns, the newest first, then the classes, unless that would say the same once more."""
    actions = [_of_action(row) for row in db.session.execute(_by_action(assignment_id, hat).limit(MOST))]
    classes = [_of_class(row) for row in db.session.execute(_by_class(assignment_id, hat))]
    is_same = len(actions) == len(classes) == 1 and actions[0].number == classes[0].number
    return actions if is_same else [*actions, *classes]


def own_offer(assignment_id: int, hat: Hat, at: datetime) -> Offer | None:
    """What the teacher returned at this moment, if something of it can be taken back."""
    rows = _by_action(assignment_id, hat).where(
        Submission.returned_at == at, Submission.returned_by_id == hat.person_id
    )
    return next((_of_action(row) for row in db.session.execute(rows)), None)


def offer_of_one(submission: Submission, hat: Hat) -> Offer | None:
    """The return of one pupil's work, if it can be taken back."""
    rows = _by_action(submission.assignment_id, hat).where(Submission.id == submission.id)
    return next((_of_action(row) for row in db.session.execute(rows)), None)


def _by_action(assignment_id: int, hat: Hat) -> Select[Person, datetime | None, int, int]:
    """Rows (who returned, when, how much can be taken back, how much stays)."""
    going, staying = _counts()
    return (
        queries.returned(assignment_id, hat)
        .join(Person, Person.id == Submission.returned_by_id)
        .with_only_columns(Person, Submission.returned_at, going, staying)
        .group_by(Person.id, Submission.returned_at)
        .having(going > 0)
        .order_by(Submission.returned_at.desc(), Person.id)
    )


def _by_class(assignment_id: int, hat: Hat) -> Select[SchoolClass, datetime | None, int, int]:
    """Rows (class, when the last of its work was returned, how much can be taken back, how much stays)."""
    going, staying = _counts()
    ids = queries.returned(assignment_id, hat).with_only_columns(Submission.id)
    return (
        select(SchoolClass, func.max(Submission.returned_at), going, staying)
        .join(Submission, is_pupil_of(SchoolClass.id))
        .where(Submission.id.in_(ids), SchoolClass.id.in_(class_ids_targeted(assignment_id, hat)))
        .group_by(SchoolClass.id)
        .having(going > 0)
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def _counts() -> tuple[ColumnElement[int], ColumnElement[int]]:
    stays = queries.stays()
    return func.sum(case((stays, 0), else_=1)), func.sum(case((stays, 1), else_=0))


def _of_action(row: Row[Person, datetime | None, int, int]) -> Offer:
    person, at, going, staying = row
    assert at is not None
    return Offer(Which(at, by_id=person.id), going, staying, by=person)


def _of_class(row: Row[SchoolClass, datetime | None, int, int]) -> Offer:
    school_class, at, going, staying = row
    assert at is not None
    return Offer(Which(at, class_id=school_class.id), going, staying, school_class=school_class)
