"""Telling a full disk from every other reason for a failed write."""

import errno
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT}
FULL_SQLSTATES = {"53100"}
"""PostgreSQL's ``disk_full``."""
FULL_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""SQLite says ``IOERR`` where the disk filled up under its log or its shared memory."""


def is_full(error: BaseException) -> bool:
    """Say whether *error*, or what it came of, is that a disk or a quota is full."""
    return any(_says_full(one) for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    while following is not None:
        yield following
        if isinstance(following, DBAPIError) and following.orig is not None:
            yield following.orig
        following = following.__cause__


def _says_full(error: BaseException) -> bool:
    return (
        (isinstance(error, OSError) and error.errno in FULL_ERRNOS)
        or getattr(error, "sqlite_errorcode", None) in FULL_SQLITE
        or getattr(error, "sqlstate", None) in FULL_SQLSTATES
    )
