from datetime import datetime

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.audit import services
from core.audit.models import AuditEntry


def note(now: datetime, verb: str = "signed in") -> None:
    services.record(verb, "person", 7, actor_id=7, role="teacher", now=now, details={"由": "网页"})


def test_entries_form_a_chain(session: Session, now: datetime) -> None:
    for _ in range(3):
        note(now)
    assert services.first_broken() is None
    first, second, third = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert first.previous_hash == services.FIRST_HASH
    assert second.previous_hash == first.hash
    assert third.previous_hash == second.hash


@pytest.mark.parametrize("change", [update(AuditEntry).values(verb="nothing"), delete(AuditEntry)])
def test_the_database_refuses_to_change_the_log(session: Session, now: datetime, change: object) -> None:
    note(now)
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(change)  # type: ignore[call-overload] # either statement


@pytest.mark.parametrize("guarded_by", ["audit_entry_no_replace", "recursive triggers"])
@pytest.mark.parametrize("words", ["INSERT OR REPLACE", "REPLACE", "UPDATE OR REPLACE"])
def test_the_database_refuses_to_replace_an_entry(
    session: Session, now: datetime, words: str, guarded_by: str
) -> None:
    """Each of the two guards alone is enough: one for our connections, one for any tool."""
    note(now, "first")
    note(now, "second")
    if guarded_by == "audit_entry_no_replace":
        raw = session.connection().connection.dbapi_connection
        raw.execute("PRAGMA recursive_triggers=OFF")
    else:
        session.execute(text("DROP TRIGGER audit_entry_no_replace"))
    columns = "id, at, role, verb, object_type, object_id, details, address, previous_hash, hash"
    replaced = (
        "UPDATE OR REPLACE audit_entry SET id = 1 WHERE id = 2"
        if words.startswith("UPDATE")
        else f"{words} INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE verb = 'first'"  # noqa: S608 -- our own words
    )
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(replaced))
    assert session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all() == ["first", "second"]


def test_a_change_behind_the_triggers_back_is_found(session: Session, now: datetime) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("dropping a trigger needs the owner on PostgreSQL; the chain is the same")
    for verb in ("first", "second", "third"):
        note(now, verb)
    session.execute(text("DROP TRIGGER audit_entry_no_update"))
    session.execute(update(AuditEntry).where(AuditEntry.verb == "second").values(verb="forged"))
    session.expire_all()
    assert services.first_broken() == 2
