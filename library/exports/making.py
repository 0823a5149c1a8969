"""The file of an export: made beside the requests, whole before anybody can have it."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.errors import DomainError
from core.files import data_folder, files
from library.collections.models import Collection, CollectionKind
from library.collections.queries import entries_of
from library.collections.services import MOST_ENTRIES
from library.collections.smart import ids_of_kept
from library.exports import queries
from library.exports.errors import NothingThere
from library.exports.models import ExportForm, ExportState, LibraryExport
from library.interchange.outgoing import export_file
from library.packages.exports import export
from library.resources.models import Tier

MOST_SHOWN = 500
"""Resources that stay and are named on the page; the file names all of them."""
FILE, REPORT = "library.jsonl.gz", "left-out.jsonl"
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Made:
    """What came of it."""

    written: int
    without_files: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    left_out: list[list[str]] = field(default_factory=list)


def make(export_id: int, on_progress: Progress) -> None:
    """Make the file of an export, or say why there is none.

    Run again, it does nothing for what is finished.
    """
    order = db.session.get(LibraryExport, export_id)
    if order is None or order.state is not ExportState.WAITING:
        return
    form = order.form
    with tempfile.TemporaryDirectory(dir=data_folder("tmp")) as name:
        folder = Path(name)
        try:
            made = (
                _library(order, folder, on_progress)
                if form is ExportForm.LINES
                else _cartridge(order, folder)
            )
        except DomainError as refusal:
            db.session.rollback()
            with transaction():
                order = db.session.get_one(LibraryExport, export_id)
                order.state, order.failure, order.finished_at = ExportState.FAILED, str(refusal), clock.now()
            return
        with (folder / FILE).open("rb") as content:
            stored = files().put(content)
        with (folder / REPORT).open("rb") as content:
            report = files().put(content) if made.left_out else None
    db.session.rollback()
    with transaction():
        order = db.session.get_one(LibraryExport, export_id)
        order.state, order.finished_at = ExportState.DONE, clock.now()
        order.file_sha256, order.size_bytes = stored.sha256, stored.size_bytes
        order.report_sha256 = report.sha256 if report else None
        order.written, order.without_files = made.written, made.without_files
        order.reasons, order.left_out = made.reasons, made.left_out[:MOST_SHOWN]


def _library(order: LibraryExport, folder: Path, on_progress: Progress) -> _Made:
    organisation = db.session.get_one(Organisation, order.ordered_for_id)
    tiers = [Tier(one) for one in order.tiers]
    outcome = export_file(
        folder / FILE,
        tiers=tiers,
        among=queries.within(tiers, organisation),
        left_out=folder / REPORT,
        on_progress=on_progress,
    )
    with (folder / REPORT).open(encoding="utf-8") as lines:
        first = [json.loads(line) for _number, line in zip(range(MOST_SHOWN), lines, strict=False)]
    return _Made(
        outcome.exported,
        outcome.without_files,
        {reason.value: count for reason, count in outcome.left_out.items()},
        [[one["title"], one["reason"]] for one in first],
    )


def _cartridge(order: LibraryExport, folder: Path) -> _Made:
    ids = _resources_of(order)
    rows = {row[0]: (row[1], row[2]) for row in db.session.execute(queries.identifiers_of(ids))}
    named = [rows[one] for one in ids if one in rows]
    if not named:
        raise NothingThere
    with (folder / FILE).open("wb") as out:
        exported = export([identifier for identifier, _title in named], order.title, out)
    titles = dict(named)
    with (folder / REPORT).open("w", encoding="utf-8") as report:
        for identifier, reason in exported.kept_here:
            said = {"identifier": identifier, "title": titles[identifier], "reason": reason}
            report.write(f"{json.dumps(said, ensure_ascii=False)}\n")
    return _Made(
        exported.written,
        reasons=dict(Counter(reason for _identifier, reason in exported.kept_here)),
        left_out=[[titles[identifier], reason] for identifier, reason in exported.kept_here],
    )


def _resources_of(order: LibraryExport) -> list[int]:
    """The resources of the collection that the person who ordered may open, in order."""
    hat = db.session.scalars(
        select(Hat)
        .where(Hat.person_id == order.ordered_by_id, Hat.organisation_id == order.ordered_for_id)
        .where(Hat.ended_at.is_(None))
        .order_by(Hat.id)
    ).first()
    collection = db.session.get(Collection, order.collection_id)
    if hat is None or collection is None:
        return []
    if collection.kind is CollectionKind.SMART:
        return ids_of_kept(hat, collection.search, MOST_ENTRIES)
    return [one.resource_id for one in db.session.scalars(entries_of(hat, collection.id))]
