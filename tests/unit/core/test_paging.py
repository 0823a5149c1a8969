from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.people.models import Person
from core.audit.models import AuditEntry
from core.audit.services import record
from core.paging import BadCursor, decode_cursor, encode_cursor, every_page, newest_first
from tests.factories.accounts import make_person


def test_pages_follow_each_other_without_a_gap_or_a_repeat(session: Session) -> None:
    made = [make_person().id for _ in range(7)]
    seen: list[int] = []
    cursor = None
    while True:
        page = newest_first(select(Person), Person.id, cursor, size=3)
        seen += [person.id for person in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("number", [0, 1, 3, 6, 7])
def test_all_pages_hold_every_row_once(session: Session, number: int) -> None:
    made = [make_person().id for _ in range(number)]
    read = [[one.id for one in page] for page in every_page(select(Person), Person.id, size=3)]
    assert [one for page in read for one in page] == made[::-1]
    assert all(len(page) == 3 for page in read[:-1])


def test_the_latest_moment_comes_first_and_the_key_decides_between_equal_ones(
    session: Session, now: datetime
) -> None:
    days = (2, 1, 3, 1, 1)
    for number, one in enumerate(days):
        record("look", "thing", number, actor_id=None, role="", now=now + timedelta(days=one))
    read = every_page(select(AuditEntry), AuditEntry.id, size=2, by=AuditEntry.at)
    assert [one.object_id for page in read for one in page] == ["2", "0", "4", "3", "1"]


@pytest.mark.parametrize("moment", ["yesterday", "2026-09-07T08:00:00", 7, None])
def test_a_cursor_with_a_damaged_moment_is_refused(session: Session, moment: object) -> None:
    with pytest.raises(BadCursor):
        newest_first(select(AuditEntry), AuditEntry.id, encode_cursor([moment, 1]), by=AuditEntry.at)


def test_a_new_row_does_not_shift_the_next_page(session: Session) -> None:
    for _ in range(4):
        make_person()
    first = newest_first(select(Person), Person.id, None, size=2)
    make_person("came later")
    second = newest_first(select(Person), Person.id, first.next, size=2)
    assert {person.id for person in first.rows}.isdisjoint({person.id for person in second.rows})
    assert "came later" not in {person.name for person in second.rows}


@pytest.mark.parametrize(
    "cursor", ["!", "abc", "bnVsbA", encode_cursor(["x"]), encode_cursor([1, 2]), "0" * 5000]
)
def test_a_damaged_cursor_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(BadCursor):
        newest_first(select(Person), Person.id, cursor)


def test_a_cursor_gives_back_what_was_put_in() -> None:
    assert decode_cursor(encode_cursor([0.25, 17, "分数"])) == [0.25, 17, "分数"]
