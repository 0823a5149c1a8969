"""The library as a file: every resource that may leave, and a list of those that stay and why."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from sqlalchemy import ColumnElement, func, select, true

from core.database import db
from library.interchange.errors import BadFile
from library.interchange.exports import Exported, export, written
from library.resources.licences import licence_of, may_be_exported
from library.resources.models import Resource, ReviewState, Tier

PORTION = 500
Progress = Callable[[int, int], None]


class LeftOut(StrEnum):
    """Why a resource is not in the file."""

    NOT_PUBLISHED = "not published"
    PERSONAL = "in a personal collection"
    LICENCE_UNKNOWN = "its licence is not known"
    LICENCE_FORBIDS = "its licence forbids passing it on"
    OTHER_TIER = "in another collection than was asked for"
    NOT_EXPRESSIBLE = "the format cannot say what it says"


@dataclass(slots=True)
class Outcome:
    """What came of an export."""

    exported: int = 0
    without_files: int = 0
    """Exported ones whose files (videos, documents) stay here: the format carries none."""
    left_out: Counter[LeftOut] = field(default_factory=Counter)


def export_file(
    path: Path,
    *,
    tiers: Collection[Tier] = tuple(Tier),
    among: ColumnElement[bool] | None = None,
    left_out: Path | None = None,
    on_progress: Progress,
) -> Outcome:
    """Write what may leave to *path* (``.gz`` is packed), and to *left_out* one line for each that stays.

    With *among* nothing else is looked at. The file appears under its name when it is whole.

    Raises:
        BadFile: it cannot be written.
    """
    outcome = Outcome()
    looked_at = true() if among is None else among
    total = db.session.scalar(select(func.count()).select_from(Resource).where(looked_at)) or 0
    half = path.with_name(f"{path.name}.part")
    try:
        with _opened(half, is_packed=path.suffix == ".gz") as out, _reported(left_out) as report:
            for number, one in enumerate(_all(looked_at), start=1):
                reason = reason_to_stay(one, tiers)
                if reason is None and one.record is not None:
                    out.write(f"{written(one.record)}\n".encode())
                    outcome.exported += 1
                    outcome.without_files += one.has_files
                elif reason is not None:
                    outcome.left_out[reason] += 1
                    report.write(_line(one, reason))
                if number % PORTION == 0 or number == total:
                    on_progress(number, total)
        half.replace(path)
    except OSError as error:
        raise BadFile(name=path.name, reason=error.strerror or str(error)) from error
    finally:
        half.unlink(missing_ok=True)
    return outcome


def reason_to_stay(one: Exported, tiers: Collection[Tier]) -> LeftOut | None:
    """Why a resource is left out; None if it is not."""
    resource = one.resource
    if resource.review_state is not ReviewState.PUBLISHED:
        return LeftOut.NOT_PUBLISHED
    if resource.tier is Tier.PERSONAL:
        return LeftOut.PERSONAL
    if resource.tier not in tiers:
        return LeftOut.OTHER_TIER
    if not may_be_exported(resource):
        return LeftOut.LICENCE_FORBIDS if licence_of(resource.licence) else LeftOut.LICENCE_UNKNOWN
    return LeftOut.NOT_EXPRESSIBLE if one.record is None else None


def _all(looked_at: ColumnElement[bool]) -> Iterator[Exported]:
    after = 0
    every = select(Resource).where(looked_at).order_by(Resource.id).limit(PORTION)
    while rows := list(db.session.scalars(every.where(Resource.id > after))):
        after = rows[-1].id
        yield from export(rows)
        db.session.expunge_all()


def _opened(path: Path, *, is_packed: bool) -> IO[bytes]:
    # The same library gives the same file: the time of packing is not written into it.
    return cast("IO[bytes]", gzip.GzipFile(path, "wb", mtime=0)) if is_packed else path.open("wb")


def _reported(path: Path | None) -> IO[str]:
    return (path or Path(os.devnull)).open("w", encoding="utf-8")


def _line(one: Exported, reason: LeftOut) -> str:
    said = {"identifier": one.resource.identifier, "title": one.resource.title, "reason": reason.value}
    if one.problem is not None and reason is LeftOut.NOT_EXPRESSIBLE:
        said["detail"] = str(one.problem)
    return f"{json.dumps(said, ensure_ascii=False)}\n"
