"""Tokens in the addresses of a package's files: one resource, one sign-in, some hours.

In a sandbox a package has no cookies. So its address says who asks, and ends when she signs out.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LIFETIME = timedelta(hours=4)
"""A package fetches pictures and videos for as long as somebody is at it."""
STEP = timedelta(hours=1)
"""Within one, a person's addresses of a package are the same: the browser keeps what it has."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """On which sign-in a token stands, and until when it is good."""

    login_id: int
    expires_at: datetime


def make_token(secret: str, resource_id: int, login_id: int, now: datetime) -> str:
    """A token that lets the signed-in person read the package's files for four to five hours."""
    step = int(STEP.total_seconds())
    expires = int((now + LIFETIME).timestamp()) // step * step + step
    return f"{login_id}.{expires}.{_signature(secret, resource_id, login_id, expires)}"


def read_token(secret: str, token: str, resource_id: int, now: datetime) -> Bearer | None:
    """Who bears *token*; None if it is forged, expired, or for another resource."""
    parts = token.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts[:2]):  # noqa: PLR2004 -- sign-in, time, signature; and what fits a column
        return None
    login_id, expires = int(parts[0]), int(parts[1])
    if not hmac.compare_digest(
        parts[2].encode(), _signature(secret, resource_id, login_id, expires).encode()
    ):
        return None
    bearer = Bearer(login_id, datetime.fromtimestamp(expires, UTC))
    return bearer if bearer.expires_at > now else None


def _signature(secret: str, resource_id: int, login_id: int, expires: int) -> str:
    content = f"player:{resource_id}:{login_id}:{expires}".encode()
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
