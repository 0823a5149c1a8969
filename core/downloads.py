"""Files that people get: those that are for some eyes only, and the names of those that one takes home."""

import io
import re

from flask import Response, send_file

from core.files import files
from core.tables import Table, as_csv, as_pdf

LONGEST = 80
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""What file systems refuse, and what turns the direction of writing."""


def name_for_file(title: str) -> str:
    """*title* as any computer takes it for the name of a file; empty where nothing is left of it."""
    return _NO_NAME.sub(" ", title).strip(" .")[:LONGEST].strip(" .")


def private_file(sha256: str, media_type: str) -> Response:
    """The stored file of this hash, whole or in part (Range), for the person who asks and nobody else.

    The right to see it is asked for each time: nothing in between may keep a copy.
    """
    response = send_file(
        files().path(sha256), mimetype=media_type, etag=sha256, max_age=None, conditional=True
    )
    return _kept_by_nobody(response)


def private_download(content: bytes, media_type: str, name: str) -> Response:
    """A file to take home, made at the moment for the person who asks; *name* may be in any script."""
    return _kept_by_nobody(
        send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    )


def csv_download(table: Table, name: str) -> Response:
    """*table* as CSV called *name*, for the person who asks and nobody else.

    It is whole before it is sent, some hundred bytes a row: sent while it is read, it would on a thin line
    keep a connection to the database, and SQLite's log from being cut, for minutes.
    """
    content = b"".join(portion.encode() for portion in as_csv(table))
    return private_download(content, "text/csv", f"{name}.csv")


def pdf_download(table: Table, name: str) -> Response:
    """*table* as PDF called *name*, for the person who asks and nobody else."""
    return private_download(as_pdf(table), "application/pdf", f"{name}.pdf")


def private_content(content: bytes, media_type: str) -> Response:
    """What is made at the moment, for the person who asks and nobody else."""
    return _kept_by_nobody(Response(content, mimetype=media_type))


def _kept_by_nobody(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response
