"""Some records of a harvest on their way into the library."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.database import db
from core.errors import DomainError
from library.harvests import queries
from library.harvests.answers import Received
from library.harvests.errors import BadIdentifier, BadRecord, SaidTwiceHere, kept
from library.harvests.localising import Localised, localise
from library.harvests.models import (
    HarvestConflict,
    HarvestedResource,
    HarvestNote,
    HarvestRun,
    HarvestSource,
    Prefix,
)
from library.harvests.readers import read
from library.harvests.versions import fingerprints, put_away
from library.interchange import writing
from library.interchange.codes import Codes
from library.interchange.errors import BadLine, ForeignItem
from library.interchange.writing import Given
from library.resources.models import Resource, ReviewState

WITHDRAWN = "0" * 64
"""Stands for the hash of a record that is no more."""
MOST_NOTES = 1_000


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
class Portion:
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
        present = fingerprints([*touched, *by_id.values()])
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
        put_away(resource, self.now)
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
        said = fingerprints(resources)
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
