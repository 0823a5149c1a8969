"""Whom work is given to: the one rule behind every page."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments import errors, queries
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment
from homework.assignments.plan import LibraryQuestion, Plan
from homework.assignments.services import assign
from homework.groups import services as groups
from homework.load.models import LoadEntry
from homework.markers.names import Names
from homework.marking.progress import pupils_of
from homework.marking.queries import worth_for
from homework.marking.services import return_work
from homework.marklists.queries import marks_for
from homework.overview.queries import pupils as shown
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_plan, make_submission
from tests.factories.library import make_asked_version, make_subject


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


@pytest.fixture
def pupils(school_class: SchoolClass) -> list[Hat]:
    return [make_student(school_class, name) for name in ("陈小雨", "王小明", "李小雪")]


def who_got(assignment: Assignment, pupils: list[Hat], now: datetime) -> list[str]:
    return [
        one.person.name
        for one in pupils
        if db.session.scalar(queries.assigned_to(one, now).where(Assignment.id == assignment.id))
    ]


def layered(*classes: SchoolClass) -> Plan:
    """Ten minutes that must be done, four that may be, and a challenge of eight."""
    minutes = zip(Layer, (10.0, 4.0, 8.0), strict=True)
    questions = tuple(
        LibraryQuestion(item_version_id=make_asked_version(minutes=took).id, points=2.0, layer=layer)
        for layer, took in minutes
    )
    return replace(make_plan(*classes, versions=[]), questions=questions)


def test_a_group_gets_work_that_its_class_does_not(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    group = groups.make_group(teacher, school_class.id, "提高组", [pupils[0].person_id], now=now)
    assignment = assign(teacher, make_plan(group_ids=(group.id,)), now=now)
    assert who_got(assignment, pupils, now) == ["陈小雨"]
    owing = session.execute(pupils_of(assignment.id, teacher)).all()
    assert [person.name for person, _seat, _class in owing] == ["陈小雨"]
    groups.change_group(group, "提高组", [pupils[1].person_id], version=group.version)
    assert who_got(assignment, pupils, now) == ["王小明"]


def test_a_single_pupil_gets_work_of_her_own(teacher: Hat, pupils: list[Hat], now: datetime) -> None:
    assignment = assign(teacher, make_plan(pupil_ids=(pupils[2].person_id,)), now=now)
    assert who_got(assignment, pupils, now) == ["李小雪"]


def test_who_moves_to_another_class_has_its_work_at_once_and_not_that_of_the_old_one(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    other = make_class(school_class.school, name="七年级(2)班")
    enrol(teacher, other, "mathematics")
    make_student(other)
    old, new = (assign(teacher, make_plan(one), now=now) for one in (school_class, other))
    mine = assign(teacher, make_plan(pupil_ids=(pupils[0].person_id,)), now=now)
    moved = pupils[0]
    here = session.scalars(select(Enrolment).where(Enrolment.person_id == moved.person_id)).one()
    here.ends_on = date(2026, 9, 7)
    session.flush()
    enrol(moved, other)
    assert [who_got(one, [moved], now) for one in (old, mine)] == [[], []]
    assert who_got(new, [moved], now) == ["陈小雨"]


def test_groups_and_pupils_of_others_are_refused(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    colleague = make_teacher(school_class)
    group = groups.make_group(colleague, school_class.id, "别人的组", [pupils[0].person_id], now=now)
    stranger = make_student(make_class())
    with pytest.raises(errors.NotYourGroup):
        assign(teacher, make_plan(group_ids=(group.id,)), now=now)
    with pytest.raises(errors.NotYourPupil):
        assign(teacher, make_plan(pupil_ids=(stranger.person_id,)), now=now)


def test_a_group_whose_pupils_have_all_left_is_refused_by_name(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    group = groups.make_group(teacher, school_class.id, "提高组", [pupils[0].person_id], now=now)
    for one in session.scalars(select(Enrolment).where(Enrolment.person_id == pupils[0].person_id)):
        one.ends_on = date(2026, 9, 7)
    session.flush()
    with pytest.raises(errors.NoPupils, match="提高组"):
        assign(teacher, make_plan(group_ids=(group.id,)), now=now)


def test_layers_ask_different_things_of_class_group_and_pupil(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    group = groups.make_group(teacher, school_class.id, "提高组", [pupils[1].person_id], now=now)
    plan = replace(
        layered(school_class),
        group_ids=(group.id,),
        pupil_ids=(pupils[2].person_id,),
        depths={("group", group.id): Layer.CHALLENGE, ("pupil", pupils[2].person_id): Layer.OPTIONAL},
    )
    assignment = assign(teacher, plan, now=now)
    depths = [queries.depths_of(one.person_id, [assignment.id])[assignment.id] for one in pupils]
    assert depths == [Layer.REQUIRED, Layer.CHALLENGE, Layer.OPTIONAL]
    points = [worth_for(one.person_id, [assignment.id])[assignment.id].points for one in pupils]
    assert points == [2.0, 6.0, 4.0]
    assert assignment.estimated_minutes == 10.0
    assert session.scalars(select(LoadEntry.minutes)).one() == 22.0


def test_what_a_pupil_does_beyond_her_layer_counts_when_she_does_it(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    assignment = assign(teacher, layered(school_class), now=now)
    questions = list(session.scalars(queries.questions_of(assignment.id)))
    make_submission(assignment, pupils[0], {one.id: {"choices": ["B"]} for one in questions[:2]}, now=now)
    assert worth_for(pupils[0].person_id, [assignment.id])[assignment.id].points == 4.0


def test_a_pupil_named_beside_her_class_is_counted_once(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    group = groups.make_group(teacher, school_class.id, "提高组", [pupils[0].person_id], now=now)
    plan = replace(make_plan(school_class), group_ids=(group.id,), pupil_ids=(pupils[0].person_id,))
    assignment = assign(teacher, plan, now=now)
    assert len(session.execute(pupils_of(assignment.id, teacher)).all()) == 3


def test_a_pupil_of_two_classes_that_got_the_work_is_listed_once_and_in_the_list_of_each(
    teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    course = make_class(school_class.school, name="数学提高班")
    for one in (teacher, pupils[1]):
        enrol(one, course, "mathematics" if one is teacher else "")
    assignment = assign(teacher, make_plan(school_class, course), now=now)
    make_submission(assignment, pupils[1], now=now)
    everyone = [one.person_id for one in pupils]
    assert sorted(one.person.id for one in shown(assignment, teacher, now)) == everyone
    assert sorted(one.student_id or 0 for one in marks_for(assignment, teacher, Names()).rows) == everyone
    [her] = marks_for(assignment, teacher, Names(), course.id).rows
    assert (her.student_id, her.class_id) == (pupils[1].person_id, course.id)
    assert her.submission is not None


def test_who_was_taken_out_of_a_group_after_handing_in_is_still_the_givers(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    members = [one.person_id for one in pupils[:2]]
    group = groups.make_group(teacher, school_class.id, "提高组", members, now=now)
    assignment = assign(teacher, make_plan(group_ids=(group.id,)), now=now)
    handed_in = make_submission(assignment, pupils[0], now=now)
    groups.change_group(group, "提高组", members[1:], version=group.version)
    assert [(one.person.id, one.class_id) for one in shown(assignment, teacher, now)] == [
        (members[1], school_class.id),
        (members[0], None),
    ]
    assert return_work(assignment, teacher, now=now) == [handed_in]


def test_work_for_a_group_opens_and_closes_like_any_other(
    session: Session, teacher: Hat, school_class: SchoolClass, pupils: list[Hat], now: datetime
) -> None:
    group = groups.make_group(teacher, school_class.id, "提高组", [pupils[0].person_id], now=now)
    plan = make_plan(group_ids=(group.id,), opens_at=now + timedelta(hours=1))
    assignment = assign(teacher, plan, now=now)
    assert who_got(assignment, pupils, now) == []
    assert who_got(assignment, pupils, now + timedelta(hours=1)) == ["陈小雨"]


def test_a_teacher_has_the_work_of_his_own_subject_in_a_class_and_no_other(
    session: Session, school_class: SchoolClass, teacher: Hat
) -> None:
    """Found in the demo city: with work of several subjects in a class, every teacher of it saw all of it."""
    physicist = make_teacher(school_class, "physics", name="钱老师")
    colleague = make_teacher(school_class, name="周老师")
    own = make_assignment(teacher, school_class)
    other = make_assignment(physicist, school_class, subject_id=make_subject("physics").id)
    colleagues = make_assignment(colleague, school_class)
    elsewhere = make_assignment(make_teacher(), make_class())

    assert set(session.scalars(queries.taught_by(teacher))) == {own, colleagues}
    assert set(session.scalars(queries.taught_by(physicist))) == {other}
    assert elsewhere not in set(session.scalars(queries.taught_by(colleague)))
