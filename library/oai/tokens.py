"""Resumption tokens: where a list goes on, signed. Nothing is stored, so a token can be used again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from library.oai.errors import BadResumptionToken

LASTS = timedelta(hours=24)
_SALT = "oai resumption token"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list, and what the list is."""

    verb: str
    prefix: str
    set_spec: str
    since: datetime | None
    until: datetime
    after: tuple[datetime, int] | None = None
    """Datestamp and id of the last header that was given; None at the beginning."""
    given: int = 0
    total: int = 0
    expires_at: datetime | None = None


def make_token(place: Place, secret_key: str, *, is_partners: bool) -> str:
    """The text that leads to *place*, for who asked."""
    assert place.after is not None
    assert place.expires_at is not None
    moments = (place.since, place.until, place.after[0], place.expires_at)
    values = [
        place.verb,
        place.prefix,
        place.set_spec,
        [int(one.timestamp()) if one else None for one in moments],
        place.after[1],
        place.given,
        place.total,
        is_partners,
    ]
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps(values))


def read_token(text: str, secret_key: str, *, verb: str, is_partners: bool, now: datetime) -> Place:
    """The place behind a token.

    Raises:
        BadResumptionToken: it was not made here, has expired, or was given for another verb or asker.
    """
    try:
        values = URLSafeSerializer(secret_key, salt=_SALT).loads(text)
    except BadData as error:
        raise BadResumptionToken("The token was not made by this repository.") from error
    of_verb, prefix, set_spec, moments, after_id, given, total, of_partner = values
    since, until, after, expires_at = (datetime.fromtimestamp(one, UTC) if one else None for one in moments)
    if of_verb != verb:
        raise BadResumptionToken(f"The token was given for {of_verb}.")
    if of_partner != is_partners:
        raise BadResumptionToken("The token was given to who asked with another key.")
    if expires_at is None or until is None or after is None or expires_at <= now:
        raise BadResumptionToken("The token has expired. Please begin the list anew.")
    return Place(verb, prefix, set_spec, since, until, (after, after_id), given, total, expires_at)
