"""Take what a source offers into the library, and decide between two versions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete

from accounts.people.models import Hat
from core.audit.services import record as record_in_audit
from core.database import db, publish
from core.errors import DomainError
from library.harvests import queries
from library.harvests.answers import Received
from library.harvests.errors import CutOff, kept
from library.harvests.models import (
    Decision,
    HarvestConflict,
    HarvestedResource,
    HarvestNote,
    HarvestRun,
    HarvestSource,
)
from library.harvests.portions import Portion
from library.harvests.versions import fingerprints, put_away
from library.interchange import writing
from library.interchange.codes import Codes
from library.interchange.identifiers import namespace_of
from library.interchange.records import read_record
from library.interchange.writing import Given
from library.resources.events import ResourcesChanged
from library.resources.models import Resource

MOST_RUNS = 100
"""Of each source; older ones are forgotten with their notes."""


def begin(source: HarvestSource, *, now: datetime) -> HarvestRun:
    """The run that asks *source* now; one that was cut off is closed."""
    db.session.execute(
        queries.unfinished_runs(source.id)
        .values(finished_at=now, problem=kept(CutOff()))
        .execution_options(synchronize_session=False)
    )
    _forget_old_runs(source.id)
    source.started_at = now
    run = HarvestRun(source_id=source.id, started_at=now, problem={})
    db.session.add(run)
    db.session.flush()
    return run


def _forget_old_runs(source_id: int) -> None:
    older = list(
        db.session.scalars(
            queries.runs_of(source_id)
            .with_only_columns(HarvestRun.id)
            .order_by(HarvestRun.id.desc())
            .offset(MOST_RUNS)
        )
    )
    if older:
        db.session.execute(delete(HarvestNote).where(HarvestNote.run_id.in_(older)))
        db.session.execute(delete(HarvestRun).where(HarvestRun.id.in_(older)))


def finish(run: HarvestRun, source: HarvestSource, problem: DomainError | None, *, now: datetime) -> None:
    """Close a run, whole or stopped, and tell what changed."""
    run.finished_at = now
    if problem is not None:
        run.problem = kept(problem)
    else:
        run.is_whole = True
        source.harvested_until, source.token = source.next_until, ""
    ids = tuple(db.session.scalars(queries.taken_since(source.id, run.started_at)))
    if ids:
        publish(ResourcesChanged(ids))


def take(
    run: HarvestRun, source: HarvestSource, received: Sequence[Received], *, namespace: str, now: datetime
) -> None:
    """Take records into the library: what is new, what changed there and not here, and what was withdrawn.

    *namespace* is our own: what carries it came from here, however far it went.
    """
    run.records += len(received)
    portion = Portion(run, source, Codes.read(), now)
    last_words = {one.identifier: one for one in received}
    known = _by_identifier(db.session.scalars(queries.harvested(list(last_words))))
    for identifier, one in last_words.items():
        origin = known.get(identifier)
        if namespace_of(identifier) == namespace or (origin and origin.source_id != source.id):
            run.ours += 1
        elif one.is_deleted:
            portion.gone(origin)
        else:
            portion.read(one, origin)
    portion.write()


def _by_identifier(found: Iterable[HarvestedResource]) -> dict[str, HarvestedResource]:
    return {one.identifier: one for one in found}


def decide(conflict: HarvestConflict, decision: Decision, *, by: Hat, now: datetime) -> None:
    """Keep our version, or take the other one; ours stays in the history."""
    resource = db.session.get_one(Resource, conflict.resource_id)
    if decision is Decision.THEIRS:
        _take_theirs(conflict, resource, now)
    conflict.decision, conflict.decided_at, conflict.decided_by_id = decision, now, by.person_id
    record_in_audit(
        "harvest.decide",
        "resource",
        resource.id,
        actor_id=by.person_id,
        role=by.role.value,
        now=now,
        details={"decision": decision.value, "source": conflict.source_id},
    )
    publish(ResourcesChanged((resource.id,)))


def _take_theirs(conflict: HarvestConflict, resource: Resource, now: datetime) -> None:
    origin = db.session.scalar(queries.origin_of(resource.id))
    if origin is None:
        origin = HarvestedResource(resource_id=resource.id, received_sha256="", taken_sha256="", taken_at=now)
        db.session.add(origin)
    origin.source_id, origin.identifier = conflict.source_id, conflict.identifier
    origin.taken_at = now
    if conflict.record:
        given = Given(read_record(conflict.record), conflict.received_sha256)
        writing.change(resource, given, Codes.read(), now=now)
        origin.received_sha256, origin.is_withdrawn_there = given.sha256, False
    else:
        put_away(resource, now)
        origin.is_withdrawn_there = True
    db.session.flush()
    origin.taken_sha256 = fingerprints([resource])[resource.id]
