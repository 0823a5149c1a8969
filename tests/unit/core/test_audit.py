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


def test_a_change_behind_the_triggers_back_is_found(session: Session, now: datetime) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("dropping a trigger needs the owner on PostgreSQL; the chain is the same")
    for verb in ("first", "second", "third"):
        note(now, verb)
    session.execute(text("DROP TRIGGER audit_entry_no_update"))
    session.execute(update(AuditEntry).where(AuditEntry.verb == "second").values(verb="forged"))
    session.expire_all()
    assert services.first_broken() == 2
