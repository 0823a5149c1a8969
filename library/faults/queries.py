"""Reports as their writers and those who mend see them."""

from datetime import datetime

from sqlalchemy import Select, func, select

from accounts.people.models import Hat
from library.faults.models import FaultKind, FaultReport, FaultState
from library.resources.queries import is_among, owned_by


def reported_by(hat: Hat) -> Select[FaultReport]:
    """What *hat*'s person reported."""
    return select(FaultReport).where(FaultReport.person_id == hat.person_id)


def same_report(resource_id: int, person_id: int, kind: FaultKind) -> Select[FaultReport]:
    """The person's report about the same thing."""
    return select(FaultReport).where(
        FaultReport.resource_id == resource_id,
        FaultReport.person_id == person_id,
        FaultReport.kind == kind,
    )


def count_since(person_id: int, since: datetime) -> Select[int]:
    """How many reports the person wrote or rewrote since then."""
    return select(func.count()).where(FaultReport.person_id == person_id, FaultReport.reported_at > since)


def for_mending(hat: Hat) -> Select[FaultReport]:
    """Reports about what *hat* answers for."""
    return (
        select(FaultReport).join(FaultReport.resource).where(is_among(owned_by(hat), FaultReport.resource_id))
    )


def open_for_mending(hat: Hat) -> Select[FaultReport]:
    """Those of them that wait for an answer."""
    return for_mending(hat).where(FaultReport.state == FaultState.OPEN)
