"""The file between preview and import: kept a day for its school alone, then forgotten."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from accounts.roster.errors import RosterGone
from core.files import data_folder

KEPT = timedelta(days=1)
KEY_CHARACTERS = 64


def keep(school_id: int, content: bytes) -> str:
    """Keep the file for its school; the same file has the same key."""
    key = hashlib.sha256(content).hexdigest()
    _place(school_id, key).write_bytes(content)
    return key


def kept(school_id: int, key: str) -> bytes:
    """The file that was kept.

    Raises:
        RosterGone: this school has none under the key.
    """
    if len(key) != KEY_CHARACTERS or not key.isalnum():
        raise RosterGone
    try:
        return _place(school_id, key).read_bytes()
    except FileNotFoundError as error:
        raise RosterGone from error


def forget(school_id: int, key: str) -> None:
    """Remove the file; it was imported."""
    _place(school_id, key).unlink(missing_ok=True)


def forget_old(now: datetime) -> int:
    """Remove what nobody imported in a day; returns how many."""
    oldest = (now - KEPT).timestamp()
    stale = [one for one in data_folder("roster").iterdir() if one.stat().st_mtime < oldest]
    for one in stale:
        one.unlink(missing_ok=True)
    return len(stale)


def _place(school_id: int, key: str) -> Path:
    return data_folder("roster") / f"{school_id}-{key}"
