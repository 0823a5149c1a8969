"""Order an export, and forget its file when its week is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.people.models import Hat
from core.database import db
from core.errors import NotAllowed
from library.collections.models import Collection
from library.exports import queries
from library.exports.errors import NothingChosen
from library.exports.models import ExportForm, ExportState, LibraryExport
from library.exports.policy import export_tiers
from library.media.keeping import forget_content
from library.resources.models import Tier

KEPT = timedelta(days=7)


def order_library(hat: Hat, tiers: Sequence[Tier], *, language: str, now: datetime) -> LibraryExport:
    """Order a file with the resources of *tiers* that may leave.

    Raises:
        NothingChosen: there is no tier.
        NotAllowed: *hat* makes no files of one of them.
    """
    if not tiers:
        raise NothingChosen
    if not set(tiers) <= set(export_tiers(hat)):
        raise NotAllowed
    return _added(hat, ExportForm.LINES, language, now, tiers=[one.value for one in tiers])


def order_collection(hat: Hat, collection: Collection, *, language: str, now: datetime) -> LibraryExport:
    """Order a Common Cartridge with the resources of *collection* that may leave."""
    return _added(
        hat, ExportForm.CARTRIDGE, language, now, collection_id=collection.id, title=collection.title
    )


def _added(hat: Hat, form: ExportForm, language: str, now: datetime, **more: object) -> LibraryExport:
    made = LibraryExport(
        ordered_by_id=hat.person_id,
        ordered_for_id=hat.organisation_id,
        form=form,
        language=language,
        state=ExportState.WAITING,
        ordered_at=now,
        **({"tiers": [], "reasons": {}, "left_out": []} | more),
    )
    db.session.add(made)
    db.session.flush()
    return made


def forget_old(now: datetime) -> int:
    """Forget the files of exports that are older than a week; returns how many exports that were."""
    hashes: list[str | None] = []
    old = list(db.session.scalars(queries.with_files_before(now - KEPT)))
    for one in old:
        hashes += [one.file_sha256, one.report_sha256]
        one.state, one.file_sha256, one.report_sha256 = ExportState.FORGOTTEN, None, None
    db.session.flush()
    for sha256 in filter(None, hashes):
        forget_content(sha256)
    return len(old)
