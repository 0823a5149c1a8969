"""Take what a source offers into the library, and decide between two versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from core.audit.services import record as record_in_audit
from core.database import db, publish
from core.errors import DomainError
from library.harvests import queries
from library.harvests.answers import Received
from library.harvests.errors import (
    AlreadyThere,
    BadIdentifier,
    BadRecord,
    CutOff,
    SaidTwiceHere,
    kept,
)
from library.harvests.localising import Localised, localise
from library.harvests.models import (
    Decision,
    HarvestConflict,
    HarvestedResource,
    HarvestNote,
    HarvestRun,
    HarvestSource,
    Prefix,
)
from library.harvests.readers import read
from library.interchange import writing
from library.interchange.codes import Codes
from library.interchange.errors import BadLine, ForeignItem
from library.interchange.exports import export, fingerprint
from library.interchange.identifiers import namespace_of
from library.interchange.records import read_record
from library.interchange.writing import Given
from library.resources.events import ResourcesChanged
from library.resources.models import Resource, ReviewState, Tier

WITHDRAWN = "0" * 64
"""Stands for the hash of a record that is no more."""
MOST_NOTES = 1_000
MOST_RUNS = 100
"""Of each source; older ones are forgotten with their notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be harvested, and how."""

    name: str
    url: str
    set_spec: str = ""
    key: str = ""
    tier: Tier = Tier.PUBLIC
    every_hours: int = 24
    is_paused: bool = False


def add_source(plan: Plan, *, by: Hat, now: datetime) -> HarvestSource:
    """Put a source on the list of the administrator's organisation.

    Raises:
        AlreadyThere: it stands there.
    """
    if db.session.scalar(queries.same_source(plan.url, plan.set_spec, by.organisation_id)):
        raise AlreadyThere
    source = HarvestSource(
        url=plan.url,
        set_spec=plan.set_spec,
        organisation_id=by.organisation_id,
        created_by_id=by.person_id,
        created_at=now,
    )
    _follow(source, plan, by)
    db.session.add(source)
    db.session.flush()
    _note_in_audit("harvest.add", source, by, now)
    return source


def change_source(source: HarvestSource, plan: Plan, *, by: Hat, now: datetime) -> None:
    """Harvest otherwise from now on; an empty key leaves the one that is there."""
    _follow(source, plan, by)
    _note_in_audit("harvest.change", source, by, now)


def begin_anew(source: HarvestSource, *, by: Hat | None, now: datetime) -> None:
    """Let the next harvest read the whole list again, also what did not change."""
    source.harvested_until = source.token = ""
    if by is not None:
        _note_in_audit("harvest.anew", source, by, now)


def _follow(source: HarvestSource, plan: Plan, by: Hat) -> None:
    source.name = plan.name
    source.key = plan.key or source.key or ""
    is_city = by.organisation.kind is OrganisationKind.CITY
    source.tier = plan.tier if is_city else Tier.LOCAL
    source.every_hours, source.is_paused = plan.every_hours, plan.is_paused


def _note_in_audit(verb: str, source: HarvestSource, by: Hat, now: datetime) -> None:
    record_in_audit(
        verb,
        "harvest_source",
        source.id,
        actor_id=by.person_id,
        role=by.role.value,
        now=now,
        details={"url": source.url, "set": source.set_spec},
    )


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
    portion = _Portion(run, source, Codes.read(), now)
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


@dataclass(slots=True)
class _Wanted:
    """A record that can be written, and what is known of it here."""

    received: Received
    localised: Localised
    origin: HarvestedResource | None

    @property
    def given(self) -> Given:
        return self.localised.given


@dataclass(slots=True)
class _Portion:
    """Some records of a run on their way into the library."""

    run: HarvestRun
    source: HarvestSource
    codes: Codes
    now: datetime
    wanted: dict[str, _Wanted] = field(default_factory=dict)
    """By the resource's identifier."""
    withdrawn: list[HarvestedResource] = field(default_factory=list)
    notes: int = 0

    def read(self, one: Received, origin: HarvestedResource | None) -> None:
        """Look at a record; what cannot be used is noted and left."""
        try:
            said = read(one, Prefix(self.source.prefix))
            localised = localise(said.record, self.source, self.codes)
            identifier = localised.given.record.identifier
            if identifier in self.wanted:
                raise SaidTwiceHere(identifier=identifier)
        except (BadRecord, BadLine) as problem:
            self._refuse(one, problem)
            return
        self.wanted[identifier] = _Wanted(one, localised, origin)

    def gone(self, origin: HarvestedResource | None) -> None:
        """Note that a record was withdrawn there."""
        if origin is None or origin.is_withdrawn_there:
            self.run.unchanged += 1
        else:
            self.withdrawn.append(origin)

    def write(self) -> None:
        """Bring the library up to date with all that was looked at."""
        self._drop_foreign_items()
        here = {one.identifier: one for one in db.session.scalars(queries.resources_named(list(self.wanted)))}
        by_id = {one.resource_id: db.session.get_one(Resource, one.resource_id) for one in self.withdrawn}
        touched = [here[name] for name, one in self.wanted.items() if name in here and not self._is_old(one)]
        present = _fingerprints([*touched, *by_id.values()])
        new, written = [], []
        for name, one in self.wanted.items():
            if name not in here:
                if one.origin is not None:  # it was renamed there: two names would be one resource
                    self._refuse(one.received, BadIdentifier())
                else:
                    new.append(one)
            elif self._is_old(one):
                self.run.unchanged += 1
            elif self._follow(one, here[name], present[here[name].id]):
                written.append(here[name])
        for origin in self.withdrawn:
            self._withdraw(origin, by_id[origin.resource_id], present[origin.resource_id])
        self._add(new)
        self._read_back(written)

    def _is_old(self, one: _Wanted) -> bool:
        origin = one.origin
        return (
            origin is not None
            and origin.received_sha256 == one.given.sha256
            and not origin.is_withdrawn_there
        )

    def _follow(self, one: _Wanted, resource: Resource, present: str) -> bool:
        """Let a resource say what it says there now, if that is for the source to say; whether it does."""
        origin = one.origin
        if origin is not None and origin.resource_id != resource.id:
            self._refuse(one.received, BadIdentifier())
            return False
        if origin is None:
            if present == one.given.sha256:
                self.run.ours += 1
            else:
                self._disagree(resource, one.received.identifier, one.given)
            return False
        was_changed_here = present != origin.taken_sha256
        was_withdrawn_here = (
            resource.review_state is not ReviewState.PUBLISHED and not origin.is_withdrawn_there
        )
        if (was_changed_here and present != one.given.sha256) or was_withdrawn_here:
            self._disagree(resource, one.received.identifier, one.given)
            return False
        writing.change(resource, one.given, self.codes, now=self.now)
        origin.received_sha256, origin.is_withdrawn_there = one.given.sha256, False
        origin.datestamp = one.received.datestamp
        self.run.changed += 1
        self._note(one)
        return True

    def _withdraw(self, origin: HarvestedResource, resource: Resource, present: str) -> None:
        if present != origin.taken_sha256:
            self._disagree(resource, origin.identifier, None)
            return
        _put_away(resource, self.now)
        origin.is_withdrawn_there, origin.taken_at = True, self.now
        self.run.withdrawn += 1

    def _add(self, new: Sequence[_Wanted]) -> None:
        if not new:
            return
        writing.add([one.given for one in new], self.codes, now=self.now)
        names = [one.given.record.identifier for one in new]
        made = {one.identifier: one for one in db.session.scalars(queries.resources_named(names))}
        for one in new:
            db.session.add(
                HarvestedResource(
                    resource_id=made[one.given.record.identifier].id,
                    source_id=self.source.id,
                    identifier=one.received.identifier,
                    datestamp=one.received.datestamp,
                    received_sha256=one.given.sha256,
                    taken_sha256=one.given.sha256,
                    taken_at=self.now,
                )
            )
            self._note(one)
        self.run.added += len(new)
        db.session.flush()
        self._read_back(list(made.values()))

    def _read_back(self, resources: Sequence[Resource]) -> None:
        """Remember what was really written, so that only a change made here counts as one."""
        if not resources:
            return
        db.session.flush()
        said = _fingerprints(resources)
        for origin in db.session.scalars(queries.origins(list(said))):
            origin.taken_sha256, origin.taken_at = said[origin.resource_id], self.now

    def _drop_foreign_items(self) -> None:
        """Refuse records that name questions of another resource, here or in the same portion."""
        names = {item.identifier for one in self.wanted.values() for item in one.given.record.items}
        owners: dict[str, set[int | None]] = {}
        for identifier, resource_id in db.session.execute(queries.owners_of_items(names)):
            owners.setdefault(identifier, set()).add(resource_id)
        seen: set[str] = set()
        for name, one in list(self.wanted.items()):
            own = {one.origin.resource_id} if one.origin else self._own(name, owners)
            items = [item.identifier for item in one.given.record.items]
            if foreign := [item for item in items if item in seen or owners.get(item, own) - own]:
                self._refuse(one.received, ForeignItem(identifier=foreign[0]))
                del self.wanted[name]
            else:
                seen.update(items)

    def _own(self, name: str, owners: dict[str, set[int | None]]) -> set[int | None]:
        """The resource here that has the record's name without having come from anywhere, if there is one."""
        if not owners:
            return set()
        found = db.session.scalar(queries.resources_named([name]).with_only_columns(Resource.id))
        return {found} if found else set()

    def _disagree(self, resource: Resource, identifier: str, given: Given | None) -> None:
        """Keep what is here, and show the other version to those who decide."""
        sha256 = given.sha256 if given else WITHDRAWN
        conflict = db.session.scalar(queries.conflict_of(self.source.id, resource.id))
        if queries.kept_ours(conflict, sha256):
            self.run.unchanged += 1
            return
        if conflict is None:
            conflict = HarvestConflict(source_id=self.source.id, resource_id=resource.id)
            db.session.add(conflict)
        conflict.identifier, conflict.received_sha256, conflict.found_at = identifier, sha256, self.now
        conflict.record = given.record.model_dump(mode="json") if given else {}
        conflict.decision = conflict.decided_at = conflict.decided_by_id = None
        self.run.conflicts += 1

    def _refuse(self, one: Received, problem: DomainError) -> None:
        self.run.refused += 1
        self._keep_note(one.identifier, problem, is_refused=True)

    def _note(self, one: _Wanted) -> None:
        if one.localised.note is not None:
            self._keep_note(one.received.identifier, one.localised.note, is_refused=False)

    def _keep_note(self, identifier: str, problem: DomainError, *, is_refused: bool) -> None:
        if self.run.refused + self.notes <= MOST_NOTES:
            self.notes += not is_refused
            db.session.add(
                HarvestNote(
                    run_id=self.run.id,
                    identifier=identifier[:700],
                    is_refused=is_refused,
                    problem=kept(problem),
                )
            )


def _fingerprints(resources: Sequence[Resource]) -> dict[int, str]:
    """What resources say now, by id; empty for one that no record can express: it was changed here."""
    unique = list({one.id: one for one in resources}.values())
    return {one.resource.id: fingerprint(one.record) if one.record else "" for one in export(unique)}


def _put_away(resource: Resource, now: datetime) -> None:
    if resource.review_state is ReviewState.PUBLISHED:
        resource.review_state = ReviewState.WITHDRAWN
        resource.updated_at = now
    db.session.flush()


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
        _put_away(resource, now)
        origin.is_withdrawn_there = True
    db.session.flush()
    origin.taken_sha256 = _fingerprints([resource])[resource.id]


def is_due(source: HarvestSource, now: datetime) -> bool:
    """Whether a source is to be asked by the clock now."""
    return source.started_at is None or source.started_at + timedelta(hours=source.every_hours) <= now
