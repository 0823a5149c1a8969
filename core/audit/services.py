"""Write to the audit log, and prove that it is whole."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.audit.models import AuditEntry
from core.database import db, hold_lock

FIRST_HASH = "0" * 64
_CHAIN_LOCK = 0x57_65_69_6B  # one writer at a time extends the chain


def record(  # noqa: PLR0913 -- an entry's parts are named at the call, and each is needed
    verb: str,
    object_type: str,
    object_id: object,
    *,
    actor_id: int | None,
    role: str,
    now: datetime,
    address: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Append one entry in the open transaction; it stands exactly if the act does."""
    hold_lock(_CHAIN_LOCK)
    previous = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        at=now,
        actor_id=actor_id,
        role=role,
        verb=verb,
        object_type=object_type,
        object_id=str(object_id),
        details=details or {},
        address=address,
        previous_hash=previous or FIRST_HASH,
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()


def digest(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the hash before it, in hexadecimal."""
    content = [
        entry.previous_hash,
        entry.at.isoformat(),
        entry.actor_id,
        entry.role,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.details,
        entry.address,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_broken() -> int | None:
    """The id of the first entry that does not follow from the one before; None if the chain is whole."""
    previous = FIRST_HASH
    for entry in db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    ):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            return entry.id
        previous = entry.hash
    return None
