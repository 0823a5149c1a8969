"""Sign in and out, choose a hat, change a password, end sessions."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from accounts.people.models import Hat, Person
from accounts.sign_in import passwords, queries
from accounts.sign_in.device import Device
from accounts.sign_in.errors import NotYourHat, SamePassword, Suspended, TooManyTries, WrongPassword
from accounts.sign_in.limits import MOST_PER_ACCOUNT, MOST_PER_ADDRESS, seconds_to_wait
from accounts.sign_in.models import FailedSignIn, LoginSession
from core.audit import services as audit
from core.database import db

LONGEST = timedelta(days=7)
"""A session ends after this time however much it is used; longer only where the idle limit is."""
TOKEN_BYTES = 32
FORGET_FAILURES_AFTER = timedelta(days=180)
SEEN_EVERY = timedelta(minutes=10)


def begin_try(username: str, address: str, *, now: datetime) -> FailedSignIn:
    """Write down that a password is about to be tried, as if it were wrong.

    Raises:
        TooManyTries: the account or the address has had its share of wrong ones.
    """
    username = known_as(username)
    of_account = db.session.scalars(queries.failures_of_account(username, now).limit(MOST_PER_ACCOUNT)).all()
    of_address = db.session.scalars(queries.failures_from_address(address, now).limit(MOST_PER_ADDRESS)).all()
    wait = max(
        seconds_to_wait(of_account, MOST_PER_ACCOUNT, now), seconds_to_wait(of_address, MOST_PER_ADDRESS, now)
    )
    if wait:
        raise TooManyTries(retry_after_seconds=wait)
    attempt = FailedSignIn(username=username, address=address, at=now)
    db.session.add(attempt)
    db.session.flush()
    if len(of_account) + 1 == MOST_PER_ACCOUNT or len(of_address) + 1 == MOST_PER_ADDRESS:
        audit.record(
            "sign_in_slowed",
            "account",
            username,
            actor_id=None,
            role="",
            now=now,
            address=address,
            details={"of_account": len(of_account) + 1, "of_address": len(of_address) + 1},
        )
    return attempt


def person_with(username: str, password: str) -> Person | None:
    """The person whose password this is. Takes the same time whether or not the account exists."""
    person = db.session.scalar(queries.by_username(username))
    is_right = passwords.fits(person.password_hash if person else "", password)
    return person if is_right else None


def sign_in(
    person: Person, device: Device, *, hat_id: int | None = None, lasts: timedelta, now: datetime
) -> LoginSession:
    """Open a session for *person*, whose password was right; a person with one hat wears it at once.

    Raises:
        Suspended: the school has suspended the account.
        NotYourHat: *hat_id* is none of the person's hats.
    """
    if person.suspended_at is not None:
        raise Suspended
    hats = db.session.scalars(queries.hats_of(person.id)).all()
    worn = hats[0] if len(hats) == 1 else None
    if hat_id is not None:
        worn = _one_of(hats, hat_id)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.username == person.username))
    login = open_session(person, worn, device, lasts=lasts, now=now)
    if person.first_signed_in_at is None:
        person.first_signed_in_at = now
    audit.record(
        "signed_in",
        "person",
        person.id,
        actor_id=person.id,
        role=worn.role if worn else "",
        now=now,
        address=device.address,
    )
    return login


def open_session(
    person: Person, hat: Hat | None, device: Device, *, lasts: timedelta, now: datetime
) -> LoginSession:
    """A new session with a new token, which stands in it until it is forgotten."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    login = LoginSession(
        token_sha256=token_hash(token),
        person=person,
        hat=hat,
        created_at=now,
        last_seen_at=now,
        expires_at=now + max(lasts, LONGEST),
        user_agent=device.user_agent[:200],
        address=device.address[:64],
    )
    login.token = token
    db.session.add(login)
    db.session.flush()
    return login


def wear(login: LoginSession, hat_id: int, *, now: datetime) -> Hat:
    """Put on another of the person's hats.

    Raises:
        NotYourHat: it is none of them.
    """
    hat = _one_of(db.session.scalars(queries.hats_of(login.person_id)).all(), hat_id)
    before = login.hat_id
    if before == hat.id:
        return hat
    login.hat = hat
    audit.record(
        "hat_chosen",
        "hat",
        hat.id,
        actor_id=login.person_id,
        role=hat.role,
        now=now,
        address=login.address,
        details={"before": before},
    )
    return hat


def touch(login: LoginSession, *, now: datetime) -> None:
    """Remember that the session is in use, to ten minutes."""
    if now - login.last_seen_at >= SEEN_EVERY:
        login.last_seen_at = now


def end_session(login: LoginSession, *, by: LoginSession, now: datetime) -> None:
    """Sign out: *login* opens nothing any more. *by* is the session that asks for it."""
    if login.revoked_at is not None:
        return
    login.revoked_at = now
    audit.record(
        "signed_out",
        "login_session",
        login.id,
        actor_id=by.person_id,
        role=by.hat.role if by.hat else "",
        now=now,
        address=by.address,
    )


def end_sessions_of(person_id: int, *, keep: LoginSession | None = None, now: datetime) -> None:
    """End all of a person's sessions, but the one to *keep*."""
    sessions = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None)
    )
    if keep is not None:
        sessions = sessions.where(LoginSession.id != keep.id)
    db.session.execute(sessions.values(revoked_at=now))


def change_password(login: LoginSession, present: str, new: str, *, now: datetime) -> None:
    """Replace the own password, and sign out everywhere else.

    Raises:
        WrongPassword: *present* is not the present password.
        SamePassword: *new* is the present one.
        ShortPassword, LongPassword, NamedPassword, CommonPassword: *new* would be guessed.
    """
    person = login.person
    if not passwords.fits(person.password_hash, present):
        raise WrongPassword
    if present == new:
        raise SamePassword
    passwords.check_strength(new, person.username)
    person.password_hash = passwords.hash_password(new)
    person.password_changed_at = now
    person.must_change_password = False
    end_sessions_of(person.id, keep=login, now=now)
    audit.record(
        "password_changed",
        "person",
        person.id,
        actor_id=person.id,
        role=login.hat.role if login.hat else "",
        now=now,
        address=login.address,
    )


def give_first_password(person: Person, password_hash: str, *, now: datetime) -> None:
    """Set a password that the school hands out; it must be replaced at the next sign-in."""
    person.password_hash = password_hash
    person.password_changed_at = now
    person.must_change_password = True
    end_sessions_of(person.id, now=now)


def forget_old(now: datetime) -> None:
    """Delete failures and ended sessions past their retention of six months."""
    before = now - FORGET_FAILURES_AFTER
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < before))
    db.session.execute(delete(LoginSession).where(LoginSession.expires_at < before))


def known_as(username: str) -> str:
    """A username as it is compared and counted: lower case, cut to the column."""
    return username.strip().lower()[:64]


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _one_of(hats: Sequence[Hat], hat_id: int) -> Hat:
    for hat in hats:
        if hat.id == hat_id:
            return hat
    raise NotYourHat
