"""PDF files: their text, and pictures of their pages, made by ``pdf_program`` in a process of its own."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from core.errors import Unavailable
from library.documents import pdf_program
from library.documents.contents import Contents
from library.documents.errors import LIMITS, PROBLEMS, NoSuchPage, TookTooLong

READING_SECONDS = 60
DRAWING_SECONDS = 20
WAITING_SECONDS = 30
"""A busy machine gives the process its share late: the clock on the wall runs longer than its own."""
PATIENCE_SECONDS = 5.0
"""How long a request waits for its turn to draw: the others of the site need its thread."""
_DRAWING = threading.BoundedSemaphore(2)


def read_pdf(source: Path) -> Contents:
    """What the PDF at *source* says.

    Raises:
        LockedPdf: it opens with a password only.
        DamagedPdf: it cannot be read.
        TooManyPages: it has more than a thousand.
        HugePage: a page is larger than the format allows.
        TookTooLong: it took more time or memory than a sound one does.
    """
    told = _ask(READING_SECONDS, "read", str(source))
    return Contents(told["pages"], tuple(told["texts"]), told["title"], told["author"])


def draw_page(source: Path, number: int, target: Path) -> None:
    """Draw page *number* (from 1) of the PDF at *source* as a JPEG, which takes *target*'s place at once.

    Raises:
        NoSuchPage: it has no page of this number.
        DamagedPdf, LockedPdf, HugePage, TookTooLong: see ``read_pdf``.
        Unavailable: too many pages are being drawn at this moment.
    """
    if not _DRAWING.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable
    fresh = target.with_name(f".{target.name}.{threading.get_ident()}")
    try:
        _ask(DRAWING_SECONDS, "draw", str(source), str(number), str(fresh))
        fresh.replace(target)
    finally:
        _DRAWING.release()
        fresh.unlink(missing_ok=True)


def _ask(seconds: int, *arguments: str) -> dict[str, Any]:
    # -I: the process sees the installed packages, and neither the environment nor the folder it starts in.
    command = [sys.executable, "-I", pdf_program.__file__, str(seconds), *arguments]
    try:
        answer = subprocess.run(  # noqa: S603 -- our own program and arguments, no shell
            command, capture_output=True, timeout=seconds + WAITING_SECONDS, check=False
        )
        told: dict[str, Any] = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        # Without an answer it was ended: by its limits, or by what the file did to it.
        raise TookTooLong from error
    problem = told.get("problem")
    if problem == "no_such_page":
        raise NoSuchPage
    if problem:
        raise PROBLEMS[problem](limit=LIMITS.get(problem, 0))
    return told
