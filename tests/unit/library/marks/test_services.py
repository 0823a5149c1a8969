from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from library.marks import queries, services
from library.marks.errors import TrayFull
from library.marks.forms import read_moment, write_moment
from tests.factories.accounts import make_school, make_student, make_teacher
from tests.factories.library import make_resource


def titles(session: Session, hat: object) -> list[str]:
    return [one.resource.title for one in session.scalars(queries.tray_of(hat))]  # type: ignore[arg-type] # a hat


def test_a_favourite_is_kept_once_and_let_go_once(session: Session, now: datetime) -> None:
    student, other, resource = make_student(), make_student(), make_resource()
    services.keep(other, resource.id, now=now)
    services.keep(student, resource.id, now=now)
    services.keep(student, resource.id, now=now)
    assert [one.resource_id for one in session.scalars(queries.favourites_of(student))] == [resource.id]
    services.let_go(student, resource.id)
    services.let_go(student, resource.id)
    assert queries.marks_of(student, [resource.id]).favourites == frozenset()
    assert queries.marks_of(other, [resource.id]).favourites == {resource.id}


def test_what_may_not_be_opened_any_more_is_not_shown(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    theirs = make_resource(tier="school", organisation=make_school())  # type: ignore[arg-type] # stored so
    services.keep(teacher, theirs.id, now=now)
    services.put_in_tray(teacher, [theirs.id], now=now)
    assert session.scalars(queries.favourites_of(teacher)).all() == []
    assert titles(session, teacher) == []
    assert queries.marks_of(teacher, []).tray_count == 1


def test_a_tray_keeps_the_order_in_which_it_was_filled_and_moved(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    ids = [make_resource(title).id for title in "甲乙丙"]
    assert services.put_in_tray(teacher, [*ids, ids[0]], now=now) == 3
    assert services.put_in_tray(teacher, ids, now=now) == 0
    last = session.scalars(queries.entry_of(teacher, ids[2])).one()
    services.move(session.scalars(queries.tray_of(teacher)).all(), last.id, -1)
    assert titles(session, teacher) == ["甲", "丙", "乙"]
    services.move(session.scalars(queries.tray_of(teacher)).all(), last.id, -1000)
    assert titles(session, teacher) == ["丙", "甲", "乙"]
    services.move(session.scalars(queries.tray_of(teacher)).all(), last.id, -1)
    assert titles(session, teacher) == ["丙", "甲", "乙"]


def test_what_was_taken_out_comes_back_with_its_place_and_note(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    ids = [make_resource(title).id for title in "甲乙丙"]
    services.put_in_tray(teacher, ids, now=now)
    services.note(session.scalars(queries.entry_of(teacher, ids[1])).one(), "  导入\n用 ")
    services.take_out(teacher, [ids[1]], now=now)
    assert titles(session, teacher) == ["甲", "丙"]
    assert services.put_back(teacher, now) == 1
    assert titles(session, teacher) == ["甲", "乙", "丙"]
    assert session.scalars(queries.entry_of(teacher, ids[1])).one().note == "导入 用"


def test_emptying_the_tray_is_undone_as_a_whole_within_a_day(session: Session, now: datetime) -> None:
    teacher, colleague = make_teacher(), make_teacher()
    ids = [make_resource(title).id for title in "甲乙"]
    for hat in (teacher, colleague):
        services.put_in_tray(hat, ids, now=now)
    services.empty_tray(teacher, now=now)
    assert (titles(session, teacher), titles(session, colleague)) == ([], ["甲", "乙"])
    assert services.put_back(teacher, now) == 2
    services.empty_tray(teacher, now=now)
    services.take_out(teacher, [], now=now + timedelta(days=2))
    assert services.put_back(teacher, now) == 0


def test_a_full_tray_says_so_and_takes_nothing(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_IN_TRAY", 2)
    teacher = make_teacher()
    ids = [make_resource(title).id for title in "甲乙丙"]
    with pytest.raises(TrayFull):
        services.put_in_tray(teacher, ids, now=now)
    assert titles(session, teacher) == []


def test_the_moment_of_an_undo_survives_its_way_through_an_address(now: datetime) -> None:
    moment = now.replace(microsecond=123_457)
    assert read_moment(write_moment(moment)) == moment
    assert [read_moment(bad) for bad in ("", "x", "-1", "²", "9" * 40)] == [None] * 5
