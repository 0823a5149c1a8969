from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from homework.load import queries, services
from homework.load.errors import MoreThanTheLaw, NoSuchCap
from homework.load.models import Excess, LoadEntry, SchoolCap
from tests.factories.accounts import make_administrator, make_class, make_school, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_subject

DAY = date(2026, 9, 8)


def test_a_day_is_the_sum_of_what_is_entered_for_the_class_and_of_nothing_else(session: Session) -> None:
    fifth, other = make_class(grade=5), make_class(grade=5)
    teacher = make_teacher(fifth)
    first = make_assignment(teacher, fifth, other, estimated_minutes=20.0)
    make_assignment(teacher, fifth, estimated_minutes=15.0, subject_id=make_subject("english", "英语").id)
    (load,) = queries.loads([fifth], [DAY], {fifth.id: 5.0})
    assert (load.minutes, sorted(load.planned.values()), load.cap) == (40.0, [15.0, 20.0], 60)
    (besides,) = queries.loads([fifth], [DAY], besides=first.id)
    assert besides.minutes == 15.0
    services.leave_out(first.id)
    assert queries.loads([fifth], [DAY])[0].minutes == 15.0


def test_entering_again_replaces_what_was_entered(session: Session) -> None:
    fifth = make_class(grade=5)
    assignment = make_assignment(make_teacher(fifth), fifth)
    services.enter(assignment.id, assignment.subject_id, DAY, {fifth.id: 33.0}, is_written=False)
    (entry,) = session.scalars(select(LoadEntry))
    assert (entry.minutes, entry.is_written) == (33.0, False)


def test_a_school_sets_limits_changes_them_and_takes_them_away(session: Session, now: datetime) -> None:
    school = make_school()
    head, noise = make_administrator(school), make_administrator(make_school())
    services.set_caps(noise, {11: 100}, now=now)
    services.set_caps(head, {5: 45, 11: 150}, now=now)
    services.set_caps(head, {5: None, 11: 120}, now=now)
    standing = {(one.school_id, one.grade): one.minutes for one in session.scalars(select(SchoolCap))}
    assert standing == {(school.id, 11): 120, (noise.organisation_id, 11): 100}
    senior = make_class(school, grade=11)
    assert queries.loads([senior], [DAY])[0].cap == 120


@pytest.mark.parametrize(
    ("grade", "minutes", "refusal"), [(5, 61, MoreThanTheLaw), (11, 0, NoSuchCap), (11, 601, NoSuchCap)]
)
def test_a_limit_above_the_law_or_beyond_a_day_is_refused(
    session: Session, now: datetime, grade: int, minutes: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal, match=str(grade)):
        services.set_caps(make_administrator(make_school()), {grade: minutes}, now=now)
    assert session.scalar(select(SchoolCap)) is None


def test_what_is_read_stays_read_by_who_read_it_first(session: Session, now: datetime) -> None:
    fifth = make_class(grade=5)
    teacher, head, second = (make_teacher(fifth) for _ in range(3))
    make_student(fifth)
    assignment = make_assignment(teacher, fifth, estimated_minutes=70.0)
    over = [one for one in queries.loads([fifth], [DAY]) if one.is_over]
    services.explain(assignment.id, DAY, over, "补课", by=teacher, now=now)
    (excess,) = session.scalars(select(Excess))
    services.see(excess, head, now=now)
    services.see(excess, second, now=now)
    assert (excess.minutes, excess.cap, excess.seen_by_id) == (70.0, 60, head.person_id)
