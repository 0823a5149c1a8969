"""What counts by a teacher's word, and hidden names, hold for work however it comes."""

from datetime import datetime
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import db
from homework.assignments.queries import questions_of
from homework.assignments.teaming import Teaming
from homework.markers.models import PupilNumber
from homework.markers.services import Wish, arrange
from homework.marking.queries import points_of
from homework.paper.services import Came, Entered, take_in
from homework.refusals.blanks import refused_in
from homework.refusals.services import accept
from homework.submissions.models import Submission
from homework.submissions.questions import Question
from homework.teams import services as teams
from homework.teamwork.services import move
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

SAID = ["床前明月光", "疑似地上霜"]


class Scene:
    """A class in which a text that the key refuses counts, and names are hidden; then somebody comes."""

    def __init__(self, now: datetime) -> None:
        self.school_class = make_class()
        self.teacher = make_teacher(self.school_class)
        self.first = make_student(self.school_class)
        self.work = make_assignment(
            self.teacher,
            self.school_class,
            kinds=[ItemKind.TEXT_ENTRY],
            teaming=Teaming.CHOSEN,
            team_size=3,
        )
        (self.question,) = db.session.scalars(questions_of(self.work.id))
        self.team = teams.start(self.work.id, self.school_class.id)
        teams.join(self.team, self.first.person_id, size=3)
        self.response = {self.question.id: {"blanks": SAID}}
        make_submission(self.work, self.first, self.response)
        (place,) = refused_in(self.question.item_version, {"blanks": SAID})
        accept(self.question, place, self.teacher, now=now)
        lot = Random(1)  # noqa: S311 -- any will do
        arrange(self.work, self.teacher, Wish(is_blind=True), version=0, random=lot, now=now)
        self.newcomer = make_student(self.school_class, "新同学")


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    return Scene(now)


def newcomers(session: Session, scene: Scene) -> tuple[float, bool]:
    """The newcomer's points, and whether there is a number in place of her name."""
    student_id = scene.newcomer.person_id
    submission_id = session.scalars(select(Submission.id).where(Submission.student_id == student_id)).one()
    number = session.scalar(select(PupilNumber.number).where(PupilNumber.student_id == student_id))
    return dict(session.execute(points_of([submission_id])).all())[submission_id], number is not None


def test_for_work_that_is_entered_from_paper(session: Session, scene: Scene, now: datetime) -> None:
    student_id = scene.newcomer.person_id
    asked = [Question.of(scene.question, student_id)]
    line = Entered(student_id, "新同学", asked, {str(scene.question.id): "=" + ";".join(SAID)}, version=0)
    came = take_in(scene.work, scene.teacher, line, client_key=uuid4(), is_late=False, now=now)
    assert came is Came.NEW
    assert newcomers(session, scene) == (2.0, True)


def test_for_what_a_group_handed_in_before_somebody_came_into_it(
    session: Session, scene: Scene, now: datetime
) -> None:
    move(scene.work, scene.newcomer.person_id, scene.team, scene.teacher, now=now)
    assert newcomers(session, scene) == (2.0, True)
