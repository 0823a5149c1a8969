"""Keep where a learner stopped in a package, and what it reports of her."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from core.database import db, insert_if_absent
from learning.packages import queries
from learning.packages.errors import DifferentResult, TooMuchToKeep
from learning.packages.models import PackageProgress
from learning.packages.standing import Standing, Status, share_of, standing_of
from learning.records.services import Record, record_statement
from learning.records.verbs import EXTENSION, ObjectType, Verb

MOST_KEPT_KB = 256
"""Of one person in one package; SCORM 2004 lets a page keep 64,000 letters."""
MOST_A_DAY = 50
"""Results of one person in one package: a package that reports more is not listened to."""
DAY = timedelta(days=1)
UNVERIFIED = {"extensions": {f"{EXTENSION}reported-by": "package", f"{EXTENSION}verified": False}}
"""The context of each statement that a package caused."""
_NAMESPACE = UUID("5b6ef6b4-2a0e-4b7c-8b3c-6f0f5d9d4c11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A result as a package reports it."""

    uuid: UUID
    """Made by the page, so that a repetition is recognised."""
    verb: Verb
    raw: float | None = None
    lowest: float | None = None
    highest: float | None = None
    scaled: float | None = None
    is_success: bool | None = None

    def standing(self) -> Standing:
        """How the learner stands by it."""
        scaled = self.scaled if self.scaled is not None else share_of(self.raw, self.lowest, self.highest)
        return Standing(Status.COMPLETED, scaled)

    def written(self) -> dict[str, Any]:
        """The result of the statement, after xAPI."""
        score = {
            "scaled": self.standing().scaled,
            "raw": self.raw,
            "min": self.lowest,
            "max": self.highest,
        }
        said = {name: value for name, value in score.items() if value is not None}
        told: dict[str, Any] = {"score": said} if said else {}
        if self.is_success is not None:
            told["success"] = self.is_success
        if self.verb is Verb.COMPLETED:
            told["completion"] = True
        return told


def keep(
    person_id: int, resource_id: int, place: str, values: Mapping[str, str], *, now: datetime
) -> PackageProgress:
    """Keep the *values* of a place of a package; when they say that it is over, that becomes a statement.

    The same values again change nothing.

    Raises:
        TooMuchToKeep: all places together would take more than is kept.
    """
    progress = _progress(person_id, resource_id, now)
    before = standing_of(progress.places.get(place, {}))
    places = progress.places | {place: dict(values)}
    if len(json.dumps(places, ensure_ascii=False).encode()) > MOST_KEPT_KB << 10:
        raise TooMuchToKeep(limit=MOST_KEPT_KB)
    after = standing_of(values)
    progress.places, progress.updated_at = places, now
    if after.is_finished or not _is_finished(progress):
        progress.status, progress.scaled = after.status, after.scaled
    if after.is_finished and after != before:
        told = Result(
            uuid=_uuid(person_id, resource_id, place, after, now),
            verb=Verb.COMPLETED,
            scaled=after.scaled,
            is_success={Status.PASSED: True, Status.FAILED: False}.get(after.status),
        )
        _record(person_id, resource_id, told, now)
    db.session.flush()
    return progress


def report(person_id: int, resource_id: int, result: Result, *, now: datetime) -> bool:
    """Record a result that a package reports; whether it was, for after many in a day none is.

    Raises:
        DifferentResult: the client key was used for another result.
    """
    earlier = db.session.scalar(queries.statement(result.uuid))
    if earlier is not None:
        same = (person_id, result.verb, resource_id, result.written())
        if (earlier.actor_id, earlier.verb, earlier.object_id, earlier.result) != same:
            raise DifferentResult
        return True
    if not _record(person_id, resource_id, result, now):
        return False
    progress = _progress(person_id, resource_id, now)
    standing = result.standing()
    progress.status, progress.scaled, progress.updated_at = standing.status, standing.scaled, now
    db.session.flush()
    return True


def _progress(person_id: int, resource_id: int, now: datetime) -> PackageProgress:
    """The row, held until the transaction ends: two tabs do not write over each other's places."""
    row = {
        "person_id": person_id,
        "resource_id": resource_id,
        "places": {},
        "status": Status.BEGUN,
        "updated_at": now,
    }
    insert_if_absent(PackageProgress, [row])
    return db.session.scalars(queries.progress_of(person_id, resource_id).with_for_update()).one()


def _is_finished(progress: PackageProgress) -> bool:
    return Standing(progress.status).is_finished


def _record(person_id: int, resource_id: int, result: Result, now: datetime) -> bool:
    told_today = db.session.scalar(queries.count_since(person_id, resource_id, now - DAY)) or 0
    if told_today >= MOST_A_DAY:
        return False
    record_statement(
        Record(
            uuid=result.uuid,
            actor_id=person_id,
            verb=result.verb,
            object_type=ObjectType.RESOURCE,
            object_id=resource_id,
            result=result.written(),
            context=UNVERIFIED,
            timestamp=now,
        ),
        now=now,
    )
    return True


def _uuid(person_id: int, resource_id: int, place: str, standing: Standing, now: datetime) -> UUID:
    said = (person_id, resource_id, place, standing.status.value, standing.scaled, now.isoformat())
    return uuid5(_NAMESPACE, json.dumps(said))
