"""Suspend an account, open it again, hand out a new first password."""

from datetime import datetime

from accounts.administration import queries
from accounts.administration.errors import AlsoElsewhere, YourOwnAccount
from accounts.people.models import Hat, Person
from accounts.sign_in.services import end_sessions_of, give_first_password
from core.audit import services as audit
from core.database import db


def suspend(person: Person, *, by: Hat, now: datetime, address: str = "") -> None:
    """Let the person in no more, and end her sessions at once.

    Raises:
        YourOwnAccount: it is the administrator's own.
        AlsoElsewhere: the person has a role outside the school.
    """
    check_may_manage(person, by)
    if person.suspended_at is not None:
        return
    person.suspended_at = now
    end_sessions_of(person.id, now=now)
    _record("account_suspended", person, by, now, address)


def reinstate(person: Person, *, by: Hat, now: datetime, address: str = "") -> None:
    """Let the person in again.

    Raises:
        YourOwnAccount, AlsoElsewhere: as for ``suspend``.
    """
    check_may_manage(person, by)
    if person.suspended_at is None:
        return
    person.suspended_at = None
    _record("account_reinstated", person, by, now, address)


def reset_password(person: Person, password_hash: str, *, by: Hat, now: datetime, address: str = "") -> None:
    """Replace a forgotten password by a first one, to be changed at the next sign-in.

    Raises:
        YourOwnAccount, AlsoElsewhere: as for ``suspend``.
    """
    check_may_manage(person, by)
    give_first_password(person, password_hash, now=now)
    _record("password_reset", person, by, now, address)


def check_may_manage(person: Person, by: Hat) -> None:
    """Refuse what would give the administrator a way into more than the school.

    Raises:
        YourOwnAccount: it is the administrator's own.
        AlsoElsewhere: the person has a role outside the school.
    """
    if person.id == by.person_id:
        raise YourOwnAccount
    if db.session.scalar(queries.hats_elsewhere(person.id, by.organisation_id).limit(1)) is not None:
        raise AlsoElsewhere


def _record(verb: str, person: Person, by: Hat, now: datetime, address: str) -> None:
    audit.record(verb, "person", person.id, actor_id=by.person_id, role=by.role, now=now, address=address)
