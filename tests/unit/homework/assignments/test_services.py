from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.audit.models import AuditEntry
from homework.assignments import errors
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.plan import PhotoQuestion, Rules
from homework.assignments.queries import questions_of
from homework.assignments.release import HandIns
from homework.assignments.services import assign, change, put_back, take_out
from homework.estimates.models import ItemTime
from homework.load.models import Excess, LoadEntry
from learning.records.models import DailyActivity
from library.items.models import ItemKind, ItemVersion
from library.resources.models import ResourceKind, Tier
from tests.factories.accounts import enrol, make_class, make_school, make_student, make_teacher
from tests.factories.homework import make_assignment, make_plan
from tests.factories.library import make_asked_version, make_item, make_resource

SECOND = timedelta(seconds=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    found = make_class()
    make_student(found)
    return found


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


def test_work_goes_to_several_classes_at_once(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    other = make_class(school_class.school, name="七年级(2)班")
    make_student(other)
    enrol(teacher, other, "mathematics")
    versions = [make_asked_version(minutes=4.0), make_asked_version(ItemKind.NUMERIC, minutes=6.0)]
    assignment = assign(teacher, make_plan(school_class, other, versions=versions), now=now)
    assert [one.item_version_id for one in session.scalars(questions_of(assignment.id))] == [
        one.id for one in versions
    ]
    assert assignment.estimated_minutes == 10
    assert session.get(DailyActivity, (teacher.person_id, now.date())).assigned == 1


def test_a_double_click_assigns_once(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = make_plan(school_class)
    assert assign(teacher, plan, now=now) is assign(teacher, plan, now=now)
    assert session.scalar(select(func.count(Assignment.id))) == 1


def test_a_form_that_was_used_assigns_nothing_else(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    other_class = make_class(school_class.school, name="七年级(2)班")
    pupil = make_student(other_class)
    enrol(teacher, other_class, "mathematics")
    photo = PhotoQuestion(prompt="写出解题过程")
    plan = make_plan(school_class, opens_at=now)
    (question,) = plan.questions
    plan = replace(plan, questions=(question, photo))
    assignment = assign(teacher, plan, now=now)
    assert assign(teacher, replace(plan, opens_at=now + SECOND), now=now + SECOND) is assignment
    (elsewhere,) = make_plan(versions=[make_asked_version()]).questions
    for said in (
        {"title": "别的作业"},
        {"instructions": "写在作业本上"},
        {"class_ids": (other_class.id,)},
        {"pupil_ids": (pupil.person_id,)},
        {"depths": {("class", school_class.id): Layer.CHALLENGE}},
        {"questions": (elsewhere, photo)},
        {"questions": (photo, question)},
        {"questions": (replace(question, points=5.0), photo)},
        {"questions": (replace(question, layer=Layer.OPTIONAL), photo)},
        {"questions": (question, replace(photo, prompt="画图"))},
        {"rules": Rules(hand_ins=HandIns.ONCE)},
        {"opens_at": now + timedelta(hours=1)},
        {"cut_off_at": plan.due_at},
    ):
        with pytest.raises(errors.OtherWork):
            assign(teacher, replace(plan, **said), now=now)
    assert session.scalar(select(func.count(Assignment.id))) == 1


def test_a_photo_question_becomes_an_item_of_its_own(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = replace(make_plan(school_class), questions=(PhotoQuestion(prompt="写出解题过程", points=10),))
    assignment = assign(teacher, plan, now=now)
    (question,) = session.scalars(questions_of(assignment.id))
    assert question.item_version.kind is ItemKind.PHOTO
    assert (question.item_version.prompt, question.points) == ("写出解题过程", 10)


def test_work_without_questions_or_lesson_is_refused(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    with pytest.raises(errors.NothingAssigned):
        assign(teacher, make_plan(school_class, versions=[]), now=now)


def test_a_question_on_paper_says_what_is_to_be_done(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = replace(make_plan(school_class), questions=(PhotoQuestion(prompt=" "),))
    with pytest.raises(errors.NothingAsked, match="1"):
        assign(teacher, plan, now=now)


def test_a_due_time_in_the_past_is_refused(teacher: Hat, school_class: SchoolClass, now: datetime) -> None:
    with pytest.raises(errors.DueInThePast):
        assign(teacher, make_plan(school_class, due_at=now), now=now)


def test_times_must_follow_each_other(teacher: Hat, school_class: SchoolClass, now: datetime) -> None:
    plan = make_plan(school_class)
    with pytest.raises(errors.TimesOutOfOrder):
        assign(teacher, replace(plan, opens_at=plan.due_at), now=now)
    with pytest.raises(errors.TimesOutOfOrder):
        assign(teacher, replace(plan, cut_off_at=plan.due_at - timedelta(seconds=1)), now=now)


def test_a_class_without_pupils_is_refused_by_name(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    empty = make_class(school_class.school, name="七年级(9)班")
    enrol(teacher, empty, "mathematics")
    with pytest.raises(errors.NoPupils, match=r"七年级\(9\)班"):
        assign(teacher, make_plan(empty), now=now)


def test_every_class_and_group_without_pupils_is_named(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    names = ["七年级(8)班", "七年级(9)班"]
    empty = [make_class(school_class.school, name=one) for one in names]
    for one in empty:
        enrol(teacher, one, "mathematics")
    with pytest.raises(errors.NoPupils) as refused:
        assign(teacher, make_plan(school_class, *empty), now=now)
    assert str(refused.value) == "七年级(8)班、七年级(9)班还没有学生，布置了也没有人收到。"


def test_another_teachers_class_is_refused(teacher: Hat, school_class: SchoolClass, now: datetime) -> None:
    foreign = make_class(school_class.school, name="七年级(3)班")
    make_student(foreign)
    with pytest.raises(errors.NotYourClass):
        assign(teacher, make_plan(school_class, foreign), now=now)
    with pytest.raises(errors.NoClassChosen):
        assign(teacher, make_plan(), now=now)


def test_the_first_two_grades_get_no_written_homework(session: Session, now: datetime) -> None:
    second = make_class(grade=2, name="二年级(1)班")
    make_student(second)
    with pytest.raises(errors.NoWrittenHomework, match="二年级"):
        assign(make_teacher(second), make_plan(second), now=now)


def test_every_class_of_the_first_two_grades_is_named(session: Session, now: datetime) -> None:
    first, third, second = (make_class(grade=one, name=f"{one} 年级") for one in (1, 3, 2))
    teacher = make_teacher(first)
    for one in (second, third):
        one.school = first.school
        enrol(teacher, one, "mathematics")
    for one in (first, second, third):
        make_student(one)
    with pytest.raises(errors.NoWrittenHomework) as refused:
        assign(teacher, make_plan(first, second, third), now=now)
    assert "：1 年级、2 年级。" in str(refused.value)


def test_more_minutes_than_the_law_allows_need_a_reason_which_is_kept(
    session: Session, now: datetime
) -> None:
    fifth = make_class(grade=5, name="五年级(1)班")
    make_student(fifth)
    teacher = make_teacher(fifth)
    make_assignment(teacher, fifth, estimated_minutes=50.0)
    make_assignment(teacher, make_class(fifth.school, grade=5), estimated_minutes=500.0)
    make_assignment(teacher, fifth, estimated_minutes=500.0, withdrawn_at=now)
    plan = make_plan(fifth, versions=[make_asked_version(minutes=11.0)])
    with pytest.raises(errors.OverTheCap) as refused:
        assign(teacher, plan, now=now)
    assert "五年级(1)班 61 分钟（上限 60 分钟）" in str(refused.value)
    assert session.scalar(select(func.count(AuditEntry.id))) == 0
    barely = make_plan(fifth, versions=[make_asked_version(minutes=10.4)])
    with pytest.raises(errors.OverTheCap, match=r"60\.4"):
        assign(teacher, barely, now=now)
    assign(teacher, replace(plan, reason="周五停课,提前布置"), now=now)
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.verb == "exceed_homework_cap"
    assert entry.details["reason"] == "周五停课,提前布置"


def test_a_question_of_another_school_is_refused_as_if_it_were_not_there(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    foreign = make_item()
    make_resource(kind=ResourceKind.PRACTICE, tier=Tier.SCHOOL, organisation=make_school(), items=[foreign])
    version = session.get_one(ItemVersion, foreign.current_version_id)
    with pytest.raises(errors.QuestionGone):
        assign(teacher, make_plan(school_class, versions=[version]), now=now)
    assert session.scalar(select(func.count(AssignmentItem.id))) == 0


def test_a_question_that_is_not_there_is_refused(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = make_plan(school_class)
    gone = tuple(replace(one, item_version_id=10**6) for one in plan.questions)
    with pytest.raises(errors.QuestionGone):
        assign(teacher, replace(plan, client_key=uuid4(), questions=gone), now=now)
    assert session.scalar(select(func.count(AssignmentItem.id))) == 0


def test_work_without_questions_says_what_to_do_and_how_long_it_takes(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = make_plan(school_class, versions=[], own_minutes=20.0)
    with pytest.raises(errors.NothingAssigned):
        assign(teacher, plan, now=now)
    assignment = assign(teacher, replace(plan, instructions="练习册第 12 页"), now=now)
    assert (assignment.estimated_minutes, assignment.is_written) == (20.0, True)


def test_the_first_two_grades_may_read_aloud(session: Session, now: datetime) -> None:
    second = make_class(grade=2, name="二年级(1)班")
    make_student(second)
    teacher = make_teacher(second)
    plan = make_plan(second, versions=[], own_minutes=10.0, instructions="朗读课文三遍")
    with pytest.raises(errors.NoWrittenHomework, match="二年级"):
        assign(teacher, plan, now=now)
    assignment = assign(teacher, replace(plan, is_unwritten=True), now=now)
    assert not assignment.is_written
    questions = make_plan(second, is_unwritten=True).questions
    with pytest.raises(errors.NoWrittenHomework):
        assign(teacher, replace(plan, client_key=uuid4(), is_unwritten=True, questions=questions), now=now)


def test_a_number_of_hand_ins_must_be_said(teacher: Hat, school_class: SchoolClass, now: datetime) -> None:
    for most in (None, 1, 21):
        rules = Rules(hand_ins=HandIns.LIMITED, most_hand_ins=most)
        with pytest.raises(errors.HandInsNeeded):
            assign(teacher, make_plan(school_class, rules=rules), now=now)


def test_work_is_changed_until_pupils_see_it(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    plan = make_plan(school_class, opens_at=now + timedelta(hours=1))
    assignment = assign(teacher, plan, now=now)
    changed = replace(
        plan,
        title="改过的作业",
        questions=make_plan(versions=[make_asked_version(minutes=7.0)] * 2).questions,
    )
    change(assignment, teacher, changed, version=1, now=now)
    session.flush()
    assert (assignment.title, assignment.estimated_minutes, assignment.version) == ("改过的作业", 14.0, 2)
    assert len(list(session.scalars(questions_of(assignment.id)))) == 2
    assert list(session.scalars(select(LoadEntry.minutes))) == [14.0]
    with pytest.raises(errors.ChangedMeanwhile):
        change(assignment, teacher, plan, version=1, now=now)
    with pytest.raises(errors.OpenAlready):
        change(assignment, teacher, plan, version=2, now=now + timedelta(hours=1))
    take_out(assignment, teacher, now=now)
    with pytest.raises(errors.WithdrawnWork):
        change(assignment, teacher, plan, version=2, now=now)


def test_a_change_is_held_against_the_day_without_what_it_replaces(session: Session, now: datetime) -> None:
    fifth = make_class(grade=5)
    make_student(fifth)
    teacher = make_teacher(fifth)
    plan = make_plan(fifth, versions=[make_asked_version(minutes=40.0)], opens_at=now + timedelta(hours=1))
    assignment = assign(teacher, plan, now=now)
    longer = make_plan(fifth, versions=[make_asked_version(minutes=60.0)], opens_at=plan.opens_at)
    change(assignment, teacher, longer, version=1, now=now)
    too_long = make_plan(fifth, versions=[make_asked_version(minutes=61.0)], opens_at=plan.opens_at)
    with pytest.raises(errors.OverTheCap):
        change(assignment, teacher, too_long, version=2, now=now)


def test_withdrawn_work_counts_on_no_day_and_comes_back_only_where_there_is_room(
    session: Session, now: datetime
) -> None:
    fifth = make_class(grade=5)
    make_student(fifth)
    teacher = make_teacher(fifth)
    assignment = assign(teacher, make_plan(fifth, versions=[make_asked_version(minutes=40.0)]), now=now)
    take_out(assignment, teacher, now=now)
    other = assign(teacher, make_plan(fifth, versions=[make_asked_version(minutes=30.0)]), now=now)
    with pytest.raises(errors.OverTheCap):
        put_back(assignment, teacher, now=now)
    take_out(other, teacher, now=now)
    put_back(assignment, teacher, now=now)
    assert list(session.scalars(select(LoadEntry.minutes))) == [40.0]


def test_each_class_whose_day_is_full_is_named(session: Session, now: datetime) -> None:
    full = make_class(grade=5, name="五年级(1)班")
    fuller = make_class(full.school, grade=5, name="五年级(2)班")
    free = make_class(full.school, grade=5, name="五年级(3)班")
    teacher = make_teacher(full)
    for one in (full, fuller, free):
        make_student(one)
    for one in (fuller, free):
        enrol(teacher, one, "mathematics")
    make_assignment(teacher, full, estimated_minutes=50.0)
    make_assignment(teacher, fuller, estimated_minutes=55.5)
    with pytest.raises(errors.OverTheCap) as refused:
        assign(teacher, make_plan(full, fuller, free, versions=[make_asked_version(minutes=20.0)]), now=now)
    said = str(refused.value)
    assert "五年级(1)班 70 分钟（上限 60 分钟）；五年级(2)班 75.5 分钟（上限 60 分钟）" in said
    assert "五年级(3)班" not in said


def test_work_that_is_given_again_is_explained_anew_class_by_class(session: Session, now: datetime) -> None:
    first = make_class(grade=5, name="五年级(1)班")
    second = make_class(first.school, grade=5, name="五年级(2)班")
    for one in (first, second):
        make_student(one)
    teacher = make_teacher(first)
    enrol(teacher, second, "mathematics")
    made = assign(teacher, make_plan(first, versions=[make_asked_version(minutes=30.0)]), now=now)
    longer = make_plan(first, second, versions=[make_asked_version(minutes=40.0)], reason="明天停课")
    assignment = assign(teacher, longer, now=now)
    (said,) = session.scalars(select(Excess))
    said.seen_at, said.seen_by_id = now, teacher.person_id
    take_out(assignment, teacher, now=now)
    take_out(made, teacher, now=now)
    assign(teacher, make_plan(second, versions=[make_asked_version(minutes=30.0)]), now=now)
    with pytest.raises(errors.OverTheCap, match=r"五年级\(2\)班"):
        put_back(assignment, teacher, now=now)
    put_back(assignment, teacher, reason=" 运动会 ", now=now)
    (said,) = session.scalars(select(Excess))
    assert (said.class_id, said.reason, said.seen_at) == (second.id, "运动会", None)


def test_why_a_day_is_too_long_is_kept_for_the_head_of_the_grade(session: Session, now: datetime) -> None:
    fifth = make_class(grade=5)
    make_student(fifth)
    teacher = make_teacher(fifth)
    plan = make_plan(fifth, versions=[make_asked_version(minutes=61.0)], reason=" 明天停课 ")
    assign(teacher, plan, now=now)
    (excess,) = session.scalars(select(Excess))
    assert (excess.minutes, excess.cap, excess.reason) == (61.0, 60, "明天停课")
    assert (excess.given_by_id, excess.seen_at) == (teacher.person_id, None)


def test_minutes_come_from_pupils_where_enough_answered(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    measured, guessed = make_asked_version(minutes=9.0), make_asked_version(minutes=3.0)
    session.add(ItemTime(item_id=measured.item_id, median_seconds=120.0, answers=40, counted_at=now))
    assignment = assign(teacher, make_plan(school_class, versions=[measured, guessed]), now=now)
    assert assignment.estimated_minutes == 5.0
