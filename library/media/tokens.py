"""Tokens in media addresses: one asset, one viewer, a few minutes.

The token stands in the path, so that playlists, which name their segments relatively, carry it along.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whom a token lets see the asset, and until when."""

    person_id: int
    expires_at: datetime


def make_token(secret: str, asset_id: int, person_id: int, now: datetime) -> str:
    """A token that lets the person read the asset's files for ten minutes."""
    expires = int((now + LIFETIME).timestamp())
    return f"{person_id}.{expires}.{_signature(secret, asset_id, person_id, expires)}"


def read_token(secret: str, token: str, asset_id: int, now: datetime) -> Viewer | None:
    """The viewer whom *token* lets see the asset; None if it is forged, expired or for another asset."""
    parts = token.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts[:2]):  # noqa: PLR2004 -- person, time, signature
        return None
    person_id, expires = int(parts[0]), int(parts[1])
    if not hmac.compare_digest(parts[2].encode(), _signature(secret, asset_id, person_id, expires).encode()):
        return None
    viewer = Viewer(person_id, datetime.fromtimestamp(expires, UTC))
    return viewer if viewer.expires_at > now else None


def _signature(secret: str, asset_id: int, person_id: int, expires: int) -> str:
    content = f"media:{asset_id}:{person_id}:{expires}".encode()
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
