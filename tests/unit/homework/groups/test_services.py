from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from homework.groups import queries, services
from homework.groups.errors import GroupChangedMeanwhile, NameNeeded, NobodyChosen, NotAClassOfYours
from tests.factories.accounts import make_class, make_student, make_teacher


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


def test_a_group_holds_pupils_of_its_class_and_no_others(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    mine, stranger = make_student(school_class), make_student(make_class())
    ids = [mine.person_id, stranger.person_id]
    group = services.make_group(teacher, school_class.id, " 提高组 ", ids, now=now)
    assert group.name == "提高组"
    assert list(session.scalars(queries.member_ids(group.id))) == [mine.person_id]
    assert session.execute(queries.sizes([group.id])).all() == [(group.id, 1)]


def test_a_group_needs_a_name_a_pupil_and_a_class_of_the_teachers(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    pupil, foreign = make_student(school_class), make_class()
    with pytest.raises(NameNeeded):
        services.make_group(teacher, school_class.id, "  ", [pupil.person_id], now=now)
    with pytest.raises(NobodyChosen):
        services.make_group(teacher, school_class.id, "提高组", [], now=now)
    with pytest.raises(NotAClassOfYours):
        services.make_group(teacher, foreign.id, "提高组", [pupil.person_id], now=now)


def test_a_second_tab_does_not_overwrite_the_first(
    teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    pupils = [make_student(school_class).person_id for _ in range(2)]
    group = services.make_group(teacher, school_class.id, "提高组", pupils[:1], now=now)
    seen = group.version
    services.change_group(group, "提高一组", pupils, version=seen)
    with pytest.raises(GroupChangedMeanwhile):
        services.change_group(group, "提高二组", pupils, version=seen)
    assert group.name == "提高一组"


def test_a_dissolved_group_is_offered_no_more_until_it_is_kept_on(
    session: Session, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    pupil = make_student(school_class)
    group = services.make_group(teacher, school_class.id, "提高组", [pupil.person_id], now=now)
    services.dissolve(group, now=now)
    assert list(session.scalars(queries.kept_by(teacher))) == []
    services.keep_on(group)
    assert list(session.scalars(queries.kept_by(teacher))) == [group]
    colleague = make_teacher(school_class)
    assert session.scalar(select(queries.kept_by(colleague).exists())) is False
