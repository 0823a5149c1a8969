import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from accounts.people.models import Person
from core.database import LONG_SECONDS, OutsideTransaction, db, insert_if_absent, publish, transaction, upsert
from core.events import subscribe
from tests.factories.accounts import make_person

MANY = 20


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


def test_sqlite_is_durable_and_leaves_checkpoints_to_one_connection(context: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
    assert db.session.scalar(text("PRAGMA synchronous")) == 2
    assert db.session.scalar(text("PRAGMA wal_autocheckpoint")) == 0
    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


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
