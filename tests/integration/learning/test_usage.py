"""Use is counted at night from what was learnt and given, and told where enough people stand behind it."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from homework.usage import tasks as homework_usage
from learning.attempts.models import AttemptContext
from learning.classroom.services import teach
from learning.playback.models import Registration
from learning.records.services import opened
from learning.usage import tasks as learning_usage
from library.items.models import ItemKind
from library.resources.models import ResourceKind, ResourceUse
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import RIGHT, make_assignment
from tests.factories.learning import make_attempt, make_lesson, make_registration
from tests.factories.library import make_item, make_resource

DAY = timedelta(days=1)
WRONG = {"choices": ["A"]}


def count(app: Flask) -> dict[tuple[int, int], ResourceUse]:
    with app.app_context():
        learning_usage.count()
        homework_usage.count()
        return {(one.resource_id, one.grade): one for one in db.session.scalars(select(ResourceUse))}


def test_openings_watchings_and_first_answers_are_counted_by_grade(app: Flask) -> None:
    with app.app_context(), transaction():
        school_class, other_class = make_class(grade=7), make_class(grade=8)
        pupils = [make_student(school_class) for _number in range(3)]
        older, teacher = make_student(other_class), make_teacher(school_class)
        items = [make_item(), make_item()]
        practice = make_resource(kind=ResourceKind.PRACTICE, items=items)
        reading, lesson = make_resource(), make_lesson()
        make_resource("没有人看过")
        for hat in (pupils[0], pupils[0], older, teacher):
            opened(hat.person_id, reading.id, now=MONDAY)
        for number, hat in enumerate(pupils[:2]):
            registration = make_registration(hat.person, lesson, now=MONDAY)
            found = db.session.scalars(select(Registration).where(Registration.id == registration.id)).one()
            found.completed_at = MONDAY if number else None
        # Wrong, then right: the first answer counts. Homework counts like practice.
        make_attempt(pupils[0].person, items[0].current_version, WRONG, now=MONDAY)
        make_attempt(pupils[0].person, items[0].current_version, RIGHT[ItemKind.CHOICE], now=MONDAY + DAY)
        make_attempt(
            pupils[0].person,
            items[1].current_version,
            RIGHT[ItemKind.CHOICE],
            now=MONDAY,
            context=AttemptContext.HOMEWORK,
        )
        make_attempt(pupils[1].person, items[0].current_version, RIGHT[ItemKind.CHOICE], now=MONDAY)
        teach(teacher.person_id, other_class.id, reading.id, now=MONDAY)
        make_assignment(teacher, school_class, other_class, versions=[items[0].current_version])
        ids = practice.id, reading.id, lesson.resource_id

    uses = count(app)

    practised, read, watched = (uses[number, 7] for number in ids)
    assert (practised.people, practised.started, practised.finished) == (2, 2, 1)
    assert (practised.answers, practised.right_answers, practised.assigned) == (3, 2, 1)
    assert (read.people, read.opened, read.classes) == (1, 2, 1)
    assert (watched.started, watched.finished) == (2, 1)
    assert uses[ids[1], 8].classes == 1
    assert uses[ids[1], 0].people == 1
    assert uses[ids[0], 8].assigned == 1
    assert len(uses) == 6


def test_counting_again_changes_nothing_and_what_is_gone_is_forgotten(app: Flask) -> None:
    with app.app_context(), transaction():
        pupil, reading, other = make_student(), make_resource(), make_resource()
        opened(pupil.person_id, reading.id, now=MONDAY)
        db.session.add(ResourceUse(resource_id=other.id, grade=7, people=9, counted_at=MONDAY))
        number = reading.id
    first = {key: (one.people, one.opened) for key, one in count(app).items()}
    second = {key: (one.people, one.opened) for key, one in count(app).items()}
    assert first == second == {(number, 7): (1, 1)}


def test_the_page_tells_of_many_and_is_silent_about_few(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            reader, popular, rare = make_student(), make_resource(), make_resource()
            for resource, people in ((popular, 120), (rare, 4)):
                db.session.add(
                    ResourceUse(
                        resource_id=resource.id,
                        grade=7,
                        people=people,
                        classes=people // 24,
                        started=people,
                        finished=people // 2,
                        answers=people * 10,
                        right_answers=people * 7,
                        counted_at=MONDAY,
                    )
                )
            numbers = popular.id, rare.id
        db.session.refresh(reader)
    browser = sign_in_as(reader)

    told, silent = (browser.get(f"/library/{number}/trust").get_data(as_text=True) for number in numbers)

    for figure in ("120", "50%", "70%"):
        assert figure in told
    assert "outcome" not in silent
