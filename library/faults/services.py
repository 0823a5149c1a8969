"""Report a fault, and answer the report."""

from datetime import datetime, timedelta

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db
from library.faults import queries
from library.faults.errors import HoldsPersonalNumber, NoAnswer, TooManyReports
from library.faults.models import FaultKind, FaultReport, FaultState
from library.faults.personal_numbers import personal_numbers

MOST_AN_HOUR = 10
HOUR = timedelta(hours=1)


def report(resource_id: int, by: Hat, kind: FaultKind, text: str, *, now: datetime) -> FaultReport:
    """Tell those who answer for the resource what is wrong; telling it again changes the first report.

    Raises:
        HoldsPersonalNumber: the text holds a number that leads to a person.
        TooManyReports: the person reported too much within the last hour.
    """
    if personal_numbers(text):
        raise HoldsPersonalNumber
    if (db.session.scalar(queries.count_since(by.person_id, now - HOUR)) or 0) >= MOST_AN_HOUR:
        raise TooManyReports(minutes=60, retry_after_seconds=int(HOUR.total_seconds()))
    told = db.session.scalar(queries.same_report(resource_id, by.person_id, kind))
    if told is None:
        told = FaultReport(resource_id=resource_id, person_id=by.person_id, kind=kind)
        db.session.add(told)
    told.text, told.role, told.reported_at = text.strip(), by.role, now
    told.state, told.answer, told.answered_by_id, told.answered_at = FaultState.OPEN, "", None, None
    db.session.flush()
    return told


def answer(told: FaultReport, by: Hat, state: FaultState, text: str, *, now: datetime) -> None:
    """Close the report with a sentence that its writer reads.

    Raises:
        NoAnswer: the sentence is missing.
        HoldsPersonalNumber: it holds a number that leads to a person.
    """
    if not text.strip():
        raise NoAnswer
    if personal_numbers(text):
        raise HoldsPersonalNumber
    told.state, told.answer = state, text.strip()
    told.answered_by_id, told.answered_at = by.person_id, now
    db.session.flush()
    record(f"fault {state}", "resource", told.resource_id, actor_id=by.person_id, role=by.role, now=now)
