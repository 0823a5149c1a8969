"""The audit log's one table."""

from typing import Any

from sqlalchemy import DDL, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, utc
from core.privacy import Erasure, Personal, Retention, Use


class AuditEntry(Model):
    """One act: who, wearing which hat, did what to what, when, from where.

    Each entry carries the hash of the one before, so a gap or a change shows.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "object_type", "object_id"), Index(None, "actor_id", "at"))
    __privacy__ = Personal(
        subjects=("actor_id",),
        uses=(
            Use(
                ("at", "role", "verb", "object_type", "object_id", "details", "address"),
                "accountability for access to minors' data (未成年人网络保护条例 §36; 等保2.0 8.1.4)",
                Retention.THREE_YEARS,
            ),
        ),
        erasure=Erasure.KEEP,
        technical=("id", "previous_hash", "hash"),
    )

    id: Mapped[pk]
    at: Mapped[utc]
    actor_id: Mapped[int | None]
    """The person's id; not a foreign key, because the log outlives the person."""
    role: Mapped[str] = mapped_column(String(32), default="")
    verb: Mapped[str] = mapped_column(String(64))
    object_type: Mapped[str] = mapped_column(String(64))
    object_id: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]
    address: Mapped[str] = mapped_column(String(64), default="")
    previous_hash: Mapped[sha256]
    hash: Mapped[sha256]


APPEND_ONLY = {
    "sqlite": [
        (
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        ),
        # INSERT OR REPLACE takes a row away without asking the trigger before DELETE, unless the connection
        # has recursive triggers. Ours have; this one stands also before other tools that open the file.
        (
            "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry "
            "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry "
            "FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only()"
        ),
        (
            "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()"
        ),
    ],
}
"""What makes the table append-only, by dialect; the migration runs the same statements."""

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        event.listen(
            AuditEntry.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call] # DDL is untyped in 2.1
        )
