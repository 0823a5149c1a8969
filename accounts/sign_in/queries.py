"""Sessions, hats to choose from, and failures that still count."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from accounts.people.models import Hat, Person
from accounts.sign_in.limits import WINDOW
from accounts.sign_in.models import FailedSignIn, LoginSession


def by_username(username: str) -> Select[Person]:
    """The person with this username, however it was capitalised."""
    return select(Person).where(Person.username == username.strip().lower())


def live_session(token_sha256: str, now: datetime) -> Select[LoginSession]:
    """The session behind a token, unless it was ended, ran out, or its person is suspended."""
    return _live(now).where(LoginSession.token_sha256 == token_sha256)


def live_session_numbered(login_id: int, now: datetime) -> Select[LoginSession]:
    """The session with this number, likewise; for addresses that we signed for who is signed in."""
    return _live(now).where(LoginSession.id == login_id)


def _live(now: datetime) -> Select[LoginSession]:
    return (
        select(LoginSession)
        .join(LoginSession.person)
        .options(contains_eager(LoginSession.person))
        .where(
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            Person.suspended_at.is_(None),
        )
    )


def live_sessions_of(person_id: int, now: datetime) -> Select[LoginSession]:
    """Where a person is signed in, the latest first."""
    return (
        select(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    )


def hats_of(person_id: int) -> Select[Hat]:
    """The hats that the person may wear now."""
    return select(Hat).where(Hat.person_id == person_id, Hat.ended_at.is_(None)).order_by(Hat.id)


def failures_of_account(username: str, now: datetime) -> Select[datetime]:
    """When the account's wrong passwords of the last minutes were given, newest first."""
    return (
        select(FailedSignIn.at)
        .where(FailedSignIn.username == username, FailedSignIn.at > now - WINDOW)
        .order_by(FailedSignIn.at.desc())
    )


def failures_from_address(address: str, now: datetime) -> Select[datetime]:
    """When wrong passwords came from the address in the last minutes, newest first."""
    return (
        select(FailedSignIn.at)
        .where(FailedSignIn.address == address, FailedSignIn.at > now - WINDOW)
        .order_by(FailedSignIn.at.desc())
    )
