import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from accounts.people.models import Person
from app.factory import create_app
from app.settings import Environment, Settings
from core.database import (
    LONG_SECONDS,
    OutsideTransaction,
    db,
    hold_rows,
    insert_if_absent,
    publish,
    transaction,
    upsert,
)
from core.events import subscribe
from learning.records.models import DailyActivity
from tests.factories.accounts import make_person
from tests.statements import statements_of

MANY = 20
DURABLE = {"journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": 0, "foreign_keys": 1}


class Happened:
    pass


def test_a_transaction_commits_what_was_written(context: Flask) -> None:
    with transaction():
        make_person("陈小雨")
    assert db.session.scalars(select(Person.name)).all() == ["陈小雨"]


def test_a_transaction_that_fails_leaves_nothing(context: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        make_person()
        raise ZeroDivisionError
    assert db.session.scalars(select(Person)).all() == []


def test_a_change_outside_a_transaction_is_refused(context: Flask) -> None:
    db.session.add(Person(username="x", name="x"))
    with pytest.raises(OutsideTransaction):
        db.session.flush()
    db.session.rollback()


def test_transactions_do_not_nest(session: Session) -> None:
    with pytest.raises(RuntimeError, match="once"), transaction():
        pass


def test_events_are_delivered_after_the_commit_and_dropped_with_a_failure(app: Flask) -> None:
    seen: list[bool] = []
    subscribe(app, Happened, lambda _event: seen.append(db.session().in_transaction()))
    with app.app_context():
        with transaction():
            publish(Happened())
            assert seen == []
        assert len(seen) == 1
        with pytest.raises(ZeroDivisionError), transaction():
            publish(Happened())
            raise ZeroDivisionError
    assert len(seen) == 1


def test_a_handler_that_fails_does_not_undo_what_is_committed(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        pass

    subscribe(app, Broken, lambda _event: 1 / 0)
    with app.app_context():
        with transaction():
            make_person()
            publish(Broken())
        assert db.session.scalar(select(Person.id)) is not None
    assert "failed" in caplog.text


def test_moments_come_back_aware_in_utc(session: Session) -> None:
    beijing = timezone(timedelta(hours=8))
    person = make_person()
    person.suspended_at = datetime(2026, 9, 1, 8, 0, tzinfo=beijing)
    session.flush()
    session.expire(person)
    assert person.suspended_at == datetime(2026, 9, 1, 0, 0, tzinfo=UTC)
    assert person.suspended_at.tzinfo is UTC


def test_insert_if_absent_leaves_what_is_there(session: Session) -> None:
    make_person("first")
    username = session.scalar(select(Person.username))
    rows = [
        {"username": username, "name": "second", "must_change_password": True},
        {"username": "new", "name": "third", "must_change_password": True},
    ]
    assert insert_if_absent(Person, rows) == 1
    assert insert_if_absent(Person, rows) == 0
    assert set(session.scalars(select(Person.name))) == {"first", "third"}


def test_upsert_sets_the_named_columns(session: Session) -> None:
    person = make_person("before")
    upsert(
        Person,
        [{"username": person.username, "name": "after", "must_change_password": False}],
        keys=["username"],
        update=["name"],
    )
    session.expire_all()
    assert person.name == "after"


def test_upsert_adds_to_the_named_columns(session: Session) -> None:
    person = make_person()
    row = {"person_id": person.id, "day": date(2026, 9, 1), "answers": 3, "watched_seconds": 2.5}
    for _ in range(2):
        upsert(DailyActivity, [row], keys=["person_id", "day"], add=["answers", "watched_seconds"])
    (counted,) = session.scalars(select(DailyActivity))
    assert (counted.answers, counted.watched_seconds, counted.handed_in) == (6, 5.0, 0)


def test_rows_are_held_where_several_write_at_once(app: Flask, session: Session) -> None:
    person = make_person()
    row = select(Person.id).where(Person.id == person.id).with_for_update()
    several_write = session.get_bind().dialect.name != "sqlite"
    with statements_of(app) as asked:
        assert hold_rows(row) is several_write
    assert len(asked) == several_write


def test_sqlite_is_durable_and_leaves_checkpoints_to_one_connection(tmp_path: Path) -> None:
    # Not the application of the other tests, which does not wait for the disk.
    app = create_app(Settings(data_dir=tmp_path, environment=Environment.TEST, secret_key="t" * 32))
    with app.app_context():
        with db.engine.connect() as connection:
            told = {name: connection.scalar(text(f"PRAGMA {name}")) for name in DURABLE}
        db.engine.dispose()
    assert told == DURABLE


def test_a_bulk_job_does_not_keep_other_writers_out(context: Flask) -> None:
    begun, written = threading.Event(), threading.Event()
    portions = 0

    def work_in_bulk() -> None:
        nonlocal portions
        with context.app_context():
            while not written.is_set() and portions < MANY:
                with transaction():
                    make_person()
                    begun.set()
                    time.sleep(LONG_SECONDS * 2)  # stands for a portion of rows
                portions += 1
            db.session.remove()

    bulk = threading.Thread(target=work_in_bulk)
    bulk.start()
    begun.wait()
    with transaction():
        make_person()
    written.set()
    bulk.join()

    assert portions < MANY
