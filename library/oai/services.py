"""Keep the headers true to the library, and give keys to partners."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select

from core.audit.services import record as record_in_audit
from core.database import db, hold_lock
from library.curriculum.models import Subject
from library.interchange.identifiers import oai_identifier
from library.oai import queries
from library.oai.errors import NamelessPartner
from library.oai.models import OaiPartner, OaiRecord
from library.resources.models import Resource, Tier

PORTION = 1_000
_LOCK = 0x6F_61_69  # one pass at a time gives datestamps
_KEY_BYTES = 32


def refresh(namespace: str, *, now: datetime, after: int = 0) -> int:
    """Bring the headers of a portion of changed resources up to date; returns up to which id that was, or 0.

    The tables are compared, so it does not matter who changed what, or whether anybody said so. *after* is
    the id behind which to look.
    """
    hold_lock(_LOCK)
    stamp = now.replace(microsecond=0)
    subjects = {row.id: row.code for row in db.session.execute(select(Subject.id, Subject.code))}
    rows: list[queries.Seen] = [
        queries.Seen(*row) for row in db.session.execute(queries.changed_since_offered(after).limit(PORTION))
    ]
    for resource, header, harvested in rows:
        subject = subjects.get(resource.subject_id or 0, "")
        if header is None:
            name = harvested.identifier if harvested else oai_identifier(namespace, resource.identifier)
            db.session.add(_new_header(resource, name, subject, stamp))
        else:
            _follow(header, resource, subject, stamp, passes_on=harvested is None)
    gone = list(db.session.scalars(queries.without_resource().limit(PORTION)))
    for header in gone:
        header.is_deleted, header.datestamp = True, stamp
    db.session.flush()
    return rows[-1].resource.id if rows else 0


def _new_header(resource: Resource, identifier: str, subject: str, stamp: datetime) -> OaiRecord:
    return OaiRecord(
        resource_id=resource.id,
        identifier=identifier,
        datestamp=stamp,
        tier=resource.tier,
        was_public=resource.tier is Tier.PUBLIC,
        was_local=resource.tier is Tier.LOCAL,
        subject=subject,
        is_deleted=False,
        version=resource.version,
        changed_at=resource.updated_at,
    )


def _follow(header: OaiRecord, resource: Resource, subject: str, stamp: datetime, *, passes_on: bool) -> None:
    may_go = queries.may_be_offered(resource, is_ours=passes_on)
    header.datestamp = stamp
    header.is_deleted = not may_go
    header.version, header.changed_at = resource.version, resource.updated_at
    if may_go:
        header.tier, header.subject = resource.tier, subject
        header.was_public = header.was_public or resource.tier is Tier.PUBLIC
        header.was_local = header.was_local or resource.tier is Tier.LOCAL


def add_partner(name: str, *, by_id: int | None, role: str, now: datetime) -> str:
    """Let another library ask for more than the public collection; returns its key, which is not kept.

    Raises:
        NamelessPartner: nobody is named.
    """
    if not name.strip():
        raise NamelessPartner
    key = f"weike-{secrets.token_urlsafe(_KEY_BYTES)}"
    partner = OaiPartner(
        name=name.strip()[:200], key_sha256=key_sha256(key), created_by_id=by_id, created_at=now
    )
    db.session.add(partner)
    db.session.flush()
    record_in_audit("oai.give_key", "oai_partner", partner.id, actor_id=by_id, role=role, now=now)
    return key


def end_partner(partner: OaiPartner, *, by_id: int | None, role: str, now: datetime) -> None:
    """Let a partner's key open nothing any more."""
    if partner.ended_at is None:
        partner.ended_at = now
        record_in_audit("oai.end_key", "oai_partner", partner.id, actor_id=by_id, role=role, now=now)


def key_sha256(key: str) -> str:
    """What is kept of a key. It is random and long, so that a plain hash tells nothing about it."""
    return hashlib.sha256(key.encode()).hexdigest()
