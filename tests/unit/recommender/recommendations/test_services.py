from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db
from learning.classroom.models import TaughtLesson
from library.curriculum.models import KnowledgePoint, Unit
from library.resources.models import ResourceKind
from recommender.candidates.candidate import Reason
from recommender.profiles import services as profiles
from recommender.recommendations import queries, services
from recommender.recommendations.models import Recommendation, Word
from recommender.recommendations.reasons import facts, sentence
from recommender.recommendations.services import Suggestion
from tests.factories.accounts import added, make_class, make_student, make_teacher
from tests.factories.learning import make_lesson, make_registration
from tests.factories.library import make_item, make_point, make_resource, make_unit
from tests.factories.recommender import make_answer, make_decision

HOUR = timedelta(hours=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class(grade=7)


@pytest.fixture
def pupil(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


def struggle(pupil: Hat, point: KnowledgePoint, now: datetime, outcomes: str = "rwwwrwww") -> None:
    item = make_item(points=[point])
    for number, outcome in enumerate(outcomes):
        make_answer(pupil, item, right=outcome == "r", at=now - (20 - number) * HOUR)
    profiles.learn_from_new_answers(pupil.person_id, now)


def listed(pupil: Hat, now: datetime) -> list[Suggestion]:
    services.refresh(pupil.person_id, now)
    return services.suggestions_for(pupil, now)


def test_a_weak_point_brings_what_explains_it_with_the_numbers_that_say_so(pupil: Hat, now: datetime) -> None:
    point, other = make_point("分式方程"), make_point("圆")
    reading = make_resource("分式方程怎么解", points=[point])
    make_resource("圆的认识", points=[other])
    make_resource("高一的分式", points=[point], grade_from=10, grade_to=10)
    struggle(pupil, point, now)
    [found] = listed(pupil, now)
    assert found.resource.id == reading.id
    assert found.reason is Reason.WEAK_POINT
    assert (found.evidence["recent"], found.evidence["recent_right"]) == (6, 1)
    said = sentence(found.reason, found.evidence)
    assert "分式方程" in said
    assert "6" in said
    assert dict(facts(found.reason, found.evidence))


def test_a_micro_lesson_comes_before_a_reading_about_the_same(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource("读", points=[point])
    lesson = make_lesson(points=[point])
    struggle(pupil, point, now)
    assert [one.resource.kind for one in listed(pupil, now)] == [
        ResourceKind.MICRO_LESSON,
        ResourceKind.READING,
    ]
    assert services.suggestions_for(pupil, now)[0].resource.id == lesson.resource_id


def test_a_weak_prerequisite_comes_first_and_says_what_builds_on_it(pupil: Hat, now: datetime) -> None:
    first = make_point("等式的性质")
    later = make_point("一元一次方程", requires=[first])
    make_resource("一元一次方程", points=[later])
    basis = make_resource("等式的性质", points=[first])
    struggle(pupil, first, now)
    struggle(pupil, later, now)
    [found] = listed(pupil, now)
    assert found.resource.id == basis.id
    assert found.reason is Reason.MISSING_PREREQUISITE
    assert "一元一次方程" in sentence(found.reason, found.evidence)


def test_two_answers_are_no_evidence_and_nothing_is_suggested(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource(points=[point])
    struggle(pupil, point, now, "ww")
    assert listed(pupil, now) == []


def test_a_begun_lesson_is_offered_until_it_is_finished(pupil: Hat, now: datetime) -> None:
    lesson = make_lesson()
    registration = make_registration(pupil.person, lesson, now=now - HOUR)
    registration.seen_seconds = 30
    db.session.flush()
    [found] = listed(pupil, now)
    assert found.reason is Reason.UNFINISHED
    assert "0:30" in sentence(found.reason, found.evidence)
    registration.completed_at = now
    db.session.flush()
    assert listed(pupil, now) == []


def test_a_no_is_respected_and_can_be_taken_back(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource("一", points=[point])
    make_resource("二", points=[point])
    struggle(pupil, point, now)
    first = listed(pupil, now)[0]
    stored = db.session.get_one(Recommendation, first.recommendation_id)
    services.say(stored, Word.NOT_FOR_ME, now=now)
    assert [one.resource.id for one in listed(pupil, now)] != [first.resource.id]
    assert first.resource.id not in [one.resource.id for one in listed(pupil, now)]
    services.say(stored, None, now=now)
    assert first.resource.id in [one.resource.id for one in listed(pupil, now)]


def test_a_list_that_did_not_change_keeps_its_rows(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource(points=[point])
    struggle(pupil, point, now)
    [before] = listed(pupil, now)
    assert before.recommendation_id
    services.note_shown(pupil, [before.recommendation_id], now)
    [after] = listed(pupil, now)
    assert after.recommendation_id == before.recommendation_id


def test_only_own_suggestions_are_noted_as_shown(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource(points=[point])
    struggle(pupil, point, now)
    [found] = listed(pupil, now)
    assert found.recommendation_id
    services.note_shown(make_student(), [found.recommendation_id], now)
    db.session.expire_all()
    assert db.session.get_one(Recommendation, found.recommendation_id).shown_at is None


def taught(school_class: SchoolClass, unit: Unit, now: datetime) -> None:
    teacher = make_teacher(school_class)
    resource = make_resource("教过的", unit_id=unit.id)
    added(
        TaughtLesson(
            teacher_id=teacher.person_id,
            class_id=school_class.id,
            resource_id=resource.id,
            day=now.date(),
            taught_at=now,
        )
    )


def test_with_personalisation_off_the_whole_class_gets_the_same_and_nothing_is_stored(
    school_class: SchoolClass, pupil: Hat, now: datetime
) -> None:
    point = make_point()
    make_resource("个人的", points=[point])
    struggle(pupil, point, now)
    unit = make_unit()
    following = added(Unit(code="next", volume_id=unit.volume_id, position=2, name="第四章"))
    taught(school_class, unit, now)
    coming = make_resource("下一课", unit_id=following.id)
    make_decision(pupil, is_granted=False, at=now)
    [found] = listed(pupil, now)
    assert (found.resource.id, found.is_personal) == (coming.id, False)
    assert found.reason is Reason.NEXT_IN_TEXTBOOK
    assert "第四章" in sentence(found.reason, found.evidence)
    assert db.session.scalar(select(func.count()).select_from(Recommendation)) == 0


def test_a_child_without_consent_gets_the_class_list_too(
    school_class: SchoolClass, pupil: Hat, now: datetime
) -> None:
    pupil.person.born_on = date(2016, 5, 5)
    assert not services.is_personal(pupil, now)
    assert listed(pupil, now) == []


def test_withdrawing_leaves_nothing(pupil: Hat, now: datetime) -> None:
    point = make_point()
    make_resource(points=[point])
    struggle(pupil, point, now)
    listed(pupil, now)
    services.withdraw(pupil.person_id)
    assert db.session.scalars(queries.history(pupil.person_id)).all() == []
